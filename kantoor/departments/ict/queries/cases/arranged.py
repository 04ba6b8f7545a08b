"""How the desk is arranged: queues, services and people, for choices and pages that link."""

from collections.abc import Sequence

import msgspec
from django.db.models import Count, Q
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


class QueueRow(msgspec.Struct, frozen=True):
    """A queue with who works in it and how many cases are not solved yet."""

    id: int
    code: str
    name: str
    members: str
    open: int
    lead: str
    lead_name: str
    by_load: bool


class ServiceRow(msgspec.Struct, frozen=True):
    """A service as listed; `level` is empty where the standard one goes."""

    id: int
    code: str
    name: str
    owner: str
    department: str
    criticality: int
    level: str


@query(permission=READ, title=_("Queues"), exposed=True)
def queues(actor: Actor, /) -> list[QueueRow]:
    """The queues in use, with their people and their open cases."""
    found = scoped(actor, Queue).filter(active=True).order_by("name")
    rows = list(found.select_related("lead").prefetch_related("members__user")[:MOST])
    waiting = scoped(actor, Case).filter(is_open=True, queue__isnull=False)
    counts = dict(waiting.values_list("queue_id").annotate(Count("pk")))
    return [
        QueueRow(
            each.pk,
            each.code,
            each.name,
            ", ".join(sorted(one.user.name for one in each.members.all() if one.active)),
            counts.get(each.pk, 0),
            each.lead.sign_in if each.lead else "",
            each.lead.name if each.lead else "",
            each.by_load,
        )
        for each in rows
    ]


@query(permission=READ, title=_("Services"), exposed=True)
def services(actor: Actor, /) -> list[ServiceRow]:
    """The services in use."""
    found = scoped(actor, Service).filter(active=True).select_related("owner", "level")
    return [
        ServiceRow(
            each.pk,
            each.code,
            each.name,
            each.owner.name if each.owner else "",
            each.department,
            each.criticality,
            each.level.name if each.level else "",
        )
        for each in found.order_by("criticality", "name")[:MOST]
    ]
