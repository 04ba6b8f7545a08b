"""Documents of employees: those that expire, and those of one person."""

from datetime import date
from typing import Literal

import msgspec
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.models import PersonDocument
from kantoor.departments.hr.queries.people.own import find_own_party, people_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.files.models import File
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

MANAGE = "hr.manage_people"
SORTS = {"expires_on": ("expires_on", "pk"), "name": ("party__name", "pk")}


class DocumentRow(msgspec.Struct, frozen=True, kw_only=True):
    """A paper of an employee; `state` is good, expiring, expired or closed."""

    id: int
    code: str
    name: str
    kind: str
    title: str
    signed_on: date | None
    expires_on: date | None
    state: str
    shown_to: str
    has_copy: bool


@query(permission=MANAGE, title=_("Documents"), exposed=True)
def documents(
    actor: Actor, /, *, state: Literal["", "open", "expiring", "expired"] = "open",
    employee: str = "", sort: str = "expires_on", cursor: str = "", limit: int = PAGE,
) -> Page[DocumentRow]:  # fmt: skip
    """Papers of employees: `expiring` are those to warn of, the expired among them."""
    today = timezone.localdate()
    found = scoped(actor, PersonDocument).filter(party__erased_at=None)
    if state:
        found = found.filter(closed_at=None)
    if state == "expired":
        found = found.filter(expires_on__lt=today)
    if state == "expiring":
        found = found.filter(warn_on__lte=today)
    if employee:
        found = found.filter(party__code=employee)
    found = found.select_related("party")
    page = page_by(found, order=sorted_by(sort, SORTS), cursor=cursor, limit=limit, totals={})
    return page.map(lambda row: _row(row, today))


@query(permission="hr.use_own", title=_("The copy of a document"))
def document_copy(actor: Actor, /, *, document: int) -> File:
    """The copy of a paper that one may see: as HR, one's own, or of one's people.

    Raises NotFound.
    """
    rows = scoped(actor, PersonDocument).filter(pk=document, party__erased_at=None)
    if not actor.may(MANAGE):
        own = find_own_party(actor)
        mine = Q(party=own.pk if own else None) & ~Q(shown_to="hr")
        people = people_of(actor, timezone.localdate())
        rows = rows.filter(mine | Q(party__in=people, shown_to="manager"))
    row = rows.filter(file__erased_at=None).select_related("file").first()
    if row is None or row.file is None:
        raise NotFound(_("There is no such document, or it isn't yours to see."), field="document")
    return row.file


@query(permission="hr.use_own", title=_("Documents of my people"), exposed=True)
def documents_of_my_people(
    actor: Actor, /, *, sort: str = "expires_on", cursor: str = "", limit: int = PAGE
) -> Page[DocumentRow]:
    """The papers of the people one manages that their manager may see."""
    today = timezone.localdate()
    found = scoped(actor, PersonDocument).filter(
        party__in=people_of(actor, today), shown_to="manager", closed_at=None
    )
    found = found.filter(party__erased_at=None).select_related("party")
    page = page_by(found, order=sorted_by(sort, SORTS), cursor=cursor, limit=limit, totals={})
    return page.map(lambda row: _row(row, today))


def documents_of(party: int, *, by_hr: bool) -> list[DocumentRow]:
    """The papers of a person that matter, for their page; without HR's own for themselves."""
    rows = PersonDocument.objects.filter(party_id=party, closed_at=None).select_related("party")
    if not by_hr:
        rows = rows.exclude(shown_to="hr")
    today = timezone.localdate()
    return [_row(row, today) for row in rows.order_by("expires_on", "pk")]


def _row(row: PersonDocument, today: date) -> DocumentRow:
    return DocumentRow(
        id=row.pk,
        code=row.party.code,
        name=row.party.name,
        kind=row.kind,
        title=row.title,
        signed_on=row.signed_on,
        expires_on=row.expires_on,
        state=_state(row, today),
        shown_to=row.shown_to,
        has_copy=row.file_id is not None,
    )


def _state(row: PersonDocument, today: date) -> str:
    if row.closed_at is not None:
        return "closed"
    if row.expires_on is None:
        return "good"
    if row.expires_on < today:
        return "expired"
    return "expiring" if row.warn_on is not None and row.warn_on <= today else "good"
