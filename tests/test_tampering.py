"""Whatever anyone changes by hand in the database, `verify` names the table and the row.

Goes through every table and column that the database has, whoever made them.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DataError
from pytest_django import DjangoDbBlocker

from kantoor.kernel.record.verify.passing import PASSING
from kantoor.kernel.record.verify.system import Verification, verify
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.tables import kept_models
from tests.complete import EMPTY, complete
from tests.undone import undone as everything_undone
from tests.unguarded import unguarded

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("tampering")]

ONE_ROW = {"kernel_head": "there is one head"}
TRIES = 8
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass
class Table:
    """A table of the database as it is: its columns with their types, and its key."""

    name: str
    columns: dict[str, str] = field(default_factory=dict)
    key: list[str] = field(default_factory=list)

    @property
    def proved(self) -> list[str]:
        """The columns that `verify` is to watch over."""
        return [column for column in self.columns if f"{self.name}.{column}" not in PASSING]

    def quoted(self, names: list[str]) -> str:
        return ", ".join(connection.ops.quote_name(name) for name in names)

    def last_row(self) -> dict[str, Any]:
        """The row that is tampered with."""
        names = list(self.columns)
        plain = ", ".join(f"+{q(n)}" if sqlite() else q(n) for n in names)
        order = ", ".join(f"{q(n)} DESC" for n in self.key)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {plain} FROM {q(self.name)} ORDER BY {order} LIMIT 1")  # noqa: S608
            return dict(zip(names, cursor.fetchone(), strict=True))

    def where(self, row: dict[str, Any]) -> str:
        """How a fault names this row."""
        return f"{self.name} row {'/'.join(str(row[name]) for name in self.key)}"

    def only(self, row: dict[str, Any]) -> tuple[str, list[Any]]:
        """The condition for this row alone."""
        return " AND ".join(f"{q(n)} = %s" for n in self.key), [row[n] for n in self.key]


def q(name: str) -> str:
    return connection.ops.quote_name(name)


def sqlite() -> bool:
    return connection.vendor == "sqlite"


def tables() -> list[Table]:
    """Every table that isn't passing, from the database itself."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        if sqlite():
            names.append("sqlite_sequence")
        return [_table(cursor, name) for name in sorted(names) if name not in PASSING]


def _table(cursor: Any, name: str) -> Table:
    table = Table(name)
    if sqlite():
        cursor.execute(f"PRAGMA table_info({q(name)})")
        rows = cursor.fetchall()
        table.columns = {row[1]: row[2].lower() for row in rows}
        keys = sorted((row[5], row[1]) for row in rows if row[5])
        table.key = [column for _, column in keys] or ["name"]
        return table
    cursor.execute(
        "SELECT column_name, data_type FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s ORDER BY ordinal_position",
        [name],
    )
    table.columns = dict(cursor.fetchall())
    constraints = connection.introspection.get_constraints(cursor, name).values()
    table.key = next(each["columns"] for each in constraints if each["primary_key"])
    return table


@pytest.fixture(scope="module")
def company(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """The complete company without guards, of which nothing else is wrong."""
    with django_db_blocker.unblock(), unguarded(), everything_undone():
        complete(tmp_path_factory.mktemp("shop"))
        assert [each for each in verify().faults if " guard " not in each.where] == []
        with _unchecked():
            yield


@pytest.fixture
def _django_db_helper(company: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Each test undoes what it changes: the company is made once for all of them."""
    with django_db_blocker.unblock():
        yield


@contextmanager
def _unchecked() -> Iterator[None]:
    """What constraints refuse is refused no more, or at once."""
    with connection.cursor() as cursor:
        if sqlite():
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        yield
        if sqlite():  # a pragma is no part of the transaction that undoes the rest
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


@contextmanager
def undone() -> Iterator[None]:
    """What happens within is undone."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


def named(found: Verification, *wheres: str) -> bool:
    """Whether a fault names one of these rows (and not one whose key begins alike)."""
    return any(
        fault.where == where or fault.where.startswith(f"{where} ")
        for fault in found.faults
        for where in wheres
    )


def test_every_table_has_rows() -> None:
    poor = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT count(*) FROM {q(table.name)}")  # noqa: S608
            count = cursor.fetchone()[0]
            if count < 2 and table.name not in {**EMPTY, **ONE_ROW}:
                poor[table.name] = count
    assert poor == {}


def test_every_changed_cell_is_named() -> None:
    missed, tried = [], 0
    for cells in _rounds(every_cell):
        tried += len(cells)
        missed += _not_named(cells)
    assert missed == []
    assert tried > 1000


@dataclass(frozen=True)
class Cell:
    """A cell of a row, and what somebody puts in its place."""

    table: Table
    row: dict[str, Any]
    column: str
    value: Any

    @property
    def wheres(self) -> tuple[str, str]:
        """How a fault names its row: as it was, and as it is with another key."""
        return self.table.where(self.row), self.table.where({**self.row, self.column: self.value})


def every_cell(table: Table) -> list[Cell]:
    """All changes of its last row that somebody might make."""
    row = table.last_row()
    return [
        Cell(table, row, column, value)
        for column in table.proved
        for value in _others(table.columns[column], row[column])
    ]


def _rounds(changes: Callable[[Table], list[Cell]]) -> Iterator[list[Cell]]:
    """The changes of all tables, those that are made at once together.

    Rows of departments that the record itself proves don't hide one another, one of each table.
    What follows from other rows, and the kernel's own tables, which proving stands on, go alone.
    """
    together = []
    for table in tables():
        if table.name in EMPTY:
            continue
        if table.name in _proved_by_row():
            together.append(changes(table))
        else:
            yield from ([cell] for cell in changes(table))
    for cells in zip_longest(*together):
        yield [cell for cell in cells if cell is not None]


@cache
def _proved_by_row() -> frozenset[str]:
    recorded = (Kept.SEALED, Kept.STATE)
    kept = [each for each in kept_models() if getattr(each, "kept", None) in recorded]
    names = (model._meta.db_table for model in kept)
    return frozenset(name for name in names if not name.startswith("kernel_"))


def _not_named(cells: list[Cell], *, whole: bool = False) -> list[str]:
    """Which of these changes `verify` doesn't name; what the database itself refuses is none."""
    with undone():
        changed = [each for each in cells if _change(each.table, each.row, each.column, each.value)]
        if not changed:
            return []
        found = verify(tables=None if whole else [cell.table.name for cell in changed])
        assert not found.ok
        if len(cells) > 1:
            # One change may put others' sums in doubt; its row is named by what proves rows.
            found.faults = [fault for fault in found.faults if fault.check == "rows"]
        return [
            f"{cell.table.name}.{cell.column}: {cell.row[cell.column]!r} to {cell.value!r}"
            for cell in changed
            if not named(found, *cell.wheres)
        ]


def _change(table: Table, row: dict[str, Any], column: str, value: Any) -> bool:
    condition, keys = table.only(row)
    sql = f"UPDATE {q(table.name)} SET {q(column)} = %s WHERE {condition}"  # noqa: S608
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [value, *keys])
            assert cursor.rowcount == 1
    except (IntegrityError, DataError):
        return False
    return True


def _others(kind: str, value: Any) -> Iterator[Any]:
    """Values that somebody might put in the place of one."""
    if sqlite():
        yield b"\0\xff"  # SQLite keeps in any column whatever it is given.
    if "bool" in kind:
        yield not value
    elif isinstance(value, int):
        yield value + 1
        yield -value - 3
    elif isinstance(value, (bytes, memoryview)):
        content = bytes(value) or b"\0"
        yield bytes([content[0] ^ 1]) + content[1:]
    elif kind == "date":
        yield "2001-02-03"
    elif kind.startswith(("datetime", "timestamp")):
        yield "2001-02-03 04:05:06.000007"
    elif isinstance(value, str):
        yield ("y" if value[:1] == "x" else "x") + value[1:]
        yield "" if value else "z"
    else:
        assert value is None
        yield 7 if "int" in kind else "7"


def test_every_deleted_row_is_named() -> None:
    missed = []
    for table in tables():
        if table.name in EMPTY:
            continue
        row = table.last_row()
        condition, keys = table.only(row)
        with undone(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {q(table.name)} WHERE {condition}", keys)  # noqa: S608
            found = verify(tables=[table.name])
            where = table.where(row)
            if table.name == "django_migrations":
                where = f"django_migrations row of {row['app']}.{row['name']}"
            if not named(found, where):
                missed.append(where)
    assert missed == []


def test_every_inserted_row_is_named() -> None:
    missed = []
    for table in tables():
        if table.name in EMPTY:
            continue
        with undone():
            row = _inserted(table)
            if not named(verify(tables=[table.name]), table.where(row)):
                missed.append(table.where(row))
    assert missed == []


def _inserted(table: Table) -> dict[str, Any]:
    """Copy the last row, and change what has to be unique until the database takes it."""
    row = table.last_row()
    names = list(row)
    slots = ", ".join(["%s"] * len(names))
    sql = f"INSERT INTO {q(table.name)} ({table.quoted(names)}) VALUES ({slots})"  # noqa: S608
    for _ in range(TRIES):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql, list(row.values()))
            return row
        except IntegrityError as reason:
            column = _in_the_way(str(reason), names)
            row[column] = _next(row[column])
    raise AssertionError(f"{table.name} takes no other row")


def _in_the_way(reason: str, names: list[str]) -> str:
    """The last of the columns that the database says must be unique."""
    text = reason.partition("Key (")[2].partition(")=")[0] or reason.partition("failed:")[2]
    mentioned = [part.strip().rpartition(".")[2].strip('"') for part in text.split(",")]
    return next(name for name in reversed(mentioned) if name in names)


def _next(value: Any) -> Any:
    if isinstance(value, int):
        return value + 1
    if isinstance(value, (bytes, memoryview)):
        return bytes(value) + b"x"
    if hasattr(value, "isoformat") or _DAY.fullmatch(str(value)):
        return "2001-02-03"
    return "z" + str(value or "")[1:]


def test_the_whole_verification_names_it_too() -> None:
    missed = []
    for cells in _rounds(lambda table: every_cell(table)[-1:]):
        missed += _not_named(cells, whole=True)
    assert missed == []


def test_afterwards_everything_is_as_it_was() -> None:
    assert [fault.where for fault in verify().faults if " guard " not in fault.where] == []
