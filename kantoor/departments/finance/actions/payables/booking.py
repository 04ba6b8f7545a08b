"""Make the entries of purchase invoices: cost and input VAT against what we owe.

What is in another currency is booked in the company's at the rate of the invoice's day: the VAT
group by group, and the whole as what is owed; the costs are what is left.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.payables.steps import about_invoice
from kantoor.departments.finance.actions.purchase_tax import PurchaseRule, rule_of
from kantoor.departments.finance.drafts import ReadyEntry, ReadyLine
from kantoor.departments.finance.errors import AmountOutOfRange
from kantoor.departments.finance.models import PurchaseInvoice, PurchaseTax, TaxCode
from kantoor.departments.finance.models.payables import CREDIT_NOTE
from kantoor.departments.finance.models.tax import PURCHASE
from kantoor.departments.finance.queries.currency.conversion import Conversion
from kantoor.departments.finance.queries.roles import (
    account_with_role,
    accounts_by_role,
    journal_of_kind,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import LARGEST
from kantoor.kernel.store.lookup import rows_by_key

MOST_APART = 10
"""A tenth: what a supplier's rate may lie apart from the day's."""
Place = tuple[int, int]
"""An account and a set of dimensions."""


class CostLine(NamedTuple):
    """A line as its entry needs it."""

    account_id: int
    dimension_set_id: int
    net: int
    tax_code_id: int | None


class TaxPart(NamedTuple):
    """A tax of an invoice as its entry needs it; `id` is the key of its row."""

    tax_code_id: int
    base: int
    amount: int
    id: int
    deductible: int


class OwnTax(NamedTuple):
    """A tax of an invoice in the company's currency, by the key of its row."""

    id: int
    base: int
    amount: int
    deductible: int


class Contents(NamedTuple):
    """The lines and taxes of invoices by their keys."""

    lines: Mapping[int, Sequence[CostLine]]
    taxes: Mapping[int, Sequence[TaxPart]]


def contents_of(keys: Sequence[int]) -> Contents:
    """What the entries of these invoices are made of."""
    lines: dict[int, list[CostLine]] = {}
    found = rows_by_key(
        "SELECT id, invoice_id, account_id, dimension_set_id, net, tax_code_id"
        " FROM finance_purchase_line WHERE invoice_id IN ({})",
        [],
        keys,
    )
    for _key, (invoice_id, *rest) in sorted(found.items()):
        lines.setdefault(invoice_id, []).append(CostLine(*rest))
    taxes: dict[int, list[TaxPart]] = {}
    found = rows_by_key(
        "SELECT id, invoice_id, tax_code_id, base, amount, id, deductible"
        " FROM finance_purchase_tax WHERE invoice_id IN ({})",
        [],
        keys,
    )
    for _key, (invoice_id, *rest) in sorted(found.items()):
        taxes.setdefault(invoice_id, []).append(TaxPart(*rest))
    return Contents(lines, taxes)


class Books:
    """Makes entries, with the accounts and journal looked up once."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.payables = account_with_role(accounts_by_role(actor.company_id), "payables")
        self.journal = journal_of_kind(actor.company_id, "purchases")
        codes = TaxCode.objects.filter(company_id=actor.company_id, use=PURCHASE)
        self.taxes: dict[int, PurchaseRule] = {code.pk: rule_of(code) for code in codes}
        self.own_taxes: list[OwnTax] = []

    def entry(
        self, invoice: PurchaseInvoice, contents: Contents, rate: Conversion, on: tuple[str, int]
    ) -> ReadyEntry | None:
        """The entry of an invoice, on a day and with its place; None where nothing moves.

        What it is in the company's currency is put in the invoice, and in `own_taxes`.
        """
        parts = contents.taxes.get(invoice.pk, ())
        own = self._own(invoice, parts, rate)
        self.own_taxes += own
        said: dict[Place, int] = {}
        for line in contents.lines.get(invoice.pk, ()):
            _add(said, (line.account_id, line.dimension_set_id), line.net)
        moved = _converted(said, rate, invoice.own_net)
        for part, each in zip(parts, own, strict=True):
            rule = self.taxes[part.tax_code_id]
            for line_ in rule.lines(part.base, part.amount):
                _add(said, (line_.account, 0), line_.amount)
            for line_ in rule.lines(each.base, each.amount):
                _add(moved, (line_.account, 0), line_.amount)
        sign = -1 if invoice.kind == CREDIT_NOTE else 1
        ready = [
            ReadyLine(
                account, sign * amount, invoice.currency, sign * said.get((account, dimensions), 0),
                None, dimensions, "",
            )
            for (account, dimensions), amount in moved.items()
            if amount
        ]  # fmt: skip
        if owed := -sign * (invoice.own_net + invoice.own_tax):
            gross = -sign * invoice.gross
            owing = ReadyLine(self.payables, owed, invoice.currency, gross, invoice.party_id, 0, "")
            ready.append(owing)
        if not ready:
            return None
        # The text names the document and nobody.
        origin = about_invoice(invoice.pk)
        number, reference = invoice.number, invoice.reference
        return ReadyEntry(self.journal, on[0], number, reference, origin, None, ready, on[1])

    def _own(
        self, invoice: PurchaseInvoice, parts: Sequence[TaxPart], rate: Conversion
    ) -> list[OwnTax]:
        """The taxes in the company's currency; its sums are put in the invoice.

        Where the invoice says its VAT in our currency (BT-111), that is what we get back
        (Directive 2006/112/EC, art. 230), and the difference is on its largest group.
        """
        own = [(rate.to_own(part.base), rate.to_own(part.amount)) for part in parts]
        charged = [n for n, part in enumerate(parts) if self.taxes[part.tax_code_id].payable_of(1)]
        tax = sum(own[n][1] for n in charged)
        if tax and invoice.own_tax and rate.currency != rate.own:
            _refuse_far(invoice, tax, len(charged), rate.own)
            largest = max(charged, key=lambda n: abs(own[n][1]))
            own[largest] = (own[largest][0], own[largest][1] + invoice.own_tax - tax)
            tax = invoice.own_tax
        gross = rate.to_own(invoice.gross)
        if bool(gross) != bool(invoice.gross) or abs(gross) > LARGEST:
            words = _("At the rate of the day this can't be booked in {own}; check the amounts.")
            raise AmountOutOfRange(words.format(own=rate.own), field="invoice")
        invoice.own_net, invoice.own_tax = gross - tax, tax
        if rate.currency == rate.own:
            return [OwnTax(each.id, each.base, each.amount, each.deductible) for each in parts]
        return [
            OwnTax(part.id, base, amount, self.taxes[part.tax_code_id].deductible_of(amount))
            for part, (base, amount) in zip(parts, own, strict=True)
        ]


def _refuse_far(invoice: PurchaseInvoice, reckoned: int, groups: int, own: str) -> None:
    """Refuse VAT in our currency that no rate of about that day makes of the invoice's."""
    apart = max(abs(invoice.own_tax - reckoned) - groups, 0)
    if MOST_APART * apart > abs(reckoned):
        message = _(
            "The VAT that {number} states in {own} is far from what it is at the rate of the day:"
            " ask the supplier for a right invoice, and refuse this one."
        )
        said = message.format(number=invoice.number, own=own)
        raise AmountOutOfRange(said, field="invoice")


def write_own_taxes(found: Sequence[OwnTax]) -> None:
    """Keep what taxes are in the company's currency, before their invoices are posted."""
    kept = PurchaseTax.objects.in_bulk([each.id for each in found])
    for each in found:
        row = kept[each.id]
        row.own_base, row.own_amount, row.own_deductible = each.base, each.amount, each.deductible
    PurchaseTax.objects.bulk_update(kept.values(), ["own_base", "own_amount", "own_deductible"])


def _converted(said: Mapping[Place, int], rate: Conversion, whole: int) -> dict[Place, int]:
    """Costs in the company's currency, `whole` together: what rounding leaves is on the largest."""
    moved = {place: rate.to_own(amount) for place, amount in said.items()}
    if moved and (rest := whole - sum(moved.values())):
        largest = max(moved, key=lambda place: abs(moved[place]))
        moved[largest] += rest
    return moved


def _add(moved: dict[Place, int], place: Place, amount: int) -> None:
    moved[place] = moved.get(place, 0) + amount
