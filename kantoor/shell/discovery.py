"""Load every module that declares something: actions, queries, provers, subscribers, jobs."""

import importlib
import pkgutil
from types import ModuleType

from django.apps import apps

SKIPPED = {
    "tests", "migrations", "web", "api", "cli", "ui", "reference", "locale", "management", "backup",
    "formats", "print", "rendering",
}  # fmt: skip
"""Folders where nothing is declared: what is in them is loaded by who uses it, or by nobody yet."""


def discover() -> None:
    """Import the kernel's and each installed department's modules, faces left out.

    The registries fill as the decorators run, so that every process knows every action.
    """
    for config in apps.get_app_configs():
        module = config.module
        if module is None or not config.name.startswith("kantoor."):
            continue
        if config.name in ("kantoor.shell", "kantoor.kernel.ui"):
            continue
        _load(module)


def _load(package: ModuleType) -> None:
    for found in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        if found.name.rpartition(".")[2] in SKIPPED:
            continue
        module = importlib.import_module(found.name)
        if found.ispkg:
            _load(module)
