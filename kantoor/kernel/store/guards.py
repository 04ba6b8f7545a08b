"""Triggers that hold what must never be false, so that a stray UPDATE by hand fails too.

They are put in place after every migration (SQLite rebuilds tables and drops their triggers on
the way) and `verify` names one that is missing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection, models

from kantoor.kernel.store.ids import TAKE_IDS_POSTGRES
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.tables import kept_models

ALWAYS_SEALED = ("kernel_record", "kernel_change")
DELETABLE = ("kernel_subject",)
"""Sealed, but a row may go: destroying a person's key is how their data is erased."""


@dataclass(frozen=True, slots=True)
class Guard:
    """One trigger of a table, in the words of both databases."""

    name: str
    table: str
    sqlite: str
    postgresql: str
    function: str = ""
    """What the trigger calls on PostgreSQL, as CREATE OR REPLACE FUNCTION."""


_registered: dict[str, Guard] = {}


def register_guard(guard: Guard) -> None:
    """Add a department's own guard, such as “posted entries balance”."""
    _registered[guard.name] = guard


def register_facts(table: str, columns: Sequence[str], words: str) -> None:
    """Let these columns of a table never change and its rows never go, refused in these words."""
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    name = f"{table}_facts"
    register_guard(
        Guard(
            name,
            table,
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} "
            f"WHEN {changed} BEGIN SELECT RAISE(ABORT, '{words}'); END",
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} "
            f"FOR EACH ROW WHEN (({old}) IS DISTINCT FROM ({new})) "
            f"EXECUTE FUNCTION kantoor_refuse('{words}')",
        )
    )
    register_guard(_refuse("delete", table, words))


def guards() -> list[Guard]:
    """Every guard whose table exists in this installation."""
    return [*_sealing(), *_registered.values()]


def _sealing() -> Iterator[Guard]:
    for model in kept_models():
        table = model._meta.db_table
        if _sealed(model):
            yield _refuse("update", table)
            if table not in DELETABLE:
                yield _refuse("delete", table)


def _sealed(model: type[models.Model]) -> bool:
    sealed = getattr(model, "kept", None) is Kept.SEALED
    return sealed or model._meta.db_table in ALWAYS_SEALED


def _refuse(operation: str, table: str, words: str = "") -> Guard:
    name = f"{table}_no_{operation}"
    words = words or f"rows of {table} are never {operation}d"
    events = "DELETE OR TRUNCATE" if operation == "delete" else "UPDATE"
    return Guard(
        name,
        table,
        f"CREATE TRIGGER {name} BEFORE {operation.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{words}'); END",
        f"CREATE TRIGGER {name} BEFORE {events} ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION kantoor_refuse('{words}')",
    )


REFUSE_POSTGRES = """
CREATE OR REPLACE FUNCTION kantoor_refuse() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
END $$ LANGUAGE plpgsql;
"""


def install_guards() -> None:
    """Create every guard anew; does nothing for tables that are not there yet."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(TAKE_IDS_POSTGRES)
            cursor.execute(REFUSE_POSTGRES)
        for guard in guards():
            if guard.table not in tables:
                continue
            if guard.function and connection.vendor == "postgresql":
                cursor.execute(guard.function)
            on = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{on}")
            cursor.execute(getattr(guard, connection.vendor))


def missing_guards() -> list[Guard]:
    """The guards that somebody took away."""
    sql = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(sql)
        present = {row[0] for row in cursor.fetchall()}
    return [guard for guard in guards() if guard.name[:63] not in present]
