"""What came to rest: how many of one's own jobs ended, for whoever waits to be told."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import EVERYONE, Actor
from kantoor.kernel.jobs.models import DONE, FAILED, Job
from kantoor.kernel.queries import query


@query(permission=EVERYONE, title=_("How many jobs of one's own ended"))
def ended_since(actor: Actor, /, *, since: datetime) -> int:
    """How many of the actor's own jobs in this company ended after a moment."""
    mine = Job.objects.filter(company=actor.company_id, user=actor.user_id)
    return mine.filter(state__in=[DONE, FAILED], ended_at__gt=since).count()
