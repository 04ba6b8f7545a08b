"""Nobody and everybody are seldom meant: whoever reaches them is asked twice, with the number."""

from typing import Literal

import msgspec
from django.utils.translation import gettext as _

from kantoor.departments.communication.errors import Careless
from kantoor.departments.communication.models import Audience
from kantoor.departments.communication.queries.audiences.resolving import By, parties_of, size_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.parties.models import Party
from kantoor.kernel.parties.working import who_works_here

NOBODY, EVERYBODY = "nobody", "everybody"


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """How many an audience reaches, and whether that is nobody or everybody."""

    size: int
    extreme: Literal["", "nobody", "everybody"]


def reach_of(
    actor: Actor, audience: Audience | None, *, purpose: str = "", by: By = "mail",
    must: bool = False,
) -> Reach:  # fmt: skip
    """How far an audience reaches now.

    Everybody is all who work here, whoever else is in it, or all relations of the company.
    """
    size = size_of(actor, audience, purpose, by=by, must=must)
    if not size:
        return Reach(size=0, extreme="nobody")
    return Reach(size=size, extreme="everybody" if _holds_all(actor, audience) else "")


def refuse_careless(
    actor: Actor,
    audience: Audience | None,
    *,
    confirmed: int | None,
    purpose: str = "",
    by: By = "mail",
    must: bool = False,
) -> Reach:
    """How far an audience reaches, if that is meant: raises Careless where it has to be said.

    Who reaches nobody or everybody says the exact number that it is at this moment.
    """
    reach = reach_of(actor, audience, purpose=purpose, by=by, must=must)
    if reach.extreme and confirmed != reach.size:
        if reach.extreme == NOBODY:
            message = _("This reaches nobody. If that is meant, confirm it with the number 0.")
        else:
            message = _("This reaches everybody: {size}. If that is meant, confirm that number.")
        raise Careless(message.format(size=reach.size), field="confirmed")
    return reach


def _holds_all(actor: Actor, audience: Audience | None) -> bool:
    if audience is None:
        return True
    meant = parties_of(actor, audience).order_by().values("pk")
    here = who_works_here(actor.company_id)
    if here.exists() and not here.exclude(pk__in=meant).exists():
        return True
    known = Party.objects.filter(company_id=actor.company_id, erased_at=None).exclude(email="")
    return known.exists() and not known.exclude(pk__in=meant).exists()
