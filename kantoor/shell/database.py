"""The database of the installation: whether it is there, and brought up to date."""

from pathlib import Path

from django.core.management import call_command
from django.db import connection

from kantoor.kernel.store.guards import missing_guards
from kantoor.kernel.store.migration_names import migrations_of_the_code
from kantoor.kernel.store.raw import run


def database_exists() -> bool:
    """Whether anything was ever set up here, whatever became of it since."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return False
    return bool(connection.introspection.table_names())


def is_up_to_date() -> bool:
    """Whether every migration was applied and every guard is in place."""
    return not migrations_missing() and not missing_guards()


def migrations_missing() -> set[tuple[str, str]]:
    """The migrations that were not applied yet, by app and name."""
    wanted = migrations_of_the_code()
    if "django_migrations" in connection.introspection.table_names():
        wanted.difference_update(run("SELECT app, name FROM django_migrations"))
    return wanted


def migrate_if_needed() -> bool:
    """Apply what is missing; gives whether anything was."""
    if is_up_to_date():
        return False
    migrate()
    return True


def migrate() -> None:
    """Apply every migration, and put the guards in place. Broken off, it is done by the next."""
    call_command("migrate", verbosity=0, interactive=False)
