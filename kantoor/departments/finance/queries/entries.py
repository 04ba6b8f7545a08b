"""Entries: the list with its filters, and one entry as it was posted."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import check_span
from kantoor.departments.finance.models import Entry, Line
from kantoor.departments.finance.queries.accounts import name_column
from kantoor.departments.finance.queries.entry_numbers import entry_keys, entry_numbers
from kantoor.departments.finance.queries.ledger_lines import parted
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped
from kantoor.kernel.store.lookup import fetch, rows_by_key


class EntryRow(msgspec.Struct, frozen=True, kw_only=True):
    """An entry in a list; `debit` is its total in minor units.

    `reverses` and `reversed_by` are numbers of entries; `origin` names what it comes from.
    """

    number: str
    date: date
    journal: str
    text: str
    reference: str
    origin: str
    debit: int
    lines: int
    reverses: str
    reversed_by: str


class EntryLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of an entry in minor units; `amount` is debit positive."""

    account: str
    account_name: str
    text: str
    party: str
    party_name: str
    amount: int
    debit: int
    credit: int
    currency: str
    currency_amount: int
    dimensions: dict[str, str]


class EntryCard(msgspec.Struct, frozen=True, kw_only=True):
    """One entry with its lines, as it was posted."""

    entry: EntryRow
    currency: str
    year: str
    period: str
    lines: list[EntryLine]


SORTS = {"date": ("date",), "number": ("journal_id", "year_id", "number")}


@query(permission="finance.read_ledger", title=_("Entries"), exposed=True)
def entries(
    actor: Actor,
    /,
    *,
    journal: str = "",
    start: date | None = None,
    end: date | None = None,
    account: str = "",
    party: str = "",
    reference: str = "",
    origin: str = "",
    text: str = "",
    sort: str = "-date",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[EntryRow]:
    """Posted entries, the latest first.

    `account` and `party` are codes that one of the lines has, `text` a part of the entry's text,
    `reference` the number of the document. Raises InvalidInput for what can't be.
    """
    check_span(start, end)
    found = scoped(actor, Entry)
    exact: dict[str, Any] = {
        "journal__code": journal,
        "date__gte": start,
        "date__lte": end,
        "reference": reference,
        "origin": origin,
        "text__icontains": text,
    }
    given = {name: value for name, value in exact.items() if value}
    if any("\0" in str(value) for value in (*given.values(), account, party)):
        return Page(rows=[])
    found = found.filter(**given)
    if account:
        found = found.filter(pk__in=_with_line(actor, account__code=account))
    if party:
        found = found.filter(pk__in=_with_line(actor, party__code=party))
    columns = ("id", "date", "journal_id", "year_id", "number", "journal__code", "text",
               "reference", "origin", "line_count", "reverses_id")  # fmt: skip
    page = page_by(
        found.values(*columns), order=sorted_by(sort, SORTS), cursor=cursor, limit=limit, totals={}
    )
    return page.with_rows(_rows(page.rows))


def _with_line(actor: Actor, **wanted: str) -> "QuerySet[Line, int]":
    mine = Line.objects.filter(account__company_id=actor.company_id, **wanted)
    return mine.values_list("entry_id", flat=True)


@query(permission="finance.read_ledger", title=_("Entry"), exposed=True)
def entry(actor: Actor, /, *, number: str) -> EntryCard:
    """One entry by its number (`MEM/2011/12`). Raises NotFound, also for another company's."""
    key = entry_keys(actor.company_id, [number]).get(number)
    if key is None:
        raise NotFound(_("There is no entry {number}.").format(number=number), field="number")
    columns = ("id", "date", "journal__code", "text", "reference", "origin", "line_count",
               "reverses_id", "year__code", "period__number")  # fmt: skip
    row = scoped(actor, Entry).values(*columns).get(pk=key)
    return EntryCard(
        entry=_rows([row])[0],
        currency=actor.currency,
        year=row["year__code"],
        period=f"{row['year__code']}-{row['period__number']:02}",
        lines=_lines(actor, key),
    )


def _lines(actor: Actor, entry_id: int) -> list[EntryLine]:
    rows = fetch(
        f"SELECT account.code, account.{name_column(actor)}, line.text, party.code, party.name,"  # noqa: S608
        " line.amount, line.currency, line.currency_amount, dims.key FROM finance_line line"
        " JOIN finance_account account ON account.id = line.account_id"
        " LEFT JOIN kernel_party party ON party.id = line.party_id"
        " LEFT JOIN finance_dimension_set dims ON dims.id = line.dimension_set_id"
        " WHERE line.entry_id = %s ORDER BY line.id",
        [entry_id],
    )
    return [
        EntryLine(
            account=code,
            account_name=name,
            text=text,
            party=party or "",
            party_name=party_name or "",
            amount=amount,
            debit=max(amount, 0),
            credit=max(-amount, 0),
            currency=currency,
            currency_amount=said,
            dimensions=parted(key),
        )
        for code, name, text, party, party_name, amount, currency, said, key in rows
    ]


def _rows(found: Sequence[dict[str, Any]]) -> list[EntryRow]:
    """The rows with their totals and numbers; three statements, however many rows."""
    keys = [row["id"] for row in found]
    debits = rows_by_key(
        "SELECT entry_id, CAST(SUM(amount) AS bigint) FROM finance_line"
        " WHERE amount > 0 AND entry_id IN ({}) GROUP BY entry_id",
        [],
        keys,
    )
    reversals = rows_by_key(
        "SELECT reverses_id, id FROM finance_entry WHERE reverses_id IN ({})", [], keys
    )
    reversed_ = [row["reverses_id"] for row in found if row["reverses_id"]]
    numbers = entry_numbers([*keys, *reversals.values(), *reversed_])
    return [
        EntryRow(
            number=numbers[row["id"]],
            date=row["date"],
            journal=row["journal__code"],
            text=row["text"],
            reference=row["reference"],
            origin=row["origin"],
            debit=debits.get(row["id"], 0),
            lines=row["line_count"],
            reverses=numbers.get(row["reverses_id"], ""),
            reversed_by=numbers.get(reversals.get(row["id"], 0), ""),
        )
        for row in found
    ]
