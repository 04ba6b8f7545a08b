"""Rows in every table of HR's payroll, for `complete.py`."""

from kantoor.kernel.actors.actor import Actor


def hr_payroll(anne: Actor) -> None:
    """Everything of HR's payroll that leaves rows."""
