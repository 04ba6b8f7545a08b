"""How the desk is arranged: queues, services and people, for choices and pages that link."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import Case, Queue, Service
from kantoor.departments.ict.models.cases.case import case_number
from kantoor.departments.ict.queries.cases.register import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.queries import query, scoped

MOST = 1000


@query(permission=READ, title=_("Names of queues"))
def queue_names(actor: Actor, /) -> dict[str, str]:
    """The queues in use, by code."""
    rows = scoped(actor, Queue).filter(active=True).order_by("name")
    return dict(rows.values_list("code", "name")[:MOST])


@query(permission=READ, title=_("Names of services"))
def service_names(actor: Actor, /) -> dict[str, str]:
    """The services in use, by code."""
    rows = scoped(actor, Service).filter(active=True).order_by("name")
    return dict(rows.values_list("code", "name")[:MOST])


@query(permission=READ, title=_("Who works at the desk"))
def desk_people(actor: Actor, /) -> dict[str, str]:
    """Who works in a queue of the company, by the name they sign in under."""
    mine = Q(pk__in=_members(actor)) | Q(pk=actor.user_id)
    rows = User.objects.filter(mine, active=True).order_by("name")
    return dict(rows.values_list("sign_in", "name")[:MOST])


@query(permission=READ, title=_("Numbers of cases"))
def case_numbers(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, str]:
    """Those of the actor's company among these cases."""
    found = scoped(actor, Case).filter(pk__in=list(keys)[:MOST])
    rows = found.values_list("pk", "kind", "number")
    return {key: case_number(kind, number) for key, kind, number in rows}


def _members(actor: Actor) -> Sequence[int]:
    rows = scoped(actor, Queue).filter(members__active=True)
    return list(rows.values_list("members__user_id", flat=True))
