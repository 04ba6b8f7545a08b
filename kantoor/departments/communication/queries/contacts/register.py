"""Contacts as listed, one with what was said, and the words they are grouped by."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

import msgspec
from django.db.models import Count, Max, Min, OuterRef, Prefetch, Q, Subquery
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import READ_CONTACTS
from kantoor.departments.communication.models import (
    Contact,
    ContactTag,
    Conversation,
    ConversationFile,
    Question,
)
from kantoor.departments.communication.models.questions.question import question_number
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.errors import NotFound
from kantoor.kernel.files.models import File
from kantoor.kernel.numbering.numbers import Used, counted
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

Kind = Literal["", "press", "affairs", "other"]
SORTS = {"name": ("party__name", "id"), "medium": ("medium", "id"), "added": ("id",)}
MOST = 200
"""Conversations and questions that a contact's page shows: the latest."""


class ContactRow(msgspec.Struct, frozen=True):
    """A contact as listed; `last_at` is when something was said last."""

    id: int
    code: str
    name: str
    email: str
    phone: str
    kind: str
    medium: str
    beat: str
    language: str
    tags: str
    active: bool
    last_at: datetime | None


class SaidFile(msgspec.Struct, frozen=True):
    """A file of a conversation; `size` in bytes."""

    id: int
    name: str
    size: int


class Said(msgspec.Struct, frozen=True):
    """What was said: how, when, by whom noted."""

    id: int
    way: str
    at: datetime
    text: str
    who: str
    files: list[SaidFile]


class AskedRow(msgspec.Struct, frozen=True):
    """A question or mention of a contact."""

    number: str
    title: str
    state: str
    came_at: datetime


class ContactShown(msgspec.Struct, frozen=True):
    """A contact with all that was said, the latest first, and what they asked."""

    row: ContactRow
    remarks: str
    said: list[Said]
    asked: list[AskedRow]


@query(permission=READ_CONTACTS, title=_("Contacts"), exposed=True)
def contacts(
    actor: Actor, /, *, kind: Kind = "", tag: str = "", active: str = "1", search: str = "",
    sort: str = "name", cursor: str = "", limit: int = PAGE,
) -> Page[ContactRow]:  # fmt: skip
    """The contacts; those who are one no longer where `active` is 0, all where it is empty."""
    found = scoped(actor, Contact)
    if active in ("0", "1"):
        found = found.filter(active=active == "1")
    if kind:
        found = found.filter(kind=kind)
    if tag:
        found = found.filter(tags__tag=tag.lower())
    if words := search.strip():
        named = Q(party__name__icontains=words) | Q(party__email__istartswith=words)
        found = found.filter(
            named | Q(medium__icontains=words) | Q(beat__icontains=words) | Q(party__code=words)
        )
    page = page_by(
        found.select_related("party").prefetch_related("tags"),
        order=sorted_by(sort, SORTS), cursor=cursor, limit=limit, totals={},
    )  # fmt: skip
    last = _last_said([row.pk for row in page.rows])
    return page.map(lambda row: _row(row, last.get(row.pk)))


@query(permission=READ_CONTACTS, title=_("A contact"), exposed=True)
def contact(actor: Actor, /, *, code: str) -> ContactShown:
    """One contact by the code of the relation. Raises NotFound."""
    rows = scoped(actor, Contact).select_related("party").prefetch_related("tags")
    row = rows.filter(party__code=code).first()
    if row is None:
        message = _("There is no contact “{code}”.").format(code=code[:40])
        raise NotFound(message, field="code")
    files = Prefetch("files", ConversationFile.objects.select_related("file").order_by("pk"))
    said = list(
        Conversation.objects.filter(contact=row)
        .prefetch_related(files)
        .order_by("-at", "-pk")[:MOST]
    )
    users = {each.user_id for each in said if each.user_id}
    names = dict(User.objects.filter(pk__in=users).values_list("pk", "name"))
    asked = scoped(actor, Question).filter(contact=row).order_by("-pk")[:MOST]
    return ContactShown(
        row=_row(row, said[0].at if said else None),
        remarks=row.remarks,
        said=[
            Said(
                each.pk, each.way, each.at, each.text, names.get(each.user_id or 0, ""),
                [SaidFile(f.file.pk, f.file.name, f.file.size) for f in each.files.all()],
            )
            for each in said
        ],
        asked=[
            AskedRow(question_number(each.number), each.title, each.state, each.came_at)
            for each in asked
        ],
    )  # fmt: skip


@query(permission=READ_CONTACTS, title=_("A file of what was said"))
def conversation_file(actor: Actor, /, *, code: str, file: int) -> File:
    """A file of what was said with a contact, to be opened. Raises NotFound."""
    rows = ConversationFile.objects.filter(
        conversation__contact__company=actor.company_id,
        conversation__contact__party__code=code,
        file__pk=file,
    )
    found = rows.select_related("file").first()
    if found is None:
        raise NotFound(_("There is no such file."), field="file")
    return found.file


@query(permission=READ_CONTACTS, title=_("Words of contacts"), exposed=True)
def contact_tags(actor: Actor, /) -> dict[str, int]:
    """The words that contacts in use are grouped by, with how many have each."""
    rows = scoped(actor, ContactTag).filter(contact__active=True)
    found = rows.values_list("tag").annotate(Count("pk")).order_by("tag")
    return dict(found[:500])


@query(permission=READ_CONTACTS, title=_("Codes of contacts"))
def contact_codes(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Code and name of these contacts, by the key of their row."""
    rows = scoped(actor, Contact).filter(pk__in=keys)
    named = rows.values_list("pk", "party__code", "party__name")
    return {key: (code, name) for key, code, name in named}


@counted("communication.contact/")
def contact_numbers() -> Iterable[Used]:
    """The series of each company as its contacts show it, for `verify`."""
    rows = Contact.objects.order_by("company_id").values_list("company_id")
    found = rows.annotate(Min("number"), Max("number"), Count("id"))
    return [(f"communication.contact/{key}", *rest) for key, *rest in found]


def _last_said(keys: Sequence[int]) -> dict[int, datetime]:
    """When something was said last with each of these, by an index."""
    last = Conversation.objects.filter(contact=OuterRef("pk")).order_by("-at", "-pk")
    rows = Contact.objects.filter(pk__in=keys).annotate(last=Subquery(last.values("at")[:1]))
    return {key: at for key, at in rows.values_list("pk", "last") if at is not None}


def _row(row: Contact, last: datetime | None) -> ContactRow:
    return ContactRow(
        row.pk, row.party.code, row.party.name, row.party.email, row.party.phone, row.kind,
        row.medium, row.beat, row.party.language,
        ", ".join(sorted(each.tag for each in row.tags.all())), row.active, last,
    )  # fmt: skip
