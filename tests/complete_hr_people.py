"""Rows in every table of HR's people, for `complete.py`."""

from kantoor.kernel.actors.actor import Actor


def hr_people(anne: Actor) -> None:
    """Everything of HR's people that leaves rows."""
