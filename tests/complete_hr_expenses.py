"""Rows in every table of HR's expenses, for `complete.py`."""

from kantoor.kernel.actors.actor import Actor


def hr_expenses(anne: Actor) -> None:
    """Everything of HR's expenses that leaves rows."""
