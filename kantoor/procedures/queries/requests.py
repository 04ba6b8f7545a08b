"""Requests between departments: those one asked, those one does, and one with all that was said."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped
from kantoor.kernel.store.asking import Question, ask
from kantoor.kernel.store.instants import canonical
from kantoor.kernel.store.lookup import only_number
from kantoor.procedures.department import HELP, READ, TAKE_PART
from kantoor.procedures.diagrams.elements import FormField
from kantoor.procedures.engine.keeping import read
from kantoor.procedures.errors import NotOpen, UnknownProcedure
from kantoor.procedures.models import AskedRequest, RequestRemark
from kantoor.procedures.models.requests import TO_APPROVE
from kantoor.procedures.queries.inboxes import Inboxes, inboxes_of
from kantoor.procedures.queries.request_kinds import fields_of
from kantoor.procedures.queries.tasks import YEAR_OF_NEVER, names_of_keys
from kantoor.procedures.queries.words import said

TOLD = 30
"""How many ended requests one is told of at most."""
ENDED = (
    "SELECT count(*) FROM procedures_request"
    " WHERE company_id = %s AND requester_id = %s AND ended_at > %s"
    " AND (ended_by_id IS NULL OR ended_by_id <> %s)"
)
"""One's own that others ended: in plain words, since every page asks it."""


class RequestRow(msgspec.Struct, frozen=True, kw_only=True):
    """A request as listed: `state` is to_approve, asked, taken, done, refused or withdrawn.

    `due_at` is the agreed moment, None where none is agreed or it does not count yet. `late` says
    that it passed, or that the end came after it. `answer` is what came of it, or why it was
    refused or taken back.
    """

    id: int
    number: int
    title: str
    kind: str
    state: str
    who: str
    requester: str
    asked_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    ended_by: str
    answer: str
    late: bool


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody said."""

    user: str
    made_at: datetime
    text: str


class RequestShown(msgspec.Struct, frozen=True, kw_only=True):
    """A request with what was filled in and said, and what the reader can do.

    `mine` says that the reader asked it, `for_me` that it stands in an inbox of theirs, `taken`
    that somebody has it.
    """

    row: RequestRow
    kind_code: str
    fields: list[FormField]
    values: dict[str, Any]
    approved_by: str
    approved_at: datetime | None
    remarks: list[Remark]
    mine: bool
    for_me: bool
    taken: bool
    open: bool


@query(permission=TAKE_PART, title=_("Requests"), exposed=True)
def requests(
    actor: Actor, /, *, state: str = "", whose: str = "", kind: str = "", late: bool = False,
    search: str = "", sort: str = "-asked_at", cursor: str = "", limit: int = PAGE,
) -> Page[RequestRow]:  # fmt: skip
    """The requests one asked, does or decides on; all for who may see all procedures.

    `whose` is `mine` (asked by oneself) or `for_me` (in one's inbox); `state` several with commas.
    """
    boxes = inboxes_of(actor)
    found = _visible(actor, boxes)
    if whose == "mine":
        found = found.filter(requester=actor.user_id)
    elif whose == "for_me":
        found = found.filter(whose__in=boxes.keys, is_open=True)
    elif whose:
        raise InvalidInput(_("Choose mine or for_me."), field="whose")
    if state:
        found = found.filter(state__in=state.split(","))
    if kind:
        found = found.filter(kind__code=kind)
    if late:
        found = found.filter(is_open=True, due_at__lt=timezone.now())
    if search:
        words = Q(title__icontains=search) | Q(requester__name__icontains=search)
        if search.isdecimal() and len(search) < 10:
            words |= Q(number=int(search))
        found = found.filter(words)
    order = sorted_by(
        sort, {"asked_at": ("asked_at",), "due_at": ("due_at",), "number": ("number",)}
    )
    found = found.select_related("kind", "requester", "ended_by")
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    return page.with_rows(_rows(actor, page.rows))


@query(permission=TAKE_PART, title=_("A request"), exposed=True)
def request(actor: Actor, /, *, number: int) -> RequestShown:
    """One request with what was said. Raises UnknownProcedure."""
    boxes = inboxes_of(actor)
    known = _visible(actor, boxes).select_related("kind", "requester", "ended_by", "approved_by")
    found = known.filter(number=number).first()
    if found is None:
        raise UnknownProcedure(_("There is no such request."), field="number")
    said_there = RequestRemark.objects.filter(request=found).select_related("user").order_by("pk")
    return RequestShown(
        row=_rows(actor, [found])[0],
        kind_code=found.kind.code,
        fields=fields_of(found.kind),
        values=read(found.known),
        approved_by=found.approved_by.name if found.approved_by else "",
        approved_at=found.approved_at,
        remarks=[
            Remark(user=each.user.name, made_at=each.made_at, text=each.text)
            for each in said_there[:500]
        ],
        mine=found.requester_id == actor.user_id,
        for_me=found.is_open and found.whose in boxes.keys,
        taken=found.is_open and found.state != TO_APPROVE and found.whose != found.pool,
        open=found.is_open,
    )


@query(permission=TAKE_PART, title=_("What became of one's requests"))
def requests_ended_since(
    actor: Actor, /, *, since: datetime, limit: int = TOLD
) -> list[RequestRow]:
    """One's own requests that others ended after a moment, the latest first."""
    found = (
        _ended(actor, since)
        .select_related("kind", "requester", "ended_by")
        .order_by("-ended_at", "-pk")
    )
    return _rows(actor, found[:limit])


@query(permission=TAKE_PART, title=_("How many of one's requests were ended"))
def requests_ended_count(actor: Actor, /, *, since: datetime) -> int:
    """How many of one's own requests others ended after a moment, as many as are told of."""
    me = actor.user_id or 0
    found = ask(Question(ENDED, [actor.company_id, me, canonical(since), me], only_number))
    return min(found, TOLD)


def title_of(actor: Actor, request: AskedRequest) -> str:
    """The kind in the reader's language, with the first words that were filled in."""
    kind = said(actor, request.kind.name, request.kind.name_nl)
    return f"{kind}: {request.title}" if request.title else kind


def _ended(actor: Actor, since: datetime) -> "QuerySet[AskedRequest]":
    mine = scoped(actor, AskedRequest).filter(requester=actor.user_id, ended_at__gt=since)
    return mine.exclude(ended_by=actor.user_id)


def open_request(actor: Actor, number: int) -> AskedRequest:
    """A request that is not ended, locked; raises UnknownProcedure, NotOpen."""
    return open_requests(actor, [number])[0]


def open_requests(actor: Actor, numbers: Sequence[int]) -> list[AskedRequest]:
    """Requests that are not ended and that one may see, locked, in the order of their numbers."""
    visible = _visible(actor, inboxes_of(actor)).filter(number__in=numbers).values("pk")
    locked = scoped(actor, AskedRequest).select_for_update(of=("self",)).filter(pk__in=visible)
    found = list(locked.select_related("kind").order_by("number"))
    if missing := sorted(set(numbers) - {each.number for each in found}):
        message = _("There is no request {number} here.").format(number=missing[0])
        raise UnknownProcedure(message, field="request")
    for each in found:
        if not each.is_open:
            ended = _("Request {number} has ended.").format(number=each.number)
            raise NotOpen(ended, field="request")
    return found


def request_seen(actor: Actor, number: int) -> AskedRequest:
    """A request that one may see; raises UnknownProcedure."""
    found = _visible(actor, inboxes_of(actor)).filter(number=number).first()
    if found is None:
        message = _("There is no request {number} here.").format(number=number)
        raise UnknownProcedure(message, field="request")
    return found


def _visible(actor: Actor, boxes: Inboxes) -> "QuerySet[AskedRequest]":
    found = scoped(actor, AskedRequest)
    if actor.may(READ) or actor.may(HELP):
        return found
    keys = boxes.keys
    return found.filter(
        Q(requester=actor.user_id) | Q(pool__in=keys) | Q(whose__in=keys)
        | Q(approved_by=actor.user_id) | Q(ended_by=actor.user_id)
    )  # fmt: skip


def _rows(actor: Actor, found: "Sequence[AskedRequest] | QuerySet[AskedRequest]") -> list[RequestRow]:  # fmt: skip
    listed, now = list(found), timezone.now()
    names = names_of_keys(actor, {each.whose for each in listed})
    return [
        RequestRow(
            id=each.pk,
            number=each.number,
            title=title_of(actor, each),
            kind=said(actor, each.kind.name, each.kind.name_nl),
            state=each.state,
            who=names.get(each.whose, ""),
            requester=each.requester.name,
            asked_at=each.asked_at,
            due_at=each.due_at if each.due_at.year < YEAR_OF_NEVER else None,
            ended_at=each.ended_at,
            ended_by=each.ended_by.name if each.ended_by else "",
            answer=each.answer,
            late=each.due_at < (each.ended_at or now),
        )
        for each in listed
    ]


@query(permission=TAKE_PART, title=_("Titles of requests"))
def request_titles(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Numbers and titles of those of these requests that one may see, by their keys."""
    found = _visible(actor, inboxes_of(actor)).filter(pk__in=keys).select_related("kind")
    return {each.pk: (each.number, title_of(actor, each)) for each in found}
