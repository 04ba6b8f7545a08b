"""Rows in every table of HR's privacy, for `complete.py`."""

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.looks.noting import keep_looks
from kantoor.kernel.parties.models import Party


def hr_privacy(anne: Actor) -> None:
    """Everything of HR's privacy that leaves rows."""
    party = Party.objects.filter(company_id=anne.company_id).earliest("pk").pk
    keep_looks(anne, kind="pay", query="hr.salaries", parties=[party, None])
