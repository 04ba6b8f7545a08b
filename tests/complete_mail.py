"""Rows in every table of the mail of ICT, for `complete.py`."""

from kantoor.kernel.actors.actor import Actor


def mail(anne: Actor) -> None:
    """Everything of the mail of ICT that leaves rows."""
