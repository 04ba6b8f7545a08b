"""Reading in one's inbox: what one is asked to read, and who of one's people did not."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import SEE_NEWS
from kantoor.departments.communication.models import ReadingAsked
from kantoor.departments.communication.models.reading.asked import OPEN
from kantoor.departments.communication.queries.reading.addresses import item_path, people_path
from kantoor.departments.communication.queries.reading.own import asked_of, titles_of, told_to
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.inboxes import Ask, Item, count_of, inbox_source


def _open(actor: Actor) -> "QuerySet[ReadingAsked]":
    return asked_of(actor).filter(state=OPEN)


@inbox_source("communication.to_read", title=_("To read"), permission=SEE_NEWS, count=count_of(_open), order=15)  # fmt: skip
def to_read(actor: Actor, ask: Ask) -> Sequence[Item]:
    """What one is asked to read and did not yet, by when it is due."""
    rows = ask.page(_open(actor).select_related("round__item"), due="due_at")
    titles = titles_of([row.round.item for row in rows], actor.language)
    return [
        Item(
            key=row.pk,
            title=titles.get(row.round.item_id, row.round.item.title),
            detail=row.round.why or gettext("Read it, and say that you did"),
            url=item_path(row.round.item),
            since=row.asked_at,
            due=row.due_at,
        )
        for row in rows
    ]


@inbox_source(
    "communication.people_to_read", title=_("People who did not read something"),
    permission=SEE_NEWS, count=count_of(told_to), order=16,
)  # fmt: skip
def people_waiting(actor: Actor, ask: Ask) -> Sequence[Item]:
    """Who of one's people did not read something in time."""
    rows = ask.page(told_to(actor).select_related("round__item", "party"), due="due_at")
    titles = titles_of([row.round.item for row in rows], actor.language)
    return [
        Item(
            key=row.pk,
            title=gettext("{person} did not read “{title}”").format(
                person=row.party.name, title=titles.get(row.round.item_id, row.round.item.title)
            ),
            detail=gettext("See that they do, or say why they can't"),
            url=people_path(),
            since=row.due_at,
            due=row.due_at,
        )
        for row in rows
    ]
