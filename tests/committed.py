"""For tests of several connections at once: what they write is committed, and thrown away after."""

from collections.abc import Iterator

import pytest
from django.db import connection

from kantoor.kernel.store.guards import guards


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """A database in which commits are real. The guards that refuse to empty a sealed table go
    before it is emptied, and come back with what follows every migration.
    """
    yield
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in guards():
            if guard.table in tables:
                on = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{on}")
