"""A new database: every table made from its model in one transaction.

Migrations lead to the same tables (`bin/check` holds them to the models, a test the database), but
step by step, and for each of some hundreds of steps Django builds its picture of all models anew:
most of a minute for tables that take half a second to make.
"""

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
)
from django.db.migrations.operations.base import Operation

SEEN_IN_MODELS: tuple[type[Operation], ...] = (
    CreateModel, AddField, AlterField, AddIndex, AddConstraint,
)  # fmt: skip
"""Steps that leave nothing behind but what the models say."""


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Whether there is no table yet."""
    return not connection.introspection.table_names()


def make_tables(connection: BaseDatabaseWrapper) -> None:
    """Make all tables of applications with migrations, and note those as applied; all or nothing.

    Does nothing where a migration does more than making tables: then its steps have to be taken.
    """
    executor = MigrationExecutor(connection)
    nodes = sorted(executor.loader.graph.nodes)
    steps = [step for node in nodes for step in executor.loader.get_migration(*node).operations]
    if not all(isinstance(step, SEEN_IN_MODELS) for step in steps):
        return
    labels = executor.loader.migrated_apps
    models = [
        model
        for model in apps.get_models()
        if model._meta.app_label in labels and model._meta.can_migrate(connection)
    ]
    recorder = executor.recorder
    with connection.schema_editor() as editor:
        editor.create_model(recorder.Migration)
        for model in models:
            editor.create_model(model)
        recorder.migration_qs.bulk_create(
            recorder.Migration(app=label, name=name) for label, name in nodes
        )
