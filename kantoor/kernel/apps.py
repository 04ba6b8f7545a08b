"""The kernel as a Django application; after each migration it puts its guards in place."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules

FOUND_BY_NAME = ("proofs", "links")
"""Modules that any application may have: provers of its derived tables (record/verify/provers.py)
and where its rows come from (record/links.py)."""


class KernelConfig(AppConfig):
    name = "kantoor.kernel"
    label = "kernel"

    def ready(self) -> None:
        import kantoor.kernel.record.after_erasing  # noqa: F401  (it subscribes)

        autodiscover_modules(*FOUND_BY_NAME)
        post_migrate.connect(_after_migrations, sender=self, dispatch_uid="kernel.guards")


def _after_migrations(*, plan: list[Any] | None = None, **_: Any) -> None:
    """Once after each `migrate`, when every application's tables are as they will be."""
    from kantoor.kernel.record.layouts import note_layouts
    from kantoor.kernel.record.relayout import note_rows_again
    from kantoor.kernel.store.guards import install_guards
    from kantoor.kernel.store.ids import restore_counters

    install_guards()
    restore_counters()
    note_layouts()
    if plan:
        note_rows_again()
