"""The ledger's prover: every cell that differs is named, on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from kantoor.departments.finance import proofs
from kantoor.departments.finance.actions.dimensions import add_dimension_value
from kantoor.departments.finance.actions.reversal import reverse_entry
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.models import Balance, Entry, Line
from kantoor.departments.finance.tests.people import BANK, SALES, Books, sale
from kantoor.kernel.numbering.models import Series
from kantoor.kernel.record.verify.provers import provers
from kantoor.kernel.store.guards import guards


@pytest.fixture
def ledger(books: Books) -> Books:
    """A few entries in two months, with a dimension."""
    add_dimension_value(books.anne, dimension="project", code="P1", name="One")
    books.post(
        sale("2011-01-10", 5),
        sale("2011-02-10", 7),
        EntryDraft(
            date=sale("2011-02-11", 1).date,
            lines=[
                LineDraft(account=BANK, amount=9, dimensions={"project": "P1"}),
                LineDraft(account=SALES, amount=-9),
            ],
        ),
    )
    reverse_entry(books.anne, entry="MEM/2011/1", why="Wrong")
    return books


def faults() -> list[tuple[str, str]]:
    return [(fault.where, fault.what) for fault in proofs.ledger()]


@contextmanager
def behind_its_back(table: str) -> Iterator[None]:
    """As somebody would who changes the database by hand: without its guards."""
    mine = [guard.name for guard in guards() if guard.table == table]
    with connection.cursor() as cursor:
        for name in mine:
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on}")
    yield


def change(sql: str, *values: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def update(table: str, what: str, where: str) -> None:
    change(f"UPDATE {table} SET {what} WHERE {where}")  # noqa: S608


def test_a_ledger_that_was_posted_is_proved(ledger: Books) -> None:
    assert faults() == []
    assert "finance_balance" in provers()


@pytest.mark.parametrize("column", ["debit", "credit"])
def test_a_changed_balance_is_named(ledger: Books, column: str) -> None:
    for row in Balance.objects.values_list("account_id", "period_id", "dimension_set_id", column):
        account, period, dims, amount = row
        where = f"account_id={account} AND period_id={period} AND dimension_set_id={dims}"
        with transaction.atomic():
            update("finance_balance", f"{column} = {column} + 1", f"{where}")
            place = f"finance_balance row {account}/{period}/{dims} column {column}"
            assert faults() == [(place, f"is {amount + 1}, the lines add up to {amount}")]
            transaction.set_rollback(True)


@pytest.mark.parametrize("column", ["account_id", "period_id", "dimension_set_id"])
def test_a_balance_in_another_place_is_named(ledger: Books, column: str) -> None:
    row = Balance.objects.values_list("account_id", "period_id", "dimension_set_id").first()
    assert row is not None
    where = "account_id={} AND period_id={} AND dimension_set_id={}".format(*row)
    update("finance_balance", f"{column} = 999999", f"{where}")
    found = faults()
    assert (f"finance_balance row {row[0]}/{row[1]}/{row[2]}", "is missing") in found
    assert any("no line is behind it" in what for _, what in found)
    transaction.set_rollback(True)  # PostgreSQL would check the foreign keys at the end.


def test_a_balance_that_is_gone_or_too_many_is_named(ledger: Books) -> None:
    first = Balance.objects.values_list("account_id", "period_id", "dimension_set_id").first()
    assert first is not None
    change("DELETE FROM finance_balance")
    rows = faults()
    assert len(rows) == 5
    assert {what for _, what in rows} == {"is missing"}


@pytest.mark.sqlite_only
@pytest.mark.parametrize("value", ["'x'", "1.5", "x'00'", "NULL"])
def test_a_cell_that_is_no_number_is_named(ledger: Books, value: str) -> None:
    change("CREATE TABLE copy AS SELECT * FROM finance_balance")
    change("DROP TABLE finance_balance")
    change("ALTER TABLE copy RENAME TO finance_balance")
    update("finance_balance", f"debit = {value}", "rowid = 1")
    update("finance_balance", f"period_id = {value}", "rowid = 2")
    assert len(faults()) == 3


def test_lines_that_do_not_balance_or_are_missing_are_named(ledger: Books) -> None:
    with behind_its_back("finance_line"):
        line = Line.objects.order_by("id").first()
        assert line is not None
        update("finance_line", "amount = amount + 1", f"id = {line.pk}")
        entry = f"finance_entry row {line.entry_id}"
        assert (entry, "does not balance: its lines add up to 1") in faults()
        change("DELETE FROM finance_line WHERE id = %s", line.pk)
        assert (entry, "has 1 lines, and says 2") in faults()


def test_a_line_of_another_date_is_named(ledger: Books) -> None:
    with behind_its_back("finance_line"):
        line = Line.objects.order_by("id").first()
        assert line is not None
        update("finance_line", "date = '2011-02-01'", f"id = {line.pk}")
        assert faults() == [(f"finance_entry row {line.entry_id}", "has lines of another date")]


def test_an_entry_outside_its_period_is_named(ledger: Books) -> None:
    with behind_its_back("finance_entry"), behind_its_back("finance_line"):
        entry = Entry.objects.order_by("id").first()
        assert entry is not None
        update("finance_entry", "date = '2011-05-01'", f"id = {entry.pk}")
        update("finance_line", "date = '2011-05-01'", f"entry_id = {entry.pk}")
        what = "is not in the period, year or journal it belongs to"
        assert faults() == [(f"finance_entry row {entry.pk}", what)]


def test_a_dimension_set_that_is_not_there_is_named(ledger: Books) -> None:
    with behind_its_back("finance_dimension_set"):
        (key,) = Line.objects.exclude(dimension_set_id=0).values_list("dimension_set_id", flat=True)
        change("DELETE FROM finance_dimension_set")
        assert faults() == [(f"finance_dimension_set row {key}", "lines carry it; it isn't there")]


def test_the_numbers_of_entries_are_seen_as_they_were_counted(ledger: Books) -> None:
    ledger.post(sale("2010-01-01", 1), sale("2011-01-01", 1, journal="BNK"))
    used = {key: (first, last, count) for key, first, last, count in proofs.entry_series()}
    counted = {row.key: (1, row.last, row.last) for row in Series.objects.all()}
    assert used == counted
    assert sorted(used.values()) == [(1, 1, 1), (1, 1, 1), (1, 4, 4)]
