"""Lines of the ledger page by page, and what is said of each: entry, party, counter account."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from kantoor.departments.finance.queries.movements import carrying
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.lookup import fetch, rows_by_key

ORDER = ("account.code", "line.date", "line.id")
FEW = 100
"""Counter accounts are looked for in entries of no more lines than this."""

After = tuple[str, str, int]
"""A place in the order: account, date, line."""


class LedgerLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line in minor units, with the balance of its account after it (debit positive).

    `counter` is the account on the other side of the entry, empty where there are more;
    `currency_amount` is what the document said, debit positive.
    """

    account: str
    date: date
    entry: str
    text: str
    entry_text: str
    reference: str
    party: str
    party_name: str
    counter: str
    debit: int
    credit: int
    balance: int
    currency: str
    currency_amount: int
    dimensions: dict[str, str]


class Chosen(NamedTuple):
    """Which lines: of which accounts, between which days, carrying what."""

    actor: Actor
    account: str
    group: str
    statement: str
    start: date | None
    end: date | None
    dimension: str
    closing: bool


class Found(NamedTuple):
    """A line as it comes from the database."""

    account: str
    on: str
    line_id: int
    account_id: int
    amount: int
    currency: str
    currency_amount: int
    text: str
    entry_id: int
    entry_text: str
    reference: str
    line_count: int
    entry: str
    party: str | None
    party_name: str | None
    key: str | None

    @property
    def place(self) -> list[Any]:
        """Where it stands in the order."""
        return [self.account, self.on, self.line_id]


_FROM = (
    " FROM finance_account account"
    " JOIN finance_line line ON line.account_id = account.id"
    " JOIN finance_entry entry ON entry.id = line.entry_id"
    " JOIN finance_journal journal ON journal.id = entry.journal_id"
)
_SELECT = (
    "SELECT account.code, CAST(line.date AS text), line.id, account.id, line.amount,"
    " line.currency, line.currency_amount, line.text, entry.id, entry.text, entry.reference,"
    " entry.line_count, journal.code || '/' || year.code || '/' || entry.number,"
    f" party.code, party.name, dims.key{_FROM}"
    " JOIN finance_fiscal_year year ON year.id = entry.year_id"
    " LEFT JOIN kernel_party party ON party.id = line.party_id"
    " LEFT JOIN finance_dimension_set dims ON dims.id = line.dimension_set_id"
)


def lines_after(chosen: Chosen, after: After | None, limit: int) -> list[Found]:
    """The next lines in order of account, date and entry; two statements at most.

    First what is left of the account where the last page ended, so that the database seeks
    there by date, then the accounts behind it.
    """
    if after is None:
        return _lines(chosen, "", [], limit)
    code, on, line_id = after
    rest = "account.code = %s AND line.date >= %s AND (line.date > %s OR line.id > %s)"
    found = _lines(chosen, rest, [code, on, on, line_id], limit)
    if len(found) < limit and not chosen.account:
        found += _lines(chosen, "account.code > %s", [code], limit - len(found))
    return found


def _lines(chosen: Chosen, further: str, values: Sequence[Any], limit: int) -> list[Found]:
    where, params = _where(chosen)
    if further:
        where, params = f"{where} AND {further}", [*params, *values]
    rows = fetch(f"{_SELECT}{where} ORDER BY {', '.join(ORDER)} LIMIT %s", [*params, limit])
    return [Found(*row) for row in rows]


def sum_of_day(chosen: Chosen, until: After) -> int:
    """Debit minus credit of the chosen lines of one account and day, up to and with a place."""
    where, params = _where(chosen)
    rows = fetch(
        f"SELECT CAST(COALESCE(SUM(line.amount), 0) AS bigint){_FROM}{where}"
        " AND account.code = %s AND line.date = %s AND line.id <= %s",
        [*params, *until],
    )
    return int(rows[0][0])


def _where(chosen: Chosen) -> tuple[str, list[Any]]:
    conditions = ["account.company_id = %s"]
    params: list[Any] = [chosen.actor.company_id]
    for column, value in (("code", chosen.account), ("grouping", chosen.group)):
        if value:
            conditions.append(f"account.{column} = %s")
            params.append(value)
    if chosen.statement:
        carried = "NOT " if chosen.statement == "balance_sheet" else ""
        conditions.append(f"account.kind {carried}IN ('income', 'expense')")
    for sign, bound in ((">=", chosen.start), ("<=", chosen.end)):
        if bound is not None:
            conditions.append(f"line.date {sign} %s")
            params.append(bound.isoformat())
    if not chosen.closing:
        conditions.append("journal.kind <> 'closing'")
    only, carrying_it = carrying("line.dimension_set_id", chosen.actor.company_id, chosen.dimension)
    return f" WHERE {' AND '.join(conditions)}{only}", [*params, *carrying_it]


def shaped(actor: Actor, found: Sequence[Found], running: dict[str, int]) -> list[LedgerLine]:
    """The lines as they are shown; `running` holds each account's balance before the first."""
    counters = _counters(found)
    rows = []
    for line in found:
        running[line.account] += line.amount
        rows.append(
            LedgerLine(
                account=line.account,
                date=date.fromisoformat(line.on),
                entry=line.entry,
                text=line.text,
                entry_text=line.entry_text,
                reference=line.reference,
                party=line.party or "",
                party_name=line.party_name or "",
                counter=counters.get((line.entry_id, line.amount > 0), ""),
                debit=max(line.amount, 0),
                credit=max(-line.amount, 0),
                balance=running[line.account],
                currency=line.currency,
                currency_amount=line.currency_amount,
                dimensions=parted(line.key),
            )
        )
    return rows


def parted(key: str | None) -> dict[str, str]:
    """The values by dimension that the key of a dimension set stands for."""
    pairs = (part.partition("=") for part in (key or "").split("|") if part)
    return {code: value for code, _, value in pairs}


def _counters(found: Iterable[Found]) -> dict[tuple[int, bool], str]:
    """For each entry and side, the account on the other side where there is only one."""
    rows = rows_by_key(
        "SELECT MIN(line.id), line.entry_id, CASE WHEN line.amount > 0 THEN 1 ELSE 0 END,"
        " MIN(account.code), MAX(account.code) FROM finance_line line"
        " JOIN finance_account account ON account.id = line.account_id"
        " WHERE line.entry_id IN ({})"
        " GROUP BY line.entry_id, CASE WHEN line.amount > 0 THEN 1 ELSE 0 END",
        [],
        {line.entry_id for line in found if line.line_count <= FEW},
    )
    return {
        (entry_id, not debit): lowest
        for entry_id, debit, lowest, highest in rows.values()
        if lowest == highest
    }
