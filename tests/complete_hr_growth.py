"""Rows in every table of HR's growth, for `complete.py`."""

from kantoor.kernel.actors.actor import Actor


def hr_growth(anne: Actor) -> None:
    """Everything of HR's growth that leaves rows."""
