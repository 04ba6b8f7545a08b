"""One purchase invoice beside what came in: how it is booked, what is wrong, and what is next."""

from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.payables.invoice_card import (
    PurchaseCard,
    PurchaseCardLine,
    purchase_invoice,
)
from kantoor.departments.finance.web.figures import entry_url, money
from kantoor.departments.finance.web.invoices import KINDS
from kantoor.departments.finance.web.payables.invoice_checks import differences, findings
from kantoor.departments.finance.web.payables.invoices import PURCHASES, STATES
from kantoor.departments.finance.web.payables.urls import purchase_url, supplier_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.ui.cells import Cell, Link, Money, Status
from kantoor.kernel.ui.formats import amount, day, number
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import (
    Addressee,
    Document,
    Fact,
    FileItem,
    Related,
    Relation,
    Total,
)

STEPS = {
    "received": _("Came in"),
    "proposed": _("Proposed"),
    "approved": _("Approved"),
    "signed": _("Approved in part"),
    "posted": _("Posted"),
    "refused": _("Refused"),
    "held": _("Held"),
    "released": _("Released"),
    "altered": _("Changed"),
    "draft": _("Written"),
    "sent": _("Sent"),
    "closed": _("Closed"),
    "cancelled": _("Cancelled"),
}
MOST = 500
READ_BY_MACHINE = ("ubl", "cii", "facturx")


def show(actor: Actor, card: PurchaseCard) -> Thing:
    """A purchase invoice: its lines as booked, what came in, and the next steps."""
    row = card.invoice
    word, tone = STATES[row.status]
    waits = card.state not in ("posted", "refused")
    return Thing(
        title=row.number,
        row=card.id,
        state=Status(row.status, str(word), tone),
        note=_note(actor, card),
        blocked=_blocked(card) if waits else "",
        document=_document(actor, card),
        relations=_relations(actor, card),
        files=_files(card),
        steps=_steps(actor, card),
        more=_more(actor, card),
        breadcrumb=[Link(gettext("Purchase invoices"), PURCHASES.url)],
        body={
            "picture": _picture(card),
            "findings": findings(card) if card.findings else None,
            "differences": differences(card) if card.differences else None,
            "suggested": _suggested(card) if waits else None,
        },
    )


def _note(actor: Actor, card: PurchaseCard) -> str:
    row = card.invoice
    if card.hold:
        return card.hold
    if row.status in ("open", "overdue") and row.open != row.gross:
        return gettext("%(currency)s %(amount)s is open.") % {
            "currency": row.currency,
            "amount": amount(row.open, exponent(row.currency)),
        }
    if card.discount and card.discount_on and row.open > 0:
        return gettext("%(amount)s less when paid by %(day)s.") % {
            "amount": amount(card.discount, exponent(row.currency)),
            "day": day(card.discount_on),
        }
    return ""


def _blocked(card: PurchaseCard) -> str:
    if any(each.fatal for each in card.findings):
        return gettext("It breaks rules: ask the supplier for a right one, or refuse it.")
    if card.same_as:
        return gettext("It seems to be the same as %(number)s.") % {"number": card.same_as}
    if not card.invoice.supplier:
        return gettext("Say which supplier it is of.")
    if not card.lines or not all(line.account for line in card.lines):
        return gettext("Each line needs an account.")
    if card.waits_for:
        return gettext("It waits for approval: %(whom)s.") % {"whom": ", ".join(card.waits_for)}
    return ""


def _steps(actor: Actor, card: PurchaseCard) -> list[Act | None]:
    row = card.invoice
    back = purchase_url(row.number)
    if card.state in ("posted", "refused"):
        return [_release(actor, card)] if card.hold else []
    sound = not _blocked(card) or bool(card.waits_for)
    post = act_for(
        actor, "finance.post_purchase_invoice", label=_("Post it"), key="p", icon="check",
        at_once=True, tone="main", invoice=row.number, back=back,
    )  # fmt: skip
    approve = act_for(
        actor, "finance.approve_purchase_invoice", label=_("Approve it"), key="a",
        icon="rubber-stamp", at_once=True, invoice=row.number, back=back,
    )  # fmt: skip
    apart = act_for(
        actor, "finance.keep_purchase_apart", label=_("It is another one"), invoice=row.number,
        back=back,
    )  # fmt: skip
    return [
        _release(actor, card) if card.hold else None,
        post if not _blocked(card) and not card.hold else None,
        approve if sound and not card.entered_by_me and card.state == "proposed" else None,
        apart if card.same_as else None,
        _code(actor, card),
    ]


def _code(actor: Actor, card: PurchaseCard) -> Act | None:
    """The form that says how it is booked; it begins with what it says now."""
    number, back = card.invoice.number, purchase_url(card.invoice.number)
    if card.form in READ_BY_MACHINE:
        return act_for(
            actor, "finance.code_purchase_invoice", label=_("Code it"), key="c", icon="edit",
            invoice=number, back=back,
        )  # fmt: skip
    return act_for(
        actor,
        "finance.alter_purchase_invoice",
        label=_("Correct it") if card.lines else _("Fill it in"),
        key="c",
        icon="edit",
        tone="" if card.lines else "main",
        invoice=number,
        back=back,
    )


def _more(actor: Actor, card: PurchaseCard) -> list[Act | None]:
    row, back = card.invoice, purchase_url(card.invoice.number)
    hold = act_for(actor, "finance.hold_purchase_invoice", label=_("Hold it"), invoice=row.number, back=back)  # fmt: skip
    refuse = act_for(actor, "finance.refuse_purchase_invoice", label=_("Refuse it"), invoice=row.number, back=back)  # fmt: skip
    new = act_for(
        actor, "finance.create_supplier", label=_("Add the supplier"),
        values={"supplier.name": card.seller},
    )  # fmt: skip
    return [
        hold if not card.hold and card.state != "refused" else None,
        refuse if card.state not in ("posted", "refused") else None,
        new if not row.supplier and card.seller else None,
    ]


def _release(actor: Actor, card: PurchaseCard) -> Act | None:
    return act_for(
        actor, "finance.release_purchase_invoice", label=_("Release it"), at_once=True,
        invoice=card.invoice.number, back=purchase_url(card.invoice.number),
    )  # fmt: skip


def _document(actor: Actor, card: PurchaseCard) -> Document | None:
    row = card.invoice
    if not card.lines:
        return None
    return Document(
        columns=[
            Column("text", gettext("Description"), phone="title"),
            Column("quantity", gettext("Quantity"), "number"),
            Column("account", gettext("Account"), phone="meta"),
            Column("tax", gettext("VAT"), phone="meta"),
            Column("net", gettext("Amount"), "money", currency=row.currency, phone="figure"),
        ],
        lines=[_line(line, row.currency) for line in card.lines[:MOST]],
        parties=[
            Addressee(
                gettext("From"),
                row.name or gettext("Not known yet"),
                [line for line in (card.iban, card.payment_reference) if line],
                supplier_url(row.supplier),
            )
        ],
        facts=_facts(card),
        totals=_totals(actor, card),
        note=card.text,
    )


def _line(line: PurchaseCardLine, currency: str) -> Row:
    sorted_ = " · ".join(line.dimensions.values())
    booked = " ".join(part for part in (line.account, line.account_name) if part)
    return Row(
        str(line.n),
        {
            "text": line.text or line.article,
            "quantity": _plain(line.quantity),
            "account": f"{booked} · {sorted_}" if sorted_ else booked or gettext("none yet"),
            "tax": line.tax or "–",
            "net": Money(line.net, exponent(currency)),
        },
    )


def _plain(value: Decimal) -> str:
    return number(value.normalize()) if value else ""


def _facts(card: PurchaseCard) -> list[Fact]:
    row = card.invoice
    found: list[tuple[str, Cell]] = [
        (str(KINDS[row.kind]), row.reference),
        (gettext("Date"), row.date),
        (gettext("Due"), row.due_on),
        (gettext("Came in"), row.received_on),
        (gettext("Booked on"), card.booked_on if card.booked_on != row.date else None),
        (gettext("Order"), card.order_reference),
        (
            gettext("Credits"),
            Link(card.credits, purchase_url(card.credits)) if card.credits else None,
        ),
    ]
    return [Fact(label, value) for label, value in found if value]


def _totals(actor: Actor, card: PurchaseCard) -> list[Total]:
    row = card.invoice
    places = exponent(row.currency)
    found = [Total(gettext("Net"), Money(row.net, places))]
    for each in card.taxes:
        said = {"name": each.name, "base": amount(each.base, places)}
        words = gettext("%(name)s over %(base)s") % said
        if each.reversed:
            words = gettext("%(words)s, owed by ourselves") % {"words": words}
        if each.amount or not each.reversed:
            found.append(Total(words, Money(each.amount, places)))
    total = Money(row.gross, places, row.currency)
    found.append(Total(gettext("Total"), total, strong=True))
    if row.currency != actor.currency and card.entry:
        said = {"currency": actor.currency}
        booked = money(actor, card.own_net + card.own_tax)
        found.append(Total(gettext("Booked in %(currency)s") % said, booked))
        found.append(Total(gettext("VAT in %(currency)s") % said, money(actor, card.own_tax)))
    return found


def _relations(actor: Actor, card: PurchaseCard) -> list[Relation]:
    row = card.invoice
    found: list[Relation] = []
    if card.entry and actor.may("finance.read_ledger"):
        found.append(
            Relation(gettext("Booked as"), [Related(Link(card.entry, entry_url(card.entry)))])
        )
    if card.same_as:
        same = Related(Link(card.same_as, purchase_url(card.same_as)))
        found.append(Relation(gettext("Seems to be the same as"), [same]))
    if card.credit_notes:
        notes = [Related(Link(number, purchase_url(number))) for number in card.credit_notes]
        found.append(Relation(gettext("Credited by"), notes))
    if card.settlements:
        settled = [
            Related(
                Link(each.by, _document_url(each.by)),
                day(each.date),
                Money(each.amount, exponent(row.currency)),
            )
            for each in card.settlements
        ]
        found.append(Relation(gettext("Settled with"), settled))
    steps = [
        Related(
            Link(str(STEPS.get(each.state, each.state)), ""),
            " · ".join(part for part in (day(each.at.date()), each.by, each.why) if part),
        )
        for each in card.steps
    ]
    found.append(Relation(gettext("What happened to it"), steps))
    return found


def _document_url(number: str) -> str:
    return entry_url(number) if "/" in number else purchase_url(number)


def _files(card: PurchaseCard) -> list[FileItem]:
    if card.file is None:
        return []
    url = f"{purchase_url(card.invoice.number)}/file"
    return [FileItem(card.file.name, url, card.file.size)]


def _picture(card: PurchaseCard) -> dict[str, str] | None:
    """What is shown beside the form: a picture, or the pages of a PDF."""
    if card.file is None:
        return None
    kinds = {"application/pdf": "pdf", "image/png": "image", "image/jpeg": "image"}
    kind = kinds.get(card.file.media_type)
    if kind is None:
        return None
    return {
        "kind": kind,
        "url": f"{purchase_url(card.invoice.number)}/file",
        "name": card.file.name,
    }


def _suggested(card: PurchaseCard) -> Document | None:
    """Why lines are booked as they are, where no person chose it."""
    found = [line for line in card.lines[:MOST] if line.suggested]
    if not found:
        return None
    return Document(
        columns=[
            Column("text", gettext("Line"), phone="title"),
            Column("account", gettext("Account"), phone="meta"),
            Column("why", gettext("Because"), phone="meta"),
        ],
        lines=[
            Row(str(line.n), {"text": line.text, "account": line.account, "why": line.suggested})
            for line in found
        ],
    )


PURCHASE = RecordView(
    key="finance.purchase_invoices",
    title=_("Purchase invoice"),
    kind="finance.purchase_invoice",
    path="<str:number>",
    find=purchase_invoice,
    show=show,
    template="finance/purchase.html",
)
