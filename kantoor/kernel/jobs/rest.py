"""What came to rest: how many of one's own jobs ended, for whoever waits to be told."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import EVERYONE, Actor
from kantoor.kernel.jobs.models import DONE, FAILED
from kantoor.kernel.queries import query
from kantoor.kernel.store.asking import Question, ask
from kantoor.kernel.store.instants import canonical
from kantoor.kernel.store.lookup import only_number

ENDED = (
    "SELECT count(*) FROM kernel_job"
    " WHERE company_id = %s AND user_id = %s AND state IN (%s, %s) AND ended_at > %s"
)
"""Around every page: in plain words, since making up a statement costs more than performing it."""


@query(permission=EVERYONE, title=_("How many jobs of one's own ended"))
def ended_since(actor: Actor, /, *, since: datetime) -> int:
    """How many of the actor's own jobs in this company ended after a moment."""
    mine = [actor.company_id, actor.user_id or 0, DONE, FAILED, canonical(since)]
    return ask(Question(ENDED, mine, only_number))
