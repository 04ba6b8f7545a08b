"""What should have begun by an event and could not."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.inboxes import Ask, Item, count_of, inbox_source
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped
from kantoor.procedures.department import HELP
from kantoor.procedures.models import NotBegun


class UnbegunRow(msgspec.Struct, frozen=True, kw_only=True):
    """A procedure that could not begin; `settled` says that it was dealt with."""

    id: int
    procedure: str
    event: str
    why: str
    at: datetime
    settled: bool


@query(permission=HELP, title=_("What could not begin"), exposed=True)
def unbegun(
    actor: Actor, /, *, settled: bool = False, cursor: str = "", limit: int = PAGE
) -> Page[UnbegunRow]:
    """The procedures that an event could not begin and nobody dealt with, or (`settled`) all."""
    found = scoped(actor, NotBegun)
    if not settled:
        found = found.filter(settled_at=None)
    page = page_by(
        found.select_related("procedure", "event"),
        order=sorted_by("-at", {"at": ()}), cursor=cursor, limit=limit, totals={},
    )  # fmt: skip
    return page.map(_row)


def _row(each: NotBegun) -> UnbegunRow:
    return UnbegunRow(
        id=each.pk, procedure=each.procedure.name, event=each.event.name, why=each.why,
        at=each.at, settled=each.settled_at is not None,
    )  # fmt: skip


def _waiting(actor: Actor) -> "QuerySet[NotBegun]":
    return scoped(actor, NotBegun).filter(settled_at=None)


@inbox_source("procedures.unbegun", title=_("Could not begin"), permission=HELP, count=count_of(_waiting), order=12)  # fmt: skip
def unbegun_waiting(actor: Actor, ask: Ask) -> Sequence[Item]:
    """What could not begin, for whoever helps procedures along."""
    found = _waiting(actor).select_related("procedure")
    return [
        Item(
            key=each.pk, title=each.procedure.name, detail=each.why[:160],
            url="/procedures/could-not-begin", since=each.at,
        )
        for each in ask.page(found)
    ]  # fmt: skip
