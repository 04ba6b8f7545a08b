"""Questions and mentions as listed, and one with what happened."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

import msgspec
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import HANDLE_QUESTIONS
from kantoor.departments.communication.models import Question, QuestionEvent, QuestionFile
from kantoor.departments.communication.queries.questions.numbers import read_number
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.errors import NotFound
from kantoor.kernel.files.models import File
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

State = Literal["", "open", "new", "active", "waiting", "answered", "closed"]
Kind = Literal["", "question", "mention"]
Whose = Literal["", "mine", "nobody"]
SORTS = {"number": ("id",), "due_at": ("due_at", "id"), "came_at": ("came_at", "id")}


class QuestionRow(msgspec.Struct, frozen=True):
    """A question or mention as listed; `late` when it is open past its time."""

    id: int
    number: str
    kind: str
    channel: str
    title: str
    asker: str
    medium: str
    tone: str
    contact: str
    state: str
    owner: str
    came_at: datetime
    due_at: datetime
    late: bool


class FileShown(msgspec.Struct, frozen=True):
    """A file that came along; `size` in bytes."""

    id: int
    name: str
    size: int


class Happened(msgspec.Struct, frozen=True):
    """Something that happened; `now` is a name where it stands for people."""

    id: int
    at: datetime
    who: str
    by: str
    what: str
    now: str
    text: str
    files: list[FileShown]


class QuestionShown(msgspec.Struct, frozen=True):
    """A question with all that happened, the oldest first."""

    row: QuestionRow
    text: str
    address: str
    phone: str
    link: str
    answered_at: datetime | None
    changed_at: datetime
    happened: list[Happened]


@query(permission=HANDLE_QUESTIONS, title=_("Questions and mentions"), exposed=True)
def questions(
    actor: Actor, /, *, state: State = "", kind: Kind = "", whose: Whose = "", late: str = "",
    search: str = "", sort: str = "-number", cursor: str = "", limit: int = PAGE,
) -> Page[QuestionRow]:  # fmt: skip
    """Questions and mentions; `open` are those to be dealt with, `late` (1) those past their time."""
    found = scoped(actor, Question)
    if state == "open":
        found = found.filter(is_open=True)
    elif state:
        found = found.filter(state=state)
    if kind:
        found = found.filter(kind=kind)
    if whose == "mine":
        found = found.filter(owner_id=actor.user_id)
    elif whose == "nobody":
        found = found.filter(owner_id=None)
    if late == "1":
        found = found.filter(is_open=True, due_at__lt=timezone.now())
    if words := search.strip():
        found = found.filter(_named(words))
    page = page_by(
        found.select_related("contact__party").defer("text"),
        order=sorted_by(sort, SORTS), cursor=cursor, limit=limit, totals={},
    )  # fmt: skip
    names = _names([row.owner_id for row in page.rows])
    return page.map(lambda row: _row(row, names))


@query(permission=HANDLE_QUESTIONS, title=_("A question or mention"), exposed=True)
def question(actor: Actor, /, *, number: str) -> QuestionShown:
    """One question by its number (`Q-000012`). Raises NotFound."""
    rows = scoped(actor, Question).select_related("contact__party")
    row = _one(rows, number)
    files = Prefetch("files", QuestionFile.objects.select_related("file").order_by("pk"))
    events = list(row.happened.prefetch_related(files).order_by("at", "pk"))
    keys = {each.user_id for each in events} | {row.owner_id}
    for each in events:
        if each.what in ("owner", "late"):
            keys |= {int(key) for key in each.now.split(",") if key.isdigit()}
    names = _names(list(keys))
    return QuestionShown(
        row=_row(row, names),
        text=row.text,
        address=row.address,
        phone=row.phone,
        link=row.link,
        answered_at=row.answered_at,
        changed_at=row.changed_at,
        happened=[_happened(each, names) for each in events],
    )


@query(permission=HANDLE_QUESTIONS, title=_("A file of a question"))
def question_file(actor: Actor, /, *, number: str, file: int) -> File:
    """A file that came with a question, to be opened. Raises NotFound."""
    row = _one(scoped(actor, Question), number)
    found = QuestionFile.objects.filter(event__question=row, file__pk=file).select_related("file")
    one = found.first()
    if one is None:
        raise NotFound(_("There is no such file."), field="file")
    return one.file


@query(permission=HANDLE_QUESTIONS, title=_("Numbers of questions"))
def question_numbers(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, str]:
    """The numbers of these questions, by the key of their row."""
    return {row.pk: str(row) for row in scoped(actor, Question).filter(pk__in=keys).only("number")}


def _one(rows: QuerySet[Question], number: str) -> Question:
    row = rows.filter(number=read_number(number) or 0).first()
    if row is None:
        message = _("There is no question “{number}”.").format(number=number[:40])
        raise NotFound(message, field="number")
    return row


def _named(words: str) -> Q:
    number = read_number(words)
    if number is not None:
        return Q(number=number)
    named = Q(title__icontains=words) | Q(asker__icontains=words) | Q(medium__icontains=words)
    return named | Q(address=words.lower())


def _names(keys: Sequence[int | None]) -> dict[int, str]:
    wanted = {key for key in keys if key}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def _row(row: Question, names: Mapping[int, str]) -> QuestionRow:
    return QuestionRow(
        row.pk, str(row), row.kind, row.channel, row.title, row.asker, row.medium, row.tone,
        row.contact.party.code if row.contact else "", row.state,
        names.get(row.owner_id or 0, ""), row.came_at, row.due_at,
        row.is_open and row.due_at < timezone.now(),
    )  # fmt: skip


def _happened(each: QuestionEvent, names: Mapping[int, str]) -> Happened:
    now = each.now
    if each.what in ("owner", "late"):
        now = ", ".join(names.get(int(key), "") for key in now.split(",") if key.isdigit())
    return Happened(
        each.pk, each.at, names.get(each.user_id or 0, ""), each.by, each.what, now, each.text,
        [FileShown(one.file.pk, one.file.name, one.file.size) for one in each.files.all()],
    )  # fmt: skip
