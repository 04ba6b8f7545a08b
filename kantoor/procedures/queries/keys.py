"""What things of procedures are called, by the keys of their rows: for links that lead to them."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped
from kantoor.procedures.department import READ, TAKE_PART
from kantoor.procedures.models import HeardEvent, Mention, Procedure, StandIn, Task, Team, Version
from kantoor.procedures.queries.instances import visible_instances
from kantoor.procedures.queries.words import said


@query(permission=TAKE_PART, title=_("Procedures under way by their key"))
def instance_names(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Number and title of each of these instances that one may know of."""
    found = visible_instances(actor).filter(pk__in=keys)
    return {pk: (number, title) for pk, number, title in found.values_list("pk", "number", "title")}


@query(permission=TAKE_PART, title=_("Tasks by their key"))
def task_names(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, str]:
    """What each of these tasks is called, of instances that one may know of."""
    found = scoped(actor, Task).filter(
        pk__in=keys, instance__in=visible_instances(actor).values("pk")
    )
    rows = found.values_list("pk", "title", "title_nl")
    return {pk: said(actor, title, title_nl) for pk, title, title_nl in rows}


@query(permission=TAKE_PART, title=_("Events by their key"))
def heard_event_names(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, str]:
    """The names of these events (`hr.contract_signed`): what began an instance, or let it go on."""
    found = scoped(actor, HeardEvent).filter(pk__in=keys)
    return dict(found.values_list("pk", "name"))


@query(permission=READ, title=_("Procedures by their key"))
def procedure_names(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Key and name of each of these procedures."""
    rows = scoped(actor, Procedure).filter(pk__in=keys).values_list("pk", "key", "name", "name_nl")
    return {pk: (key, said(actor, name, name_nl)) for pk, key, name, name_nl in rows}


@query(permission=READ, title=_("Versions by their key"))
def version_names(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, tuple[str, str, int]]:
    """Key and name of the procedure, and number, of each of these versions."""
    found = Version.objects.filter(procedure__company=actor.company_id, pk__in=keys)
    rows = found.values_list(
        "pk", "procedure__key", "procedure__name", "procedure__name_nl", "number"
    )
    return {
        pk: (key, said(actor, name, name_nl), number) for pk, key, name, name_nl, number in rows
    }


@query(permission=READ, title=_("Teams by their key"))
def team_names(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, str]:
    """What each of these teams is called."""
    rows = scoped(actor, Team).filter(pk__in=keys).values_list("pk", "name", "name_nl")
    return {pk: said(actor, name, name_nl) for pk, name, name_nl in rows}


@query(permission=TAKE_PART, title=_("Who stands in by the key"))
def stand_in_names(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, str]:
    """The deputy of each of these, where it is about oneself or one sees all."""
    found = scoped(actor, StandIn).filter(pk__in=keys)
    if not actor.may(READ):
        found = found.filter(user=actor.user_id) | found.filter(deputy=actor.user_id)
    return dict(found.values_list("pk", "deputy__name"))


@query(permission=TAKE_PART, title=_("Mentions by their key"))
def mention_instances(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Number and title of the instance of each of these mentions of oneself."""
    found = Mention.objects.filter(
        pk__in=keys, user=actor.user_id, comment__company=actor.company_id
    )
    rows = found.values_list("pk", "comment__instance__number", "comment__instance__title")
    return {pk: (number, title) for pk, number, title in rows}
