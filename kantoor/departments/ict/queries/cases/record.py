"""One case: what was asked, what happened, and how its clocks stand."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.errors import UnknownCase
from kantoor.departments.ict.models import Case, CaseDevice, CaseEvent, CaseFile, CaseLink, Queue
from kantoor.departments.ict.queries.articles.articles import articles_of
from kantoor.departments.ict.queries.cases.numbers import read_number
from kantoor.departments.ict.queries.cases.register import READ, CaseRow, case_rows
from kantoor.departments.ict.queries.cases.work import WorkShown, work_of
from kantoor.departments.ict.queries.catalogue.requests import (
    RequestShown,
    TaskShown,
    request_of,
    tasks_of,
)
from kantoor.departments.ict.queries.clocks.shown import ClockShown, clocks_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.errors import NotFound
from kantoor.kernel.files.models import File
from kantoor.kernel.queries import query, scoped

LINKS = 200
NAMED = ("requester", "service", "queue", "assignee")


class FileShown(msgspec.Struct, frozen=True):
    """A file that came with an event; `size` in bytes."""

    id: int
    name: str
    size: int
    media_type: str


class EventShown(msgspec.Struct, frozen=True):
    """Something that happened; `was` and `now` are names where they stand for people or queues."""

    id: int
    at: datetime
    who: str
    by: str
    what: str
    was: str
    now: str
    public: bool
    text: str
    files: list[FileShown]


class LinkShown(msgspec.Struct, frozen=True):
    """Another case that this one hangs together with; `here` when that one goes into this one."""

    number: str
    title: str
    kind: str
    here: bool


class CaseShown(msgspec.Struct, frozen=True):
    """A case with its timeline, the oldest first, and its clocks."""

    case: CaseRow
    text: str
    contact: str
    impact: int
    urgency: int
    resolution: str
    resolution_code: str
    reopened: int
    reassigned: int
    resolved_at: datetime | None
    closed_at: datetime | None
    requester_phone: str
    requester_email: str
    devices: list[tuple[str, str]]
    linked: list[LinkShown]
    happened: list[EventShown]
    clocks: list[ClockShown]
    request: RequestShown | None
    tasks: list[TaskShown]
    articles: list[tuple[str, str]]
    work: list[WorkShown]


@query(permission=READ, title=_("A case"), exposed=True)
def case(actor: Actor, /, *, number: str) -> CaseShown:
    """One case by its number (`INC-000012`). Raises UnknownCase."""
    row = _one(scoped(actor, Case).select_related(*NAMED), number)
    return msgspec.structs.replace(_shown(row), work=work_of(row, actor))


@query(permission="ict.ask_help", title=_("A question of mine"), exposed=True)
def my_question(actor: Actor, /, *, number: str) -> CaseShown:
    """One of the cases that one asked oneself, with what one may see of it. Raises UnknownCase."""
    mine = scoped(actor, Case).filter(requester__signs_in__user_id=actor.user_id or 0)
    shown = _shown(_one(mine.select_related(*NAMED), number))
    seen = [each for each in shown.happened if each.public]
    return msgspec.structs.replace(
        shown, happened=seen, clocks=[], linked=[], tasks=[], articles=[]
    )


@query(permission=READ, title=_("A file of a case"))
def case_file(actor: Actor, /, *, number: str, file: int) -> File:
    """A file that came with an event of a case, to be opened. Raises UnknownCase, NotFound."""
    return _file(_one(scoped(actor, Case), number), file, public=False)


@query(permission="ict.ask_help", title=_("A file of a question of mine"))
def my_question_file(actor: Actor, /, *, number: str, file: int) -> File:
    """A file of one's own case, of an event that one may see. Raises UnknownCase, NotFound."""
    mine = scoped(actor, Case).filter(requester__signs_in__user_id=actor.user_id or 0)
    return _file(_one(mine, number), file, public=True)


def _file(row: Case, file: int, *, public: bool) -> File:
    # By its own key: that of a relation would not be held to what a database can hold.
    found = CaseFile.objects.filter(event__case=row, file__pk=file).select_related("file")
    if public:
        found = found.filter(event__public=True)
    one = found.first()
    if one is None:
        raise NotFound(_("There is no such file."), field="file")
    return one.file


def _one(found: QuerySet[Case], number: str) -> Case:
    row = found.filter(number=read_number(number) or 0).first()
    if row is None:
        message = _("There is no case “{number}”.").format(number=number[:40])
        raise UnknownCase(message, field="number")
    return row


def _shown(row: Case) -> CaseShown:
    party = row.requester
    return CaseShown(
        case=case_rows([row])[0],
        text=row.text,
        contact=row.contact,
        impact=row.impact,
        urgency=row.urgency,
        resolution=row.resolution,
        resolution_code=row.resolution_code,
        reopened=row.reopened,
        reassigned=row.reassigned,
        resolved_at=row.resolved_at,
        closed_at=row.closed_at,
        requester_phone=party.phone if party else "",
        requester_email=party.email if party else "",
        devices=devices_of(row),
        linked=links_of(row),
        happened=events_of(row),
        clocks=clocks_of(row.pk),
        request=request_of(row.pk),
        tasks=tasks_of(row.pk),
        articles=articles_of(row.pk),
        work=[],
    )


def devices_of(row: Case) -> list[tuple[str, str]]:
    """Number and name of the devices that a case is about."""
    links = CaseDevice.objects.filter(case=row).select_related("device").order_by("pk")
    return [(str(each.device), each.device.name) for each in links]


def links_of(row: Case) -> list[LinkShown]:
    """The cases that a case hangs together with now."""
    links = CaseLink.objects.filter(Q(case=row) | Q(target=row), ended_at=None).order_by("pk")
    found = []
    for link in links.select_related("case", "target")[:LINKS]:
        here = link.target_id == row.pk
        other = link.case if here else link.target
        found.append(LinkShown(str(other), other.title, link.kind, here))
    return found


def events_of(row: Case) -> list[EventShown]:
    """The timeline of a case, the oldest first."""
    files = Prefetch("files", CaseFile.objects.select_related("file"))
    found = list(
        CaseEvent.objects.filter(case=row)
        .select_related("note")
        .prefetch_related(files)
        .order_by("at", "id")
    )
    people = _people(found)
    queues = _queues(found)
    return [_event(each, people, queues) for each in found]


def _people(events: Sequence[CaseEvent]) -> dict[int, str]:
    keys = {each.user_id for each in events if each.user_id}
    for each in events:
        if each.what in ("assignee", "escalated"):
            keys |= {int(key) for key in (each.was, each.now) if key.isdigit()}
    return dict(User.objects.filter(pk__in=keys).values_list("pk", "name"))


def _queues(events: Sequence[CaseEvent]) -> dict[int, str]:
    named = [key for each in events if each.what == "queue" for key in (each.was, each.now)]
    keys = {int(key) for key in named if key.isdigit()}
    return dict(Queue.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}


def _event(each: CaseEvent, people: dict[int, str], queues: dict[int, str]) -> EventShown:
    names = {"assignee": people, "escalated": people, "queue": queues}.get(each.what)

    def said(value: str) -> str:
        return names.get(int(value), value) if names and value.isdigit() else value

    note = getattr(each, "note", None)
    return EventShown(
        id=each.pk,
        at=each.at,
        who=people.get(each.user_id or 0, ""),
        by=each.by,
        what=each.what,
        was=said(each.was),
        now=said(each.now),
        public=each.public,
        text=note.text if note else "",
        files=[
            FileShown(one.file.pk, one.file.name, one.file.size, one.file.media_type)
            for one in each.files.all()
        ],
    )
