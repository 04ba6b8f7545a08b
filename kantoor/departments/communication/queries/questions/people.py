"""Who deals with questions: the users whose roles allow it."""

import msgspec
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import HANDLE_QUESTIONS, MANAGE_CHANNELS
from kantoor.kernel.actors.actor import Actor, covers
from kantoor.kernel.actors.models import Grant, User
from kantoor.kernel.queries import query


class Handler(msgspec.Struct, frozen=True):
    """A colleague who may deal with questions; `leads` when they also set the ways out."""

    id: int
    sign_in: str
    name: str
    leads: bool


@query(permission=HANDLE_QUESTIONS, title=_("Who deals with questions"))
def handlers(actor: Actor, /) -> list[Handler]:
    """The people who may deal with questions in this company, by name."""
    return handlers_of(actor.company_id)


def handlers_of(company_id: int) -> list[Handler]:
    """The same for the house itself. Two statements."""
    rows = Grant.objects.filter(company=company_id, ended_at=None, user__active=True)
    allowed: dict[int, set[str]] = {}
    for user, permission in rows.values_list("user_id", "role__permissions__permission"):
        if permission:
            allowed.setdefault(user, set()).add(permission)
    may = {
        user: covers(frozenset(given), MANAGE_CHANNELS)
        for user, given in allowed.items()
        if covers(frozenset(given), HANDLE_QUESTIONS)
    }
    everything = Q(administrator=True, active=True)
    users = User.objects.filter(Q(pk__in=may) | everything, kind="person").order_by("name", "pk")
    return [
        Handler(row.pk, row.sign_in, row.name, may.get(row.pk, False) or row.administrator)
        for row in users
    ]
