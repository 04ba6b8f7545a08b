"""Rows in every table of the service desk, for `complete.py`."""

from kantoor.kernel.actors.actor import Actor


def cases(anne: Actor) -> None:
    """Everything of the service desk that leaves rows."""
