"""The kernel as a Django application; after each migration it puts its guards in place."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KernelConfig(AppConfig):
    name = "kantoor.kernel"
    label = "kernel"

    def ready(self) -> None:
        post_migrate.connect(_after_migrations, dispatch_uid="kernel.guards")


def _after_migrations(**_: Any) -> None:
    from kantoor.kernel.record.layouts import note_layouts
    from kantoor.kernel.store.guards import install_guards

    install_guards()
    note_layouts()
