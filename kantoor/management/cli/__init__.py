"""The commands of management."""

from kantoor.management.cli.report import COMMANDS

__all__ = ["COMMANDS"]
