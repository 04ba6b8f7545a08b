"""What is open with suppliers, with all that decides whether and how it is paid.

The items are those of the ledger's payables account, whoever posted them; what a purchase
invoice says of them comes beside it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from kantoor.departments.finance.queries.paying.under_way import lines_under_way
from kantoor.kernel.store.lookup import fetch

SUPPLIER_HOLD, INVOICE_HOLD, UNDER_WAY = "supplier_hold", "invoice_hold", "under_way"
OTHER_CURRENCY = "other_currency"

_OPEN = """
SELECT item.line_id, item.party_id, party.code, party.name, party.subject_id,
    COALESCE(NULLIF(invoice.reference, ''), NULLIF(entry.reference, ''), entry.text),
    COALESCE(invoice.number, ''), CAST(item.date AS text), CAST(item.due_on AS text), -item.currency_open,
    CASE WHEN item.currency_open = item.currency_amount THEN COALESCE(invoice.discount, 0) ELSE 0 END,
    CAST(invoice.discount_on AS text), COALESCE(invoice.payment_reference, ''),
    COALESCE(invoice.iban, ''), COALESCE(supplier.hold, ''), COALESCE(invoice.hold, ''),
    item.currency
FROM finance_open_item item
JOIN finance_account account ON account.id = item.account_id AND account.role = 'payables'
JOIN finance_entry entry ON entry.id = item.entry_id
JOIN kernel_party party ON party.id = item.party_id
LEFT JOIN finance_supplier supplier ON supplier.party_id = item.party_id
LEFT JOIN finance_purchase_invoice invoice ON invoice.entry_id = item.entry_id
WHERE item.company_id = %s AND item.currency_open <> 0 AND item.date <= %s
ORDER BY item.due_on, item.line_id
"""


class Payable(NamedTuple):
    """An open item in its `currency`; `open` is above zero when we owe it, below when it is in our favour.

    `document` is the supplier's number, `number` our own; `discount` what may be kept back when it
    is paid by `discount_on`.
    """

    line_id: int
    party_id: int
    party: str
    name: str
    subject_id: int | None
    document: str
    number: str
    date: str
    due_on: str
    open: int
    discount: int
    discount_on: str | None
    reference: str
    iban: str
    supplier_hold: str
    invoice_hold: str
    currency: str

    def discount_at(self, on: str) -> int:
        """What is kept back when it is paid on that day."""
        return self.discount if self.discount_on and on <= self.discount_on else 0


def open_payables(company_id: int, on: str) -> tuple[list[Payable], frozenset[int]]:
    """What is open on a day, the longest due first, and the lines that a run pays already."""
    rows = fetch(_OPEN, [company_id, on])
    return [Payable(*row) for row in rows], lines_under_way(company_id)


def parties_of(payables: Sequence[Payable]) -> set[int]:
    """The suppliers among them."""
    return {each.party_id for each in payables}
