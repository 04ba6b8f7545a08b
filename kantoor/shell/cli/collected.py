"""Every command: the shell's own, and those of the departments that are installed."""

import importlib
import os
from collections.abc import Iterator
from pathlib import Path

from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import PACKAGE, _

OWN = (
    "init", "run", "demo", "intake", "verify", "heads", "backup", "restore", "actions", "do",
    "openapi", "migrate",
)  # fmt: skip
"""Modules of this folder with a command each, in the order of `--help`."""

GROUPS = {
    "report": _("Show a report: trial balance, balance sheet and others"),
    "export": _("Export the books for another program"),
    "import": _("Import documents of others: invoices, bank statements and more"),
    "validate": _("Check documents without changing anything"),
    "payroll": _("Compute wages and wage tax"),
}
"""Commands of two words, by their first."""

ABOVE = ("procedures", "management")
"""Rooms beside the departments that may have commands."""


def commands() -> tuple[Command, ...]:
    """The commands in the order that `--help` shows them."""
    own = [command for name in OWN for command in _of(f"kantoor.shell.cli.{name}")]
    return (*own, *(each for module in _departments() for each in _of(module)))


def _of(module: str) -> tuple[Command, ...]:
    found: tuple[Command, ...] = importlib.import_module(module).COMMANDS
    return found


def _departments() -> Iterator[str]:
    without = os.environ.get("KANTOOR_WITHOUT", "").split(",")
    folders = [*sorted((PACKAGE / "departments").iterdir()), *(PACKAGE / each for each in ABOVE)]
    for folder in folders:
        if folder.name not in without and _has_commands(folder):
            inside = ".".join(folder.relative_to(PACKAGE).parts)
            yield f"kantoor.{inside}.cli"


def _has_commands(folder: Path) -> bool:
    return (folder / "cli.py").exists() or (folder / "cli" / "__init__.py").exists()
