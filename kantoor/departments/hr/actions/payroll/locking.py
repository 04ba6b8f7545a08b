"""Let who books or pays wages come after each other."""

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company


def one_at_a_time(actor: Actor) -> None:
    """Wait for another of the company who books or pays, so that nothing is taken up twice."""
    Company.objects.select_for_update(no_key=True).get(pk=actor.company_id)
