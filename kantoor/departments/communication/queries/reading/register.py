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
from kantoor.kernel.errors import NotFound
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
    """Something that was done about a reading; `mail` is what became of the letter.

    `text` is the number of the text that was confirmed.
    """

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


class ReadingShown(msgspec.Struct, frozen=True, kw_only=True):
    """One reading, with all that was done about it in order."""

    row: ReadingRow
    steps: list[StepRow]


@query(permission=READ_ITEMS, title=_("A reading"), exposed=True)
def reading(actor: Actor, /, *, key: int) -> ReadingShown:
    """Who is asked to read what, also in an earlier round, and what was done. Raises NotFound."""
    found = scoped(actor, ReadingAsked).filter(
        pk=key, round__item__in=visible_items(actor).values("pk")
    )
    row = found.select_related("round__item", "party", "told").first()
    if row is None:
        raise NotFound(_("It does not exist, or not in this company."))
    return ReadingShown(row=rows_shown([row])[0], steps=_steps(row))


def _steps(row: ReadingAsked) -> list[StepRow]:
    rows = list(ReadingStep.objects.filter(reading=row).select_related("text").order_by("pk"))
    sent = MailTo.objects.filter(mail__in=[each.mail_id for each in rows if each.mail_id])
    mails = dict(sent.values_list("mail_id", "state"))
    return [
        StepRow(
            at=each.at,
            what=each.what,
            way=each.way,
            note=each.note,
            mail=mails.get(each.mail_id or 0, ""),
            text=each.text.number if each.text else None,
        )
        for each in rows
    ]
