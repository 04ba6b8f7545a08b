"""The reconciliation of VAT: what the facts of tax say of each account, and what the ledger does."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import check_span
from kantoor.departments.finance.models import Account, TaxCode
from kantoor.departments.finance.queries.accounts import name_of
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.departments.finance.queries.sources import Sources
from kantoor.departments.finance.queries.vat.facts import (
    SOURCES,
    CodeSum,
    Scope,
    Source,
    own_scope,
    sums,
    where_of,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped
from kantoor.kernel.store.lookup import fetch

ROLES = ("vat_payable", "vat_reversed", "vat_receivable")
MOST = 100


class Unexplained(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that moved a VAT account by another amount than its facts of tax say."""

    entry: str
    date: date
    text: str
    amount: int
    said: int


class AccountTie(msgspec.Struct, frozen=True, kw_only=True):
    """A VAT account, debit positive: `facts` and `returns` explain `moved`, but for `difference`."""

    code: str
    name: str
    opening: int
    facts: int
    returns: int
    moved: int
    closing: int
    difference: int
    sources: Sources
    entries: list[Unexplained]


class VatReconciliation(msgspec.Struct, frozen=True, kw_only=True):
    """All VAT accounts between two days, in minor units of `currency`."""

    currency: str
    start: date
    end: date
    accounts: list[AccountTie]
    difference: int


@query(permission="finance.read_vat", title=_("VAT reconciliation"), exposed=True)
def vat_reconciliation(actor: Actor, /, *, start: date, end: date) -> VatReconciliation:
    """What each VAT account moved, from the facts of tax and the returns; the rest entry by entry."""
    check_span(start, end)
    codes = {each.pk: each for each in scoped(actor, TaxCode)}
    wanted = {each.tax_account_id for each in codes.values()}
    wanted |= {each.input_account_id for each in codes.values()}
    accounts = scoped(actor, Account).filter(role__in=ROLES) | scoped(actor, Account).filter(
        pk__in=[key for key in wanted if key]
    )
    listed = list(accounts.order_by("code"))
    said = _by_account(codes, sums(actor, [own_scope(start, end)]))
    ledger = _ledger([each.pk for each in listed], start, end)
    ties = []
    for account in listed:
        opening, moved, returns = ledger.get(account.pk, (0, 0, 0))
        facts = said.get(account.pk, 0)
        difference = moved - returns - facts
        ties.append(
            AccountTie(
                code=account.code,
                name=name_of(actor, account),
                opening=opening,
                facts=facts,
                returns=returns,
                moved=moved,
                closing=opening + moved,
                difference=difference,
                sources=Sources(account=account.code, start=start, end=end),
                entries=_unexplained(actor, account.pk, start, end),
            )
        )
    return VatReconciliation(
        currency=actor.currency,
        start=start,
        end=end,
        accounts=[each for each in ties if each.opening or each.moved or each.facts],
        difference=sum(abs(each.difference) for each in ties),
    )


def tax_owed(actor: Actor, spans: Sequence[tuple[date, date]]) -> list[int]:
    """Tax owed less input tax of the facts of each span, to the minor unit, filed or not.

    Spans of whole months are answered together, in as many statements as there are kinds of facts.
    """
    codes = {each.pk: each for each in scoped(actor, TaxCode)}
    whole = [(start, end) for start, end in spans if _whole_months(start, end)]
    found: list[CodeSum] = []
    if whole:
        first, last = min(start for start, _end in whole), max(end for _start, end in whole)
        found = sums(actor, [own_scope(first, last)])
    owed = []
    for start, end in spans:
        within = found if _whole_months(start, end) else sums(actor, [own_scope(start, end)])
        low, high = f"{start:%Y-%m}", f"{end:%Y-%m}"
        facts = [each for each in within if low <= each.month <= high]
        owed.append(-sum(_by_account(codes, facts).values()))
    return owed


def _whole_months(start: date, end: date) -> bool:
    return start.day == 1 and date.fromordinal(end.toordinal() + 1).day == 1


def _by_account(codes: dict[int, TaxCode], found: Sequence[CodeSum]) -> dict[int, int]:
    """What facts put on each account, debit positive."""
    moved: dict[int, int] = {}

    def move(account: int | None, amount: int) -> None:
        if account is not None and amount:
            moved[account] = moved.get(account, 0) + amount

    for each in found:
        code = codes[each.code_id]
        if code.use == "purchase":
            move(code.input_account_id, each.deductible)
            if code.reversed:
                move(code.tax_account_id, -each.tax)
        else:
            move(code.tax_account_id, -each.tax)
    return moved


def _ledger(keys: Sequence[int], start: date, end: date) -> dict[int, tuple[int, int, int]]:
    """Opening, movement, and how much of that was the booking of returns, by account."""
    if not keys:
        return {}
    slots = ", ".join(["%s"] * len(keys))
    first, last = start.isoformat(), end.isoformat()
    total = "CAST(COALESCE(SUM(CASE WHEN {} THEN line.amount ELSE 0 END), 0) AS bigint)"
    before = total.format("line.date < %s")
    within = total.format("line.date >= %s")
    returns = total.format("line.date >= %s AND entry.origin LIKE 'finance.vat_return/%%'")
    rows = fetch(
        f"SELECT line.account_id, {before}, {within}, {returns} FROM finance_line line"  # noqa: S608
        " JOIN finance_entry entry ON entry.id = line.entry_id"
        f" WHERE line.account_id IN ({slots}) AND line.date <= %s GROUP BY line.account_id",
        [first, first, first, *keys, last],
    )
    return {key: (opening, moved, booked) for key, opening, moved, booked in rows}


def _unexplained(actor: Actor, account_id: int, start: date, end: date) -> list[Unexplained]:
    """The entries whose lines on the account are not what their facts say, the first hundred."""
    parts = [_said_by(actor, each, account_id, own_scope(start, end)) for each in SOURCES]
    said = " UNION ALL ".join(sql for sql, _params in parts)
    params = [value for _sql, given in parts for value in given]
    rows = fetch(
        "SELECT both_sides.entry_id, CAST(entry.date AS text), entry.text,"  # noqa: S608
        " CAST(SUM(both_sides.moved) AS bigint), CAST(SUM(both_sides.said) AS bigint) FROM ("
        " SELECT line.entry_id, line.amount AS moved, 0 AS said FROM finance_line line"
        " JOIN finance_entry booked ON booked.id = line.entry_id"
        " WHERE line.account_id = %s AND line.date >= %s AND line.date <= %s"
        " AND booked.origin NOT LIKE 'finance.vat_return/%%'"
        f" UNION ALL {said}) both_sides JOIN finance_entry entry ON entry.id = both_sides.entry_id"
        " GROUP BY both_sides.entry_id, entry.date, entry.text"
        " HAVING SUM(both_sides.moved) <> SUM(both_sides.said)"
        " ORDER BY entry.date, both_sides.entry_id LIMIT %s",
        [account_id, start.isoformat(), end.isoformat(), *params, MOST],
    )
    numbers = entry_numbers([row[0] for row in rows])
    return [
        Unexplained(
            entry=numbers[key], date=date.fromisoformat(on), text=text, amount=moved, said=fact
        )
        for key, on, text, moved, fact in rows
    ]


def _said_by(actor: Actor, source: Source, account_id: int, scope: Scope) -> tuple[str, list[Any]]:
    """What a kind of fact says of one account, by entry, as SQL with its parameters."""
    where, params = where_of(actor, source, scope)
    output = "code.use = 'sale' OR code.reversed"
    said = (
        f"CASE WHEN code.tax_account_id = %s AND ({output}) THEN -({source.tax}) ELSE 0 END"
        f" + CASE WHEN code.input_account_id = %s THEN {source.deductible} ELSE 0 END"
    )
    sql = f"SELECT {source.entry}, 0, {said}{source.tables}{where}"
    return sql, [account_id, account_id, *params]
