"""HR at the console: each module of this folder offers its own commands."""

import importlib
import pkgutil

from kantoor.kernel.console.command import Command

COMMANDS: tuple[Command, ...] = tuple(
    command
    for module in pkgutil.iter_modules(__path__)
    for command in importlib.import_module(f"{__name__}.{module.name}").COMMANDS
)
