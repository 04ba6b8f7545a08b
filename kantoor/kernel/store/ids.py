"""Row identifiers in contiguous blocks, so that the record can name rows by their range."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

from kantoor.kernel.actions import unit
from kantoor.kernel.store.asking import Question, ask
from kantoor.kernel.store.raw import here, on_postgres, run


def take_ids_of(*wanted: tuple[type[models.Model], int]) -> list[int]:
    """The first of so many fresh identifiers that follow each other, for each of several tables.

    Identifiers are never used twice, deleted rows' neither. Within a transaction only.
    """
    return ask(ids_of(*wanted))


def take_ids(model: type[models.Model], count: int) -> int:
    """The first of `count` fresh identifiers of one table."""
    return take_ids_of((model, count))[0]


def ids_of(*wanted: tuple[type[models.Model], int]) -> Question[list[int]]:
    """What `take_ids_of` asks the database, to be asked together with other questions."""
    assert here().in_atomic_block
    assert all(count > 0 for _model, count in wanted)
    counts = [(model._meta.db_table, count) for model, count in wanted]
    if not on_postgres():
        return _ids_on_sqlite(counts)
    # The function holds a lock while it moves the sequence on, so blocks never overlap.
    calls = ", ".join(["kantoor_take_ids(%s, %s)"] * len(wanted))
    given = [value for each in counts for value in each]
    return Question(f"SELECT {calls}", given, lambda rows: [int(first) for first in rows[0]])


def _ids_on_sqlite(wanted: Sequence[tuple[str, int]]) -> Question[list[int]]:
    def taken_now(rows: list[tuple[Any, ...]]) -> list[int]:
        # SQLite has one writer at a time (BEGIN IMMEDIATE): what is read stays true.
        last = dict(rows)
        # What was taken and is not inserted yet is not in the table; it is not given out again.
        work = unit.current()
        taken = work.taken if work is not None else {}
        firsts = []
        for table, count in wanted:
            first = int(max(last.get(table, 0), taken.get(table, 0))) + 1
            taken[table] = first + count - 1
            firsts.append(first)
        return firsts

    slots = ", ".join(["%s"] * len(wanted))
    sql = f"SELECT name, seq FROM sqlite_sequence WHERE name IN ({slots})"  # noqa: S608
    return Question(sql, [table for table, _count in wanted], taken_now)


def restore_counters() -> None:
    """Put SQLite's counters where they were: it forgets deleted rows when it rebuilds a table.

    Django rebuilds tables when it migrates them.
    """
    if connection.vendor != "sqlite":
        return
    tables = connection.introspection.table_names()
    if "kernel_change" not in tables:
        return
    for table, last in last_recorded().items():
        if table in tables:
            set_counter(table, last)


def last_recorded() -> dict[str, int]:
    """The highest identifier ever given in each table of which the record tells."""
    return dict(run("SELECT tablename, max(last_id) FROM kernel_change GROUP BY tablename"))


def set_counter(table: str, last: int) -> None:
    """Let SQLite's counter of a table go on after `last`, where it was not further already."""
    if run("SELECT 1 FROM sqlite_sequence WHERE name = %s", [table]):
        run("UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s", [last, table])
    else:
        run("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])


TAKE_IDS_POSTGRES = """
CREATE OR REPLACE FUNCTION kantoor_take_ids(tablename text, wanted bigint) RETURNS bigint AS $$
DECLARE
    seq regclass := pg_get_serial_sequence(quote_ident(tablename), 'id');
    first bigint;
BEGIN
    PERFORM pg_advisory_lock(47110815, seq::oid::int);
    first := nextval(seq);
    IF wanted > 1 THEN PERFORM setval(seq, first + wanted - 1); END IF;
    PERFORM pg_advisory_unlock(47110815, seq::oid::int);
    RETURN first;
END $$ LANGUAGE plpgsql;
"""
