"""Rows in every table of devices, for `complete.py`."""

from kantoor.kernel.actors.actor import Actor


def devices(anne: Actor) -> None:
    """Everything of devices that leaves rows."""
