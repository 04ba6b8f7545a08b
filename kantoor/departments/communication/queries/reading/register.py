"""Who was asked to read what and who did: the register, and what was done about each."""

from datetime import datetime
from typing import Literal

import msgspec
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import READ_ITEMS
from kantoor.departments.communication.models import ReadingAsked, ReadingRound, ReadingStep
from kantoor.departments.communication.models.reading.asked import (
    CONFIRMED,
    ESCALATED,
    OPEN,
)
from kantoor.departments.communication.queries.items.visible import visible_items
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.models import MailTo
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

LATE = "late"
State = Literal["", "open", "late", "escalated", "confirmed", "ended"]


class ReadingRow(msgspec.Struct, frozen=True, kw_only=True):
    """One person and one item: `state` is open, late, confirmed or ended.

    `mail` is how the last mail about it stands (a state of kernel/mail), empty where none was
    sent; `told` who was told that they did not read it; `again` that it was asked anew since.
    """

    id: int
    item: str
    title: str
    code: str
    person: str
    state: str
    stage: str
    asked_at: datetime
    due_at: datetime
    confirmed_at: datetime | None
    way: str
    told: str
    mail: str
    round: int


class StepRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was done about a reading; `mail` is what became of the letter."""

    at: datetime
    what: str
    way: str
    note: str
    mail: str
    text: int | None


def last_rounds(actor: Actor) -> "QuerySet[ReadingAsked]":
    """What is asked in the present round of each item that the actor may see."""
    later = ReadingRound.objects.filter(item=OuterRef("round__item")).order_by("-number")
    found = scoped(actor, ReadingAsked).filter(round__item__in=visible_items(actor).values("pk"))
    return found.annotate(last=Subquery(later.values("pk")[:1])).filter(round=F("last"))


def _in_state(found: "QuerySet[ReadingAsked]", state: str) -> "QuerySet[ReadingAsked]":
    now = timezone.now()
    if state == LATE:
        return found.filter(state=OPEN, due_at__lte=now)
    if state == ESCALATED:
        return found.filter(state=OPEN, stage=ESCALATED)
    return found.filter(state=state) if state else found


@query(permission=READ_ITEMS, title=_("Who read what"), exposed=True)
def readings(
    actor: Actor, /, *, item: str = "", state: State = "", search: str = "", sort: str = "due_at",
    cursor: str = "", limit: int = PAGE,
) -> Page[ReadingRow]:  # fmt: skip
    """Who is asked to read what, in the present round of each item; what is due first on top.

    `item` is the code of one; `search` a part of a person's name or their number.
    """
    found = _in_state(last_rounds(actor), state)
    if item:
        found = found.filter(round__item__code=item)
    if search:
        words = Q(party__name__icontains=search) | Q(party__code__iexact=search)
        found = found.filter(words)
    keys = {
        "due_at": ("due_at",), "asked_at": ("asked_at",), "person": ("party__name",),
        "confirmed_at": ("confirmed_at",), "title": ("round__item__title",),
    }  # fmt: skip
    page = page_by(
        found.select_related("round__item", "party", "told"),
        order=sorted_by(sort, keys), cursor=cursor, limit=limit, totals={},
    )  # fmt: skip
    return page.with_rows(rows_shown(page.rows))


def rows_shown(rows: "list[ReadingAsked]") -> list[ReadingRow]:
    """These as rows of a register; two statements."""
    keys, now = [row.pk for row in rows], timezone.now()
    ways = dict(
        ReadingStep.objects.filter(reading__in=keys, what=CONFIRMED).values_list("reading", "way")
    )
    last = (
        ReadingStep.objects.filter(reading__in=keys, mail__isnull=False)
        .values("reading").annotate(last=Max("mail")).values("last")
    )  # fmt: skip
    sent = ReadingStep.objects.filter(reading__in=keys, mail__in=last)
    mails = dict(sent.values_list("reading", "mail__to__state"))
    return [
        ReadingRow(
            id=row.pk,
            item=row.round.item.code,
            title=row.round.item.title,
            code=row.party.code,
            person=row.party.name,
            state=LATE if row.state == OPEN and row.due_at <= now else row.state,
            stage=row.stage,
            asked_at=row.asked_at,
            due_at=row.due_at,
            confirmed_at=row.confirmed_at,
            way=ways.get(row.pk, ""),
            told=row.told.name if row.told else "",
            mail=mails.get(row.pk) or "",
            round=row.round.number,
        )
        for row in rows
    ]


@query(permission=READ_ITEMS, title=_("What was done about a reading"), exposed=True)
def reading_steps(actor: Actor, /, *, reading: int) -> list[StepRow]:
    """All that was done until somebody read something, in order; nothing for what one may not see."""
    mine = scoped(actor, ReadingAsked).filter(
        pk=reading, round__item__in=visible_items(actor).values("pk")
    )
    rows = ReadingStep.objects.filter(reading__in=mine.values("pk")).order_by("pk")
    mails = dict(
        MailTo.objects.filter(mail__in=rows.exclude(mail=None).values("mail")).values_list(
            "mail_id", "state"
        )
    )
    return [
        StepRow(
            at=row.at, what=row.what, way=row.way, note=row.note,
            mail=mails.get(row.mail_id or 0, ""), text=row.text_id,
        )
        for row in rows
    ]  # fmt: skip
