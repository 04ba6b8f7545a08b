"""Standing in: somebody does another's tasks for a while."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.colleagues import colleague, oneself
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.errors import Conflict, InvalidInput
from kantoor.kernel.queries import scoped
from kantoor.procedures.department import HELP, TAKE_PART
from kantoor.procedures.errors import NotYours, UnknownProcedure
from kantoor.procedures.models import StandIn

MOST_DAYS = 366


@action(permission=TAKE_PART, title=_("Let a colleague stand in"))
def let_stand_in(
    actor: Actor, /, *, deputy: str, first: date, last: date, instead_of: str = ""
) -> int:
    """Let a colleague do one's tasks from a day up to and with another; gives its number.

    Who helps procedures along may say it for another (`instead_of`). What duties keep from the
    one or the other stays kept from the deputy. Raises NotFound, InvalidInput, Conflict.
    """
    person = colleague(actor, instead_of) if instead_of else oneself(actor)
    if person.pk != actor.user_id and not actor.may(HELP):
        raise NotYours(_("You can say only who stands in for yourself."), field="instead_of")
    stand_in = colleague(actor, deputy)
    if stand_in.kind != "person" or not stand_in.active or stand_in.pk == person.pk:
        raise InvalidInput(_("Choose a colleague who can sign in."), field="deputy")
    today = today_of(actor)
    if last < first or last < today:
        raise InvalidInput(_("The last day lies before the first, or has passed."), field="last")
    if (last - first).days > MOST_DAYS:
        raise InvalidInput(_("At most a year at once."), field="last")
    made = StandIn.objects.create(
        company_id=actor.company_id, user=person, deputy=stand_in, first=first, last=last
    )
    concerns(f"procedures.stand_in/{made.pk}")
    return made.pk


@action(permission=TAKE_PART, title=_("End that a colleague stands in"))
def end_stand_in(actor: Actor, /, *, stand_in: int) -> None:
    """End it before its time. Raises UnknownProcedure, NotYours, Conflict."""
    found = scoped(actor, StandIn).filter(pk=stand_in).first()
    if found is None:
        raise UnknownProcedure(_("Nobody stands in under that number."), field="stand_in")
    if actor.user_id not in (found.user_id, found.deputy_id) and not actor.may(HELP):
        raise NotYours(_("Only the two of them end this."), field="stand_in")
    if found.ended_at is not None:
        raise Conflict(_("This has ended already."), field="stand_in")
    found.ended_at = timezone.now()
    found.save()
    concerns(f"procedures.stand_in/{found.pk}")
