"""What rows of leave and sickness are called, by their keys, for references to them."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.models import LeaveRequest, SickSpell
from kantoor.departments.hr.models.leave.requests import request_number
from kantoor.departments.hr.queries.leave.sickness import SEE
from kantoor.departments.hr.queries.leave.whose import OWN, seen_by
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped


@query(permission=OWN, title=_("Numbers of leave"))
def request_numbers(actor: Actor, /, *, keys: Collection[int]) -> dict[int, str]:
    """The numbers of requests that the actor may see, by key."""
    rows, seen = scoped(actor, LeaveRequest).filter(pk__in=keys), seen_by(actor)
    if seen is not None:
        rows = rows.filter(party_id__in=seen)
    return {pk: request_number(number) for pk, number in rows.values_list("pk", "number")}


@query(permission=SEE, title=_("Names of sickness"))
def spell_names(actor: Actor, /, *, keys: Collection[int]) -> dict[int, str]:
    """Whose spells these are, by key."""
    rows = scoped(actor, SickSpell).filter(pk__in=keys).exclude(party=None)
    return dict(rows.values_list("pk", "party__name"))
