"""Django's `migrate`, which makes the tables of an empty database all at once."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from kantoor.kernel.management.new_database import is_empty, make_tables


class Command(Migrate):
    """Bring the database up to date; what is said about a part of it is Django's own."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Make an empty database whole, and then do what Django does."""
        partly = options["app_label"] or options["plan"] or options["fake"] or options["prune"]
        connection = connections[options["database"]]
        if not (partly or options["check_unapplied"]) and is_empty(connection):
            make_tables(connection)
        super().handle(*args, **options)
