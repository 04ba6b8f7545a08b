"""The database of the installation: whether it is there, and brought up to date."""

from pathlib import Path

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.migrations.executor import MigrationExecutor

from kantoor.kernel.store.guards import missing_guards


def database_exists() -> bool:
    """Whether anything was ever set up here, whatever became of it since."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return False
    return bool(connection.introspection.table_names())


def is_up_to_date() -> bool:
    """Whether every migration was applied and every guard is in place."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    return not missing_guards()


def migrate_if_needed() -> bool:
    """Apply what is missing; gives whether anything was."""
    if is_up_to_date():
        return False
    migrate()
    return True


def migrate() -> None:
    """Apply every migration, and put the guards in place. Broken off, it is done by the next."""
    call_command("migrate", verbosity=0, interactive=False)
