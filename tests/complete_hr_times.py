"""Rows in every table of HR's times, for `complete.py`."""

from kantoor.kernel.actors.actor import Actor


def hr_times(anne: Actor) -> None:
    """Everything of HR's times that leaves rows."""
