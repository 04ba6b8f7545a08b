"""The tables that Django and SQLite keep for themselves."""

from collections import Counter
from collections.abc import Callable

from django.db import connection

from kantoor.kernel.record.verify.chain import Written
from kantoor.kernel.record.verify.passing import absent_departments
from kantoor.kernel.record.verify.provers import Fault
from kantoor.kernel.store.migration_names import migrations_of_the_code
from kantoor.kernel.store.raw import run

Found = Callable[[Fault], None]


def prove_migrations(found: Found) -> int:
    """Applied migrations against those that the code has; gives how many rows there are."""
    known = migrations_of_the_code()
    missing = set(known)
    rows = run("SELECT id, app, name FROM django_migrations ORDER BY id")
    times = Counter((app, name) for _, app, name in rows)
    for key, app, name in rows:
        where = f"django_migrations row {key}"
        if app in absent_departments():
            continue
        if (app, name) not in known:
            found(Fault("schema", where, f"names {app}.{name}, a migration there isn't"))
        elif times[app, name] > 1:
            found(Fault("schema", where, f"names {app}.{name} once too often"))
        missing.discard((app, name))
    for app, name in sorted(missing):
        found(Fault("schema", f"django_migrations row of {app}.{name}", "is missing"))
    return len(rows)


def prove_sequences(tables: dict[str, Written], found: Found) -> int:
    """SQLite's counters of identifiers: none that was given out may be given out again."""
    if connection.vendor != "sqlite":
        return 0
    rows = run("SELECT name, seq FROM sqlite_sequence ORDER BY name")
    times = Counter(name for name, _ in rows)
    counters = dict(rows)
    for name, _ in rows:
        if times[name] > 1:
            found(Fault("schema", f"sqlite_sequence row {name}", "is there twice"))
    for name in sorted({*counters, *tables}, key=str):
        highest = _highest(str(name), tables)
        where = f"sqlite_sequence row {name}"
        if highest is None:
            found(Fault("schema", where, "names a table there isn't"))
        elif name not in counters and highest:
            found(Fault("schema", where, "is missing"))
        elif name in counters and not _fits(counters[name], highest, name in tables):
            found(Fault("schema", f"{where} column seq", f"is {counters[name]}, not {highest}"))
    return len(rows)


def _fits(counter: object, highest: int, recorded: bool) -> bool:
    # Of recorded tables the record knows the last identifier ever given; of others the table does.
    return counter == highest if recorded else isinstance(counter, int) and counter >= highest


def _highest(table: str, tables: dict[str, Written]) -> int | None:
    if table in tables:
        return tables[table].last
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return None
        key = connection.introspection.get_primary_key_column(cursor, table)
    if key is None:
        return 0
    quote = connection.ops.quote_name
    return int(run(f"SELECT coalesce(max({quote(key)}), 0) FROM {quote(table)}")[0][0])  # noqa: S608
