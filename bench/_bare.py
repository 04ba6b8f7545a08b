"""The limit: the rows that the door wrote, put by the bare driver into a copy of the database.

The copy was made before the door wrote, so tables, constraints, indexes and triggers are the
same and equally full.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

GROWING = ["finance_line", "finance_entry", "finance_open_item", "kernel_change", "kernel_record"]
"""Lines before the entries that seal them."""
KEYS = {"kernel_record": "seq", "finance_open_item": "line_id"}
Rows = dict[str, list[tuple[Any, ...]]]

BALANCE = (
    "INSERT INTO finance_balance (account_id, period_id, dimension_set_id, debit, credit)"
    " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (account_id, period_id, dimension_set_id) DO UPDATE"
    " SET debit = finance_balance.debit + excluded.debit,"
    " credit = finance_balance.credit + excluded.credit"
)
NUMBER = "UPDATE kernel_series SET last = last + %s WHERE key LIKE 'finance.entry/%%'"
HEAD = "UPDATE kernel_head SET size = size + %s, frontier = %s, root = %s, seal = %s"
PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON"


def marks() -> dict[str, int]:
    """The last key of each growing table."""
    with connection.cursor() as cursor:
        found = {}
        for table in GROWING:
            cursor.execute(f"SELECT coalesce(max({KEYS.get(table, 'id')}), 0) FROM {table}")  # noqa: S608
            found[table] = int(cursor.fetchone()[0])
    return found


def rows_since(before: dict[str, int]) -> Rows:
    """The rows that the door wrote since, as the driver gives them."""
    with connection.cursor() as cursor:
        found = {}
        for table, last in before.items():
            key = KEYS.get(table, "id")
            cursor.execute(f"SELECT * FROM {table} WHERE {key} > %s ORDER BY {key}", [last])  # noqa: S608
            found[table] = cursor.fetchall()
        found["moved"] = moved(before["finance_line"])
    return found


def moved(last_line: int) -> list[tuple[Any, ...]]:
    """What the lines since then moved, by account, period and dimension set."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.account_id, e.period_id, l.dimension_set_id,"
            " sum(CASE WHEN l.amount > 0 THEN l.amount ELSE 0 END),"
            " sum(CASE WHEN l.amount < 0 THEN -l.amount ELSE 0 END)"
            " FROM finance_line l JOIN finance_entry e ON e.id = l.entry_id WHERE l.id > %s"
            " GROUP BY 1, 2, 3",
            [last_line],
        )
        return cursor.fetchall()  # type: ignore[no-any-return]


def one_by_one(rows: Rows) -> Iterator[Rows]:
    """The rows of each act apart: its entry, lines, changes and record."""
    lines = {entry[0]: [] for entry in rows["finance_entry"]}  # type: ignore[var-annotated]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM finance_line LIMIT 1")
        columns = [column[0] for column in cursor.description]
        place = columns.index("entry_id")
        cursor.execute("SELECT * FROM finance_entry LIMIT 1")
        period = [column[0] for column in cursor.description].index("period_id")
        cursor.execute("SELECT * FROM finance_open_item LIMIT 1")
        owner = [column[0] for column in cursor.description].index("entry_id")
        cursor.execute("SELECT * FROM kernel_change LIMIT 1")
        seq = [column[0] for column in cursor.description].index("seq")
    for line in rows["finance_line"]:
        lines[line[place]].append(line)
    items: dict[int, list[tuple[Any, ...]]] = {}
    for item in rows["finance_open_item"]:
        items.setdefault(item[owner], []).append(item)
    changes: dict[int, list[tuple[Any, ...]]] = {}
    for change in rows["kernel_change"]:
        changes.setdefault(change[seq], []).append(change)
    outer = sorted(changes)
    per_act = len(rows["kernel_record"]) // len(rows["finance_entry"])
    for number, entry in enumerate(rows["finance_entry"]):
        yield {
            "finance_line": lines[entry[0]],
            "finance_entry": [entry],
            "finance_open_item": items.get(entry[0], []),
            "kernel_change": changes[outer[number]],
            "kernel_record": rows["kernel_record"][number * per_act : (number + 1) * per_act],
            "moved": _moved_by(lines[entry[0]], entry[period], columns),
        }


def _moved_by(
    lines: Sequence[tuple[Any, ...]], period_id: int, columns: Sequence[str]
) -> list[tuple[Any, ...]]:
    """What the lines of one entry moved, as the door adds it to the balances."""
    account, amount, dimensions = map(columns.index, ("account_id", "amount", "dimension_set_id"))
    return [
        (line[account], period_id, line[dimensions], max(line[amount], 0), max(-line[amount], 0))
        for line in lines
    ]


@contextmanager
def copy_of_database() -> Iterator[Any]:
    """A bare connection to a copy of the database as it is now."""
    if connection.vendor == "sqlite":
        with _sqlite_copy() as bare:
            yield bare
    else:
        with _postgres_copy() as bare:
            yield bare


@contextmanager
def _sqlite_copy() -> Iterator[sqlite3.Connection]:
    path = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(path, f"{path}.copy")
    bare = sqlite3.connect(f"{path}.copy", isolation_level=None)
    bare.executescript(PRAGMAS)
    yield bare
    bare.close()
    os.remove(f"{path}.copy")


@contextmanager
def _postgres_copy() -> Iterator[psycopg.Connection[Any]]:
    name = connection.settings_dict["NAME"]
    options = {"host": connection.settings_dict["HOST"], "user": connection.settings_dict["USER"]}
    connection.close()
    with psycopg.connect(dbname="postgres", autocommit=True, **options) as server:
        server.execute(f"CREATE DATABASE {name}_copy TEMPLATE {name}")
        bare = psycopg.connect(dbname=f"{name}_copy", autocommit=True, **options)
        try:
            yield bare
        finally:
            bare.close()
            server.execute(f"DROP DATABASE {name}_copy")


def write(bare: Any, transactions: Iterable[Rows]) -> None:
    """Each group of rows in one transaction."""
    write_one = _write_sqlite if isinstance(bare, sqlite3.Connection) else _write_postgres
    for rows in transactions:
        write_one(bare, rows)


def _write_sqlite(bare: sqlite3.Connection, rows: Rows) -> None:
    bare.execute("BEGIN IMMEDIATE")
    for table in filter(rows.get, GROWING):
        slots = ", ".join("?" * len(rows[table][0]))
        bare.executemany(f"INSERT INTO {table} VALUES ({slots})", rows[table])  # noqa: S608
    bare.executemany(BALANCE.replace("%s", "?"), rows["moved"])
    _finish(bare, rows, lambda sql, values: bare.execute(sql.replace("%s", "?"), values))
    bare.execute("COMMIT")


FEW = 64


def _write_postgres(bare: psycopg.Connection[Any], rows: Rows) -> None:
    with bare.transaction(), bare.cursor() as cursor:
        for table in filter(rows.get, GROWING):
            if len(rows[table]) <= FEW:
                cursor.execute(_insert(table, rows[table]), _flat(rows[table]))
                continue
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for row in rows[table]:
                    copy.write_row(row)
        cursor.executemany(BALANCE, rows["moved"])
        _finish(bare, rows, cursor.execute)


def _insert(table: str, rows: Sequence[tuple[Any, ...]]) -> str:
    slots = "(" + ", ".join(["%s"] * len(rows[0])) + ")"
    return f"INSERT INTO {table} VALUES {', '.join([slots] * len(rows))}"  # noqa: S608


def _flat(rows: Sequence[tuple[Any, ...]]) -> list[Any]:
    return [value for row in rows for value in row]


def _finish(bare: Any, rows: Rows, execute: Any) -> None:
    execute(NUMBER, (len(rows["finance_entry"]),))
    size = len(rows["kernel_record"])
    execute(HEAD, (size, bytes(200), bytes(32), bytes(32)))
