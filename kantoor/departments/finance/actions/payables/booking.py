"""Make the entries of purchase invoices: cost and input VAT against what we owe."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kantoor.departments.finance.actions.payables.steps import about_invoice
from kantoor.departments.finance.actions.purchase_tax import PurchaseRule, rule_of
from kantoor.departments.finance.drafts import ReadyEntry, ReadyLine
from kantoor.departments.finance.models import PurchaseInvoice, TaxCode
from kantoor.departments.finance.models.payables import CREDIT_NOTE
from kantoor.departments.finance.models.tax import PURCHASE
from kantoor.departments.finance.queries.roles import (
    account_with_role,
    accounts_by_role,
    journal_of_kind,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.lookup import rows_by_key

Place = tuple[int, int]
"""An account and a set of dimensions."""


class CostLine(NamedTuple):
    """A line as its entry needs it."""

    account_id: int
    dimension_set_id: int
    net: int
    tax_code_id: int | None


class TaxPart(NamedTuple):
    """A tax of an invoice as its entry needs it."""

    tax_code_id: int
    base: int
    amount: int


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
        "SELECT id, invoice_id, tax_code_id, base, amount"
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

    def entry(
        self, invoice: PurchaseInvoice, contents: Contents, on: str, place: int
    ) -> ReadyEntry | None:
        """The entry of an invoice on a day; None where nothing moves."""
        sign = -1 if invoice.kind == CREDIT_NOTE else 1
        lines = contents.lines.get(invoice.pk, ())
        moved: dict[Place, int] = {}
        for line in lines:
            _add(moved, (line.account_id, line.dimension_set_id), line.net)
        for part in contents.taxes.get(invoice.pk, ()):
            for account, amount, _what in self.taxes[part.tax_code_id].lines(
                part.base, part.amount
            ):
                _add(moved, (account, 0), amount)
        own = self.actor.currency
        ready = [
            ReadyLine(account, sign * amount, own, sign * amount, None, dimensions, "")
            for (account, dimensions), amount in moved.items()
            if amount
        ]
        if owed := -sign * invoice.gross:
            ready.append(ReadyLine(self.payables, owed, own, owed, invoice.party_id, 0, ""))
        if not ready:
            return None
        # The text names the document and nobody.
        origin = about_invoice(invoice.pk)
        number, said = invoice.number, invoice.reference
        return ReadyEntry(self.journal, on, number, said, origin, None, ready, place)


def _add(moved: dict[Place, int], place: Place, amount: int) -> None:
    moved[place] = moved.get(place, 0) + amount
