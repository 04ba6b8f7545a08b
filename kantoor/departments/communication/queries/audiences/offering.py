"""Questions that are offered to somebody who makes up an audience, by the words they type."""

from collections.abc import Iterator

from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import READ_AUDIENCES
from kantoor.departments.communication.queries.audiences.words import written
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.audiences import AudienceKind, kinds_for
from kantoor.kernel.queries import query

FEW = 3
"""So many values of a kind are offered where its own name holds the words, or nothing was typed."""


@query(permission=READ_AUDIENCES, title=_("Questions for audiences"))
def questions_offered(actor: Actor, /, words: str = "", most: int = 20) -> dict[str, str]:
    """What is written for a question, and how it reads: kinds and values that hold the words.

    At most one statement for each kind. Whose kinds the actor may not use are not offered.
    """
    found: dict[str, str] = {}
    plain = words.strip().partition(":")[2].strip() or words.strip()
    for kind in kinds_for(actor):
        for value, name in _of(actor.company_id, kind, plain):
            title = force_str(kind.title)
            found[written(kind.name, value)] = f"{title}: {name}" if name else title
            if len(found) == most:
                return found
    return found


def _of(company_id: int, kind: AudienceKind, words: str) -> Iterator[tuple[str, str]]:
    named = words.casefold() in force_str(kind.title).casefold() or words == kind.name
    if kind.value is None:
        if named:
            yield "", ""
        return
    offers = kind.value.offers(company_id, "" if named else words)
    yield from (offers[:FEW] if named else offers)
