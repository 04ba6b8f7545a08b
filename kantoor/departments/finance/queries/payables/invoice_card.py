"""One purchase invoice complete: what it says, how it is booked, what is wrong, and its history."""

from datetime import date, datetime
from decimal import Decimal

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import (
    PurchaseFinding,
    PurchaseInvoice,
    PurchaseLine,
    PurchaseStep,
    PurchaseTax,
)
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.departments.finance.queries.invoice_card import CardSettlement, in_language
from kantoor.departments.finance.queries.invoice_card import settlements_of as settled
from kantoor.departments.finance.queries.payables.approvals import needs_of
from kantoor.departments.finance.queries.payables.invoices import (
    PurchaseRow,
    purchase_row,
    with_status,
)
from kantoor.departments.finance.queries.payables.three_way import Difference, differences
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.actors.models import User
from kantoor.kernel.errors import NotFound
from kantoor.kernel.queries import query, scoped
from kantoor.kernel.store.lookup import rows_by_key


class PurchaseCardLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line, `net` in minor units; `suggested` is why it is booked so, where no person chose."""

    n: int
    article: str
    text: str
    quantity: Decimal
    unit_price: Decimal
    net: int
    account: str
    account_name: str
    tax: str
    dimensions: dict[str, str]
    suggested: str
    order_line: str


class PurchaseCardTax(msgspec.Struct, frozen=True, kw_only=True):
    """A tax of it: what is `reversed` we owe ourselves and not the supplier."""

    code: str
    name: str
    rate: Decimal
    base: int
    amount: int
    deductible: int
    reversed: bool


class Broken(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that it breaks; `fatal` keeps it from being posted."""

    rule: str
    message: str
    where: str
    fatal: bool


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What happened to it: the state it came into, or `held`, `released`, `altered`, `signed`."""

    state: str
    at: datetime
    by: str
    why: str


class KeptFile(msgspec.Struct, frozen=True, kw_only=True):
    """What came in, as it was; `size` in bytes."""

    name: str
    media_type: str
    size: int


class PurchaseCard(msgspec.Struct, frozen=True, kw_only=True):
    """A purchase invoice with all that belongs to it.

    `same_as` is the number of one that it seems to be again, `waits_for` whose approval it needs
    yet, `hold` why it is neither posted nor paid. `discount` (in minor units) may be taken off
    until `discount_on`. `entered_by_me` tells that the reader entered or changed it last. `own_net`
    and `own_tax` are in the company's currency, as it was booked; nought before.
    """

    id: int
    invoice: PurchaseRow
    state: str
    form: str
    seller: str
    text: str
    hold: str
    payment_reference: str
    iban: str
    order_reference: str
    discount: int
    discount_on: date | None
    booked_on: date | None
    lines: list[PurchaseCardLine]
    taxes: list[PurchaseCardTax]
    findings: list[Broken]
    differences: list[Difference]
    waits_for: list[str]
    steps: list[Step]
    settlements: list[CardSettlement]
    same_as: str
    credits: str
    credit_notes: list[str]
    entry: str
    file: KeptFile | None
    entered_by_me: bool
    own_net: int
    own_tax: int


@query(permission="finance.read_payables", title=_("A purchase invoice"), exposed=True)
def purchase_invoice(actor: Actor, /, *, number: str) -> PurchaseCard:
    """The purchase invoice or credit note with this number of ours; raises NotFound."""
    found = (
        with_status(scoped(actor, PurchaseInvoice).filter(number=number), today_of(actor))
        .select_related("party", "file", "credits", "same_as")
        .first()
    )
    if found is None:
        message = _("There is no purchase invoice “{number}”.").format(number=number[:40])
        raise NotFound(message, field="number")
    needs = needs_of(actor, [found])[found.pk]
    waits = found.state not in ("posted", "refused")
    notes = PurchaseInvoice.objects.filter(credits_id=found.pk).order_by("id")
    return PurchaseCard(
        id=found.pk,
        invoice=purchase_row(found),
        state=found.state,
        form=found.form,
        seller=found.seller,
        text=found.text,
        hold=found.hold,
        payment_reference=found.payment_reference,
        iban=found.iban,
        order_reference=found.order_reference,
        discount=found.discount,
        discount_on=found.discount_on,
        booked_on=found.booked_on,
        lines=_lines(found.pk),
        taxes=_taxes(found.pk),
        findings=_findings(found.pk),
        differences=differences(actor.company_id, [found.pk]).get(found.pk, []),
        waits_for=[need.name for need in needs.open] if waits else [],
        steps=steps_of(f"finance.purchase_invoice/{found.pk}"),
        settlements=settled(found.entry_id),
        same_as=found.same_as.number if found.same_as else "",
        credits=found.credits.number if found.credits else "",
        credit_notes=list(notes.values_list("number", flat=True)),
        entry=entry_numbers([found.entry_id])[found.entry_id] if found.entry_id else "",
        file=KeptFile(name=found.file.name, media_type=found.file.media_type, size=found.file.size)
        if found.file
        else None,
        entered_by_me=found.entered_by_id == actor.user_id,
        own_net=found.own_net if found.state == "posted" else 0,
        own_tax=found.own_tax if found.state == "posted" else 0,
    )


def _lines(invoice_id: int) -> list[PurchaseCardLine]:
    rows = PurchaseLine.objects.filter(invoice_id=invoice_id).order_by("n")
    found = list(rows.select_related("account", "tax_code", "order_line__order"))
    keys = rows_by_key(
        "SELECT id, key FROM finance_dimension_set WHERE id IN ({})",
        [],
        {each.dimension_set_id for each in found if each.dimension_set_id},
    )
    return [
        PurchaseCardLine(
            n=each.n,
            article=each.article,
            text=each.text,
            quantity=each.quantity,
            unit_price=each.unit_price,
            net=each.net,
            account=each.account.code if each.account else "",
            account_name=in_language(each.account, "name") if each.account else "",
            tax=each.tax_code.code if each.tax_code else "",
            dimensions=dimensions_in(keys.get(each.dimension_set_id, "")),
            suggested=each.suggested,
            order_line=f"{each.order_line.order.number}#{each.order_line.n}"
            if each.order_line
            else "",
        )
        for each in found
    ]


def dimensions_in(key: str) -> dict[str, str]:
    """The values by dimension of a set's canonical key."""
    return dict(part.split("=", 1) for part in key.split("|") if "=" in part)


def _taxes(invoice_id: int) -> list[PurchaseCardTax]:
    found = PurchaseTax.objects.filter(invoice_id=invoice_id).order_by("id")
    return [
        PurchaseCardTax(
            code=each.tax_code.code,
            name=in_language(each.tax_code, "name"),
            rate=each.rate,
            base=each.base,
            amount=each.amount,
            deductible=each.deductible,
            reversed=each.reversed,
        )
        for each in found.select_related("tax_code")
    ]


def _findings(invoice_id: int) -> list[Broken]:
    found = PurchaseFinding.objects.filter(invoice_id=invoice_id).order_by("-fatal", "id")
    return [
        Broken(rule=each.rule, message=each.message, where=each.place, fatal=each.fatal)
        for each in found
    ]


def steps_of(about: str) -> list[Step]:
    """The history of a document, the first step first."""
    found = list(PurchaseStep.objects.filter(about=about).order_by("id"))
    users = dict(
        User.objects.filter(pk__in={each.user_id for each in found}).values_list("pk", "name")
    )
    return [
        Step(state=each.state, at=each.at, by=users.get(each.user_id or 0, ""), why=each.why)
        for each in found
    ]
