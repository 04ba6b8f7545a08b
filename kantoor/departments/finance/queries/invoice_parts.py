"""The instalments of an invoice, and the prepayments it takes off or is taken off as."""

from datetime import date
from typing import NamedTuple

import msgspec

from kantoor.kernel.store.lookup import fetch


class CardPart(msgspec.Struct, frozen=True, kw_only=True):
    """An instalment: its amount and what is open of it, in the invoice's currency."""

    n: int
    due_on: date
    amount: int
    open: int


class Belongings(NamedTuple):
    """Instalments, prepayment invoices that it takes off, and final invoices that take it off."""

    instalments: list[CardPart]
    deducts: list[str]
    deducted_by: list[str]


# An invoice mostly has nothing of all this, so it is asked at once.
_ALL = """
SELECT 'part', part.n, CAST(part.due_on AS text), part.amount, item.currency_open
FROM finance_instalment part JOIN finance_open_item item ON item.line_id = part.line_id
WHERE part.invoice_id = %s
UNION SELECT 'deducts', before.id, before.number, 0, 0
FROM finance_invoice_line line JOIN finance_deduction off ON off.line_id = line.id
JOIN finance_invoice_line prepaid ON prepaid.id = off.prepaid_id
JOIN finance_invoice before ON before.id = prepaid.invoice_id WHERE line.invoice_id = %s
UNION SELECT 'deducted_by', final.id, final.number, 0, 0
FROM finance_invoice_line prepaid JOIN finance_deduction off ON off.prepaid_id = prepaid.id
JOIN finance_invoice_line line ON line.id = off.line_id
JOIN finance_invoice final ON final.id = line.invoice_id AND final.kind = 'invoice'
WHERE prepaid.invoice_id = %s ORDER BY 1, 2
"""


def belongings(invoice_id: int) -> Belongings:
    """All of an invoice, given by its key, in one statement."""
    found = Belongings([], [], [])
    for what, n, said, amount, still in fetch(_ALL, [invoice_id] * 3):
        if what == "part":
            due_on = date.fromisoformat(said)
            found.instalments.append(CardPart(n=n, due_on=due_on, amount=amount, open=still))
        else:
            numbers = found.deducts if what == "deducts" else found.deducted_by
            numbers.append(said)
    return found
