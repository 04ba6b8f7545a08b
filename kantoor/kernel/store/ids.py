"""Row identifiers in contiguous blocks, so that the record can name rows by their range."""

from django.db import connection, models

from kantoor.kernel.store.raw import run


def take_ids(model: type[models.Model], count: int) -> int:
    """The first of `count` fresh identifiers that follow each other.

    Identifiers are never used twice, deleted rows' neither. Within a transaction only.
    """
    assert count > 0 and connection.in_atomic_block
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        # The function holds a lock while it moves the sequence on, so blocks never overlap.
        return int(run("SELECT kantoor_take_ids(%s, %s)", [table, count])[0][0])
    # SQLite has one writer at a time (BEGIN IMMEDIATE): what is read stays true.
    last = run("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    return int(last[0][0]) + 1 if last else 1


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
