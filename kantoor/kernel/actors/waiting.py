"""Requests for a second pair of eyes, as they stand in the inbox of who may decide on them."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.registry import action_named
from kantoor.kernel.actors.actor import EVERYONE, Actor
from kantoor.kernel.actors.models import Approval
from kantoor.kernel.inboxes import Ask, Item, count_of, inbox_source, once
from kantoor.kernel.queries import scoped


def _waiting(actor: Actor) -> "QuerySet[Approval]":
    return _undecided(actor).filter(action__in=once(_actions, actor))


def _undecided(actor: Actor) -> "QuerySet[Approval]":
    return scoped(actor, Approval).filter(state="waiting").exclude(requested_by=actor.user_id)


def _actions(actor: Actor) -> list[str]:
    """The actions of which something waits that the actor may decide on."""
    asked = _undecided(actor).order_by().values_list("action", flat=True).distinct()
    return [name for name in asked if (each := action_named(name)) and actor.may(each.permission)]


@inbox_source("kernel.approvals", title=_("Approvals"), permission=EVERYONE, count=count_of(_waiting), order=20)  # fmt: skip
def approvals_waiting(actor: Actor, ask: Ask) -> Sequence[Item]:
    """The requests that one may decide on; none has a time."""
    found = _waiting(actor).select_related("requested_by")
    return [
        Item(
            key=each.pk,
            title=_title(each.action),
            detail=f"{each.requested_by.name}: {each.why}",
            url=f"/today/approvals/{each.pk}",
            since=each.requested_at,
        )
        for each in ask.page(found)
    ]


def _title(name: str) -> str:
    declared = action_named(name)
    return force_str(declared.title) if declared else name
