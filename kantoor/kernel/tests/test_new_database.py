"""A new database has at once what its migrations would lead to."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from kantoor.kernel.management.new_database import is_empty, make_tables

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]

SETTINGS = {
    "ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:", "ATOMIC_REQUESTS": False,
    "AUTOCOMMIT": True, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False, "OPTIONS": {},
    "TIME_ZONE": None, "USER": "", "PASSWORD": "", "HOST": "", "PORT": "", "TEST": {},
}  # fmt: skip
Schema = dict[str, list[str]]
"""The words by which SQLite made each table, and each index and trigger."""


@contextmanager
def empty_database(alias: str) -> Iterator[DatabaseWrapper]:
    """A database of its own, in memory."""
    connection = DatabaseWrapper(SETTINGS, alias=alias)
    connections[alias] = connection
    try:
        yield connection
    finally:
        connection.close()
        del connections[alias]


def schema_of(connection: DatabaseWrapper) -> Schema:
    """All that was made, in the same words whatever the order of columns and constraints."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {name: sorted(re.findall(r"[^\s,()]+", sql)) for name, sql in cursor.fetchall()}


def test_it_has_the_tables_and_indexes_that_the_migrations_end_with() -> None:
    with empty_database("at_once") as at_once, empty_database("by_steps") as by_steps:
        assert is_empty(at_once)
        make_tables(at_once)

        executor = MigrationExecutor(by_steps)
        executor.recorder.ensure_schema()
        with by_steps.schema_editor() as editor:
            for model in executor.loader.project_state().apps.get_models():
                if model._meta.app_label in executor.loader.migrated_apps:
                    editor.create_model(model)

        made = schema_of(at_once)
        assert made == schema_of(by_steps)
        assert {"kernel_company", "finance_entry", "django_session"} <= made.keys()


def test_no_migration_is_left_to_apply() -> None:
    with empty_database("at_once") as connection:
        make_tables(connection)
        executor = MigrationExecutor(connection)
        assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
        assert not is_empty(connection)
