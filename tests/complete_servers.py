"""Rows in every table of servers, for `complete.py`."""

from kantoor.kernel.actors.actor import Actor


def servers(anne: Actor) -> None:
    """Everything of servers that leaves rows."""
