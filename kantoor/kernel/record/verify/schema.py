"""The database's own shape: its guards, its tables and their columns."""

from collections.abc import Callable, Iterator

from django.apps import apps
from django.db import connection

from kantoor.kernel.record.verify.provers import Fault
from kantoor.kernel.store.guards import Guard, guards, missing_guards
from kantoor.kernel.store.raw import run

Found = Callable[[Fault], None]
Columns = dict[str, frozenset[str]]
"""The columns of each table that the database has."""


_COLUMNS = {
    "sqlite": "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
    " WHERE m.type = 'table'",
    "postgresql": "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a"
    " ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
    " WHERE c.relkind IN ('r', 'p') AND c.relnamespace = ANY ("
    "SELECT n.oid FROM pg_namespace n WHERE n.nspname = ANY (current_schemas(false)))",
}


def columns_here() -> Columns:
    """Every table of the database with its columns."""
    found: dict[str, set[str]] = {}
    for table, column in run(_COLUMNS[connection.vendor]):
        found.setdefault(table, set()).add(column)
    # SQLite's statistics for its planner follow from the tables and come and go.
    return {t: frozenset(c) for t, c in found.items() if not t.startswith("sqlite_stat")}


def check_schema(here: Columns, found: Found) -> None:
    """Guards that are gone or were replaced; tables and columns that are missing or strange."""
    for guard in missing_guards():
        found(Fault("schema", f"{guard.table} guard {guard.name}", "was taken away"))
    for fault in _replaced_guards():
        found(fault)
    expected = _expected()
    for table, columns in expected.items():
        if table not in here:
            found(Fault("schema", table, "the table is missing"))
            continue
        for column in sorted(columns - here[table]):
            found(Fault("schema", f"{table} column {column}", "the column is missing"))
        for column in sorted(here[table] - columns):
            found(Fault("schema", f"{table} column {column}", "the column is unknown to Kantoor"))


def _expected() -> dict[str, frozenset[str]]:
    tables: dict[str, frozenset[str]] = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            columns = (str(field.column) for field in model._meta.concrete_fields)
            tables[model._meta.db_table] = frozenset(columns)
    return dict(sorted(tables.items()))


def _replaced_guards() -> Iterator[Fault]:
    """Triggers by the name of a guard that do something else, and triggers that are no guard."""
    known = {guard.name[:63]: guard for guard in guards()}
    for name, table, text in _triggers():
        guard = known.get(name)
        if guard is None:
            yield Fault("schema", f"{table} trigger {name}", "the trigger is unknown to Kantoor")
        elif not _same(guard, text):
            yield Fault("schema", f"{table} guard {name}", "was replaced by something else")


def _triggers() -> list[tuple[str, str, str]]:
    if connection.vendor == "sqlite":
        return run("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    return run(
        "SELECT t.tgname, c.relname, p.prosrc FROM pg_trigger t"
        " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
        " JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE NOT t.tgisinternal AND n.nspname = ANY (current_schemas(false))"
    )


def _same(guard: Guard, text: str) -> bool:
    if connection.vendor == "sqlite":
        return text.split() == guard.sqlite.split()
    from kantoor.kernel.store.guards import REFUSE_POSTGRES

    # What a trigger does on PostgreSQL is the body of its function, between the dollars.
    return text.strip() == (guard.function or REFUSE_POSTGRES).split("$$")[1].strip()
