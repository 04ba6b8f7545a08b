"""Who would be told that something fails: how many, and who they are."""

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import WRITE_ITEMS
from kantoor.departments.communication.errors import UnknownAudience
from kantoor.departments.communication.queries.audiences.questions import Question, parties_meant
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.affected import Affected, affected
from kantoor.kernel.audiences import kind_named
from kantoor.kernel.errors import NotAllowed
from kantoor.kernel.queries import query

NAMED = 50


class WhoIsAffected(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a failure concerns: `name` is the thing, `what` is wrong with it, `names` the first 50."""

    name: str
    what: str
    people: int
    names: list[str]


def whom(actor: Actor, about: str) -> Affected:
    """Whom a thing concerns; raises UnknownAudience where nobody can tell, NotAllowed."""
    found = affected(actor, about)
    if found is None or not found.parts:
        message = _("It is not known whom “{about}” concerns.").format(about=about[:60])
        raise UnknownAudience(message, field="about")
    for kind, _value in found.parts:
        needed = kind_named(kind).permission
        if not actor.may(needed):
            refused = _("You may not ask who that is: it needs the permission {permission}.")
            raise NotAllowed(refused.format(permission=needed), field="about")
    return found


@query(permission=WRITE_ITEMS, title=_("Who is affected by it"), exposed=True)
def who_is_affected(actor: Actor, /, *, about: str) -> WhoIsAffected:
    """Whom the failure of a thing concerns at this moment (`ict.server/12`).

    Raises UnknownAudience, NotAllowed.
    """
    found = whom(actor, about)
    included: dict[str, list[str]] = {}
    for kind, value in found.parts:
        included.setdefault(kind, []).append(value)
    people = parties_meant(Question(actor.company_id, included))
    names = people.order_by("name", "pk").values_list("name", flat=True)
    return WhoIsAffected(
        name=found.name, what=found.what, people=people.count(), names=list(names[:NAMED])
    )
