"""Posted lines that assets come from: what of them is registered, and what waits to be."""

from collections.abc import Sequence
from datetime import date

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query
from kantoor.kernel.store.lookup import fetch, rows_by_key

MOST = 200
"""Lines that the list of what is to be registered shows."""


class LineToRegister(msgspec.Struct, frozen=True, kw_only=True):
    """A line on a cost account that no asset was registered for yet, in whole or in part."""

    entry: str
    line: int
    date: date
    account: str
    category: str
    text: str
    party: str
    amount: int
    left: int


def left_of_lines(company_id: int, line_ids: Sequence[int]) -> dict[int, int]:
    """What of posted lines is not registered as an asset yet, in minor units."""
    amounts = rows_by_key("SELECT id, amount FROM finance_line WHERE id IN ({})", [], line_ids)
    taken = rows_by_key(
        "SELECT asset.line_id, CAST(SUM(movement.cost) AS bigint) FROM finance_asset asset"
        " JOIN finance_asset_movement movement ON movement.asset_id = asset.id"
        " AND movement.kind = 'acquisition' WHERE asset.company_id = %s AND asset.line_id IN ({})"
        " GROUP BY asset.line_id",
        [company_id],
        line_ids,
    )
    return {key: amount - taken.get(key, 0) for key, amount in amounts.items()}


@query(permission="finance.read_assets", title=_("Lines to be registered as assets"), exposed=True)
def lines_to_register(actor: Actor, /) -> list[LineToRegister]:
    """What was booked on the cost accounts of categories and is no asset yet, the latest first.

    Lines of entries that assets made themselves are left out, as are reversed entries.
    """
    rows = fetch(
        "SELECT line.id, line.entry_id, CAST(line.date AS text), account.code, category.code,"
        " line.text, entry.text, COALESCE(party.code, ''), line.amount,"
        " line.amount - COALESCE(taken.cost, 0),"
        " (SELECT count(*) FROM finance_line other"
        "  WHERE other.entry_id = line.entry_id AND other.id <= line.id)"
        " FROM finance_line line JOIN finance_entry entry ON entry.id = line.entry_id"
        " JOIN finance_account account ON account.id = line.account_id"
        " JOIN (SELECT cost_account_id, MIN(code) AS code FROM finance_asset_category"
        "  WHERE company_id = %s GROUP BY cost_account_id) category"
        " ON category.cost_account_id = line.account_id"
        " LEFT JOIN kernel_party party ON party.id = line.party_id"
        " LEFT JOIN (SELECT asset.line_id, SUM(movement.cost) AS cost FROM finance_asset asset"
        "  JOIN finance_asset_movement movement ON movement.asset_id = asset.id"
        "  AND movement.kind = 'acquisition' WHERE asset.company_id = %s"
        "  AND asset.line_id IS NOT NULL GROUP BY asset.line_id) taken"
        " ON taken.line_id = line.id"
        " WHERE entry.company_id = %s AND line.amount > COALESCE(taken.cost, 0)"
        " AND entry.origin NOT LIKE 'finance.asset%%' AND entry.reverses_id IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM finance_entry undone WHERE undone.reverses_id = entry.id)"
        " ORDER BY line.date DESC, line.id DESC LIMIT %s",
        [actor.company_id, actor.company_id, actor.company_id, MOST],
    )
    numbers = entry_numbers([row[1] for row in rows])
    return [
        LineToRegister(
            entry=numbers[entry],
            line=place,
            date=date.fromisoformat(on),
            account=account,
            category=category,
            text=text or entry_text,
            party=party,
            amount=amount,
            left=int(left),
        )
        for _id, entry, on, account, category, text, entry_text, party, amount, left, place in rows
    ]
