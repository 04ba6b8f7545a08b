"""Rows in every table of HR's leave, for `complete.py`."""

from kantoor.kernel.actors.actor import Actor


def hr_leave(anne: Actor) -> None:
    """Everything of HR's leave that leaves rows."""
