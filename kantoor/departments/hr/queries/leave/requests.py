"""Requests for leave: one's own, those one decides on, and the register of all."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Literal

import msgspec
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.errors_leave import UnknownLeave
from kantoor.departments.hr.models import LeaveDay, LeaveRequest
from kantoor.departments.hr.models.leave.requests import ASKED, request_number
from kantoor.departments.hr.queries.leave.numbers import read_number
from kantoor.departments.hr.queries.leave.whose import OWN, READ, decided_by, seen_by
from kantoor.departments.hr.queries.people.own import find_own_party
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by
from kantoor.kernel.queries import query, scoped

State = Literal["", "asked", "approved", "refused", "withdrawn", "cancelled"]


class RequestRow(msgspec.Struct, frozen=True):
    """A request as listed; `minutes` is what it takes, nothing once it does not stand any more."""

    id: int
    number: str
    employee: str
    name: str
    kind: str
    first: date
    last: date
    first_part: str
    last_part: str
    hours_asked: int | None
    minutes: int
    state: str
    note: str
    answer: str
    asked_at: datetime
    decided_at: datetime | None


class RequestShown(msgspec.Struct, frozen=True):
    """A request with its days; the actor decides on it, or may take it back."""

    request: RequestRow
    days: list[tuple[date, int]]
    decides: bool
    own: bool


@query(permission=READ, title=_("Leave"), exposed=True)
def leave_requests(
    actor: Actor, /, *, state: State = "", search: str = "", since: date | None = None,
    until: date | None = None, cursor: str = "", limit: int = PAGE,
) -> Page[RequestRow]:  # fmt: skip
    """All leave that was asked, the latest first; `since` and `until` are days it touches."""
    found = scoped(actor, LeaveRequest)
    if state:
        found = found.filter(state=state)
    if since:
        found = found.filter(last__gte=since)
    if until:
        found = found.filter(first__lte=until)
    if search:
        number = read_number(search)
        by_name = found.filter(party__name__icontains=search)
        found = found.filter(number=number) if number is not None else by_name
    return _page(found, cursor, limit)


@query(permission=OWN, title=_("My leave"), exposed=True)
def my_requests(actor: Actor, /, *, cursor: str = "", limit: int = PAGE) -> Page[RequestRow]:
    """The leave that one asked oneself, the latest first."""
    own = find_own_party(actor)
    found = scoped(actor, LeaveRequest).filter(party_id=own.pk if own else 0)
    return _page(found, cursor, limit)


@query(permission=OWN, title=_("Leave to decide on"), exposed=True)
def leave_to_decide(actor: Actor, /, *, cursor: str = "", limit: int = PAGE) -> Page[RequestRow]:
    """Requests that wait for the actor: of their people, or all of them for HR."""
    found = scoped(actor, LeaveRequest).filter(state=ASKED)
    whose = decided_by(actor)
    if whose is not None:
        found = found.filter(party_id__in=whose)
    own = find_own_party(actor)
    if own is not None:
        found = found.exclude(party_id=own.pk)
    return _page(found, cursor, limit)


@query(permission=OWN, title=_("A request for leave"), exposed=True)
def leave_request(actor: Actor, /, *, number: str) -> RequestShown:
    """One request with its days: one's own, of one's people, or any for HR. Raises UnknownLeave."""
    found = scoped(actor, LeaveRequest).filter(number=read_number(number) or 0)
    row = found.select_related("party", "kind").first()
    seen = seen_by(actor)
    if row is None or (seen is not None and row.party_id not in seen):
        raise UnknownLeave(_("There is no leave “{number}”.").format(number=number[:40]))
    days = list(LeaveDay.objects.filter(request=row).order_by("day").values_list("day", "minutes"))
    own = find_own_party(actor)
    mine = own is not None and own.pk == row.party_id
    whose = decided_by(actor)
    decides = not mine and (whose is None or row.party_id in whose)
    shown = _row(row, {row.pk: sum(minutes for _day, minutes in days)})
    return RequestShown(shown, days, decides, mine)


def _page(found: QuerySet[LeaveRequest], cursor: str, limit: int) -> Page[RequestRow]:
    rows = found.select_related("party", "kind")
    page = page_by(rows, order=("-id",), cursor=cursor, limit=limit, totals={})
    return page.with_rows(request_rows(page.rows))


def request_rows(found: Iterable[LeaveRequest]) -> list[RequestRow]:
    """Requests as listed, with what they take."""
    listed = list(found)
    sums = LeaveDay.objects.filter(request__in=[row.pk for row in listed])
    minutes = dict(sums.values_list("request_id").annotate(Sum("minutes")).order_by())
    return [_row(row, minutes) for row in listed]


def _row(row: LeaveRequest, minutes: Mapping[int, int]) -> RequestRow:
    return RequestRow(
        row.pk, request_number(row.number), row.party.code, row.party.name, row.kind.name,
        row.first, row.last, row.first_part, row.last_part, row.minutes, minutes.get(row.pk, 0),
        row.state, row.note, row.answer, row.asked_at, row.decided_at,
    )  # fmt: skip
