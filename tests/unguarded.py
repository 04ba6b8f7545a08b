"""A database without the guards that refuse to change sealed rows, for who does so on purpose.

They go before a transaction begins: SQLite reads its whole schema again after each savepoint that
is rolled back (12 ms) within a transaction that changed it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from kantoor.kernel.store.guards import guards, install_guards


def take_guards_away() -> None:
    """Drop them; they come back with every migration, or by `install_guards`."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in guards():
            if guard.table in tables:
                on = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{on}")


@contextmanager
def unguarded() -> Iterator[None]:
    """No guards within; outside of any transaction."""
    assert not connection.in_atomic_block
    take_guards_away()
    try:
        yield
    finally:
        install_guards()
