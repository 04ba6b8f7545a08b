"""Rows in every table of backups, for `complete.py`."""

from kantoor.kernel.actors.actor import Actor


def backups(anne: Actor) -> None:
    """Everything of backups that leaves rows."""
