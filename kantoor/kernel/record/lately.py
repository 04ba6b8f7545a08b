"""What happened lately, for the home of everybody: done acts of what one may do oneself."""

from datetime import UTC, datetime

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.registry import action_named
from kantoor.kernel.actors.actor import EVERYONE, Actor
from kantoor.kernel.queries import query
from kantoor.kernel.record.acts import names_of, title_of
from kantoor.kernel.record.models import Record

LOOKED_AT = 400
"""How many acts back one looks; what lies further is not lately."""


class Lately(msgspec.Struct, frozen=True, kw_only=True):
    """Acts of one kind by one person that followed each other; `about` is the last one's."""

    action: str
    title: str
    who: str
    at: datetime
    times: int
    about: str
    seq: int


@query(permission=EVERYONE, title=_("What happened lately"))
def lately(actor: Actor, /, *, limit: int = 8, department: str = "") -> list[Lately]:
    """What was done lately in the actor's company, as far as the actor may do it too.

    Acts within another act are left to that one; the same done again and again is said once.
    """
    rows = Record.objects.filter(company_id=actor.company_id)
    if department:
        rows = rows.filter(action__startswith=f"{department}.")
    asked = rows.order_by("-seq").values_list("seq", "at", "actor_id", "action", "outcome", "about", "cause")  # fmt: skip
    found: list[list[tuple[int, int, int | None, str, str]]] = []
    parents: set[str] = set()
    for seq, at, who, action, outcome, about, cause in asked[:LOOKED_AT]:
        if cause.startswith("record:"):
            parents.add(cause)
            continue
        # What has no form of its own is told when it did something: then acts name it as cause.
        if outcome != "done" or not _shown(actor, action, with_hidden=f"record:{seq}" in parents):
            continue
        if found and found[-1][0][2:4] == (who, action):
            found[-1].append((seq, at, who, action, about))
        elif len(found) == limit:
            break
        else:
            found.append([(seq, at, who, action, about)])
    names = names_of(same[0][2] for same in found)
    return [_lately(same, names) for same in found]


def _shown(actor: Actor, action: str, *, with_hidden: bool) -> bool:
    declared = action_named(action)
    if declared is None or (declared.hidden and not with_hidden):
        return False
    return declared.permission != EVERYONE and actor.may(declared.permission)


def _lately(
    same: list[tuple[int, int, int | None, str, str]], names: dict[int | None, str]
) -> Lately:
    seq, at, who, action, about = same[0]
    return Lately(
        action=action,
        title=title_of(action),
        who=names.get(who, "Kantoor"),
        at=datetime.fromtimestamp(at / 1_000_000, UTC),
        times=len(same),
        about=about,
        seq=seq,
    )
