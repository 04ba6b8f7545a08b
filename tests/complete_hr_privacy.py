"""Rows in every table of HR's privacy, for `complete.py`."""

from kantoor.kernel.actors.actor import Actor


def hr_privacy(anne: Actor) -> None:
    """Everything of HR's privacy that leaves rows."""
