"""The console script `kantoor`: finds the command, sets up what it needs, answers and exits."""

from kantoor.shell.cli.script import main

__all__ = ["main"]
