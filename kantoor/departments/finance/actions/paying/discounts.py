"""The VAT in discounts for early payment: what is paid less lowers what may be deducted.

Directive 2006/112/EC, art. 79(a), 184 and 185: the deduction is adjusted to the price that was
paid in the end. What each tax code loses is kept as a fact for the VAT return. Tax that was
reversed to us stays: what we owe less we deduct less.
"""

from collections.abc import Sequence
from typing import NamedTuple

from kantoor.departments.finance.models import EntryTax
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import half_up_ratio
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.lookup import rows_by_key
from kantoor.kernel.store.models import insert_rows


class DiscountTax(NamedTuple):
    """What discounts take off under one tax code, in cents; `rate` is scaled 10**-6."""

    code_id: int
    category: str
    rate: int
    input_account: int | None
    base: int
    amount: int
    deductible: int


_TAXES = (
    "SELECT tax.id, tax.tax_code_id, tax.category, tax.rate, code.input_account_id,"
    " item.discount, invoice.gross, tax.base, tax.amount, tax.deductible"
    " FROM finance_purchase_tax tax JOIN finance_tax_code code ON code.id = tax.tax_code_id"
    " JOIN finance_purchase_invoice invoice ON invoice.id = tax.invoice_id"
    " JOIN finance_line line ON line.entry_id = invoice.entry_id"
    " JOIN finance_payment_item item ON item.line_id = line.id"
    " WHERE NOT tax.reversed AND invoice.gross > 0 AND item.discount > 0"
    " AND item.order_id IN ({})"
)


def taxes_in_discounts(order_ids: Sequence[int]) -> list[DiscountTax]:
    """The tax in the discounts of these orders, by tax code, in the order of the codes' keys."""
    found: dict[int, DiscountTax] = {}
    rows = rows_by_key(_TAXES, [], order_ids)
    for code, category, rate, account, discount, gross, *sums in rows.values():
        base, amount, deductible = (half_up_ratio(discount * each, gross) for each in sums)
        known = found.get(code) or DiscountTax(code, category, rate, account, 0, 0, 0)
        found[code] = known._replace(
            base=known.base + base,
            amount=known.amount + amount,
            deductible=known.deductible + deductible,
        )
    return [found[code] for code in sorted(found)]


def write_taxes(
    actor: Actor, entry_id: int, on: str, taxes: Sequence[DiscountTax], sign: int
) -> None:
    """Keep what discounts change of the tax: below zero as they are taken (`sign` 1)."""
    if not taxes:
        return
    first = take_ids(EntryTax, len(taxes))
    insert_rows(
        EntryTax,
        [
            (key, actor.company_id, entry_id, on, None, each.code_id, each.category, each.rate,
             -sign * each.base, -sign * each.amount, -sign * each.deductible, 1)
            for key, each in enumerate(taxes, first)
        ],
    )  # fmt: skip
