"""Timesheets as they are looked at: one's own week, those to decide on, all, and one by itself."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import msgspec
from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import dimension_values
from kantoor.departments.hr.errors_times import UnknownSheet
from kantoor.departments.hr.models import HourLine, HourSheet
from kantoor.departments.hr.models.people.employment import WEEKDAYS
from kantoor.departments.hr.models.times.sheets import DRAFT, SUBMITTED
from kantoor.departments.hr.queries.people.own import find_own_party, own_party
from kantoor.departments.hr.queries.times.numbers import by_numbers, monday_of
from kantoor.departments.hr.queries.times.whose import hours_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import query, scoped

OWN, READ, MANAGE = "hr.use_own", "hr.read_time", "hr.manage_time"
SORTS = {"week": ("monday",), "person": ("party__name",)}
MOST_CUSTOMERS = 500
"""As many customers are suggested while one types; others are typed by their code."""
NOTHING = "0-0"
"""The version of a week in which nothing is written."""
FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)


class WeekGridRow(msgspec.Struct, frozen=True):
    """What was worked in a week on one thing; minutes from Monday to Sunday."""

    project: str
    customer: str
    text: str
    billable: bool
    minutes: list[int]


class OwnWeek(msgspec.Struct, frozen=True):
    """One's own week; `number` is empty while nothing of it is kept. `open` says it may change.

    `version` is another after each change of its hours.
    """

    number: str
    monday: date
    state: str
    why: str
    rows: list[WeekGridRow]
    open: bool
    version: str


class SheetRow(msgspec.Struct, frozen=True):
    """A timesheet as listed; its minutes, and those of them that a customer pays."""

    id: int
    number: str
    person: str
    week: date
    state: str
    minutes: int
    billable: int
    submitted_at: datetime | None


class HourSheetLine(msgspec.Struct, frozen=True):
    """A line of a timesheet; `correctable` when it was approved and not taken back."""

    id: int
    day: date
    minutes: int
    project: str
    customer: str
    text: str
    billable: bool
    invoice: str
    correctable: bool


class SheetShown(msgspec.Struct, frozen=True):
    """A timesheet with its lines; `mine` says it is the actor's, `may_decide` that they decide."""

    sheet: SheetRow
    lines: list[HourSheetLine]
    decided_by: str
    decided_at: datetime | None
    why: str
    mine: bool
    may_decide: bool


@query(permission=OWN, title=_("My hours of a week"), exposed=True)
def my_week(actor: Actor, /, *, week: date | None = None) -> OwnWeek:
    """What one wrote in the week of a day, by what it was for; this week unless said."""
    day = week or timezone.localdate()
    if not FIRST <= day <= LAST:
        raise InvalidInput(_("Give a day of this century."), field="week")
    monday, party = monday_of(day), own_party(actor)
    sheet = scoped(actor, HourSheet).filter(party=party.pk, monday=monday).first()
    if sheet is None:
        return OwnWeek("", monday, DRAFT, "", [], True, NOTHING)
    sheet.party = party
    opened = sheet.state in (DRAFT, "refused")
    return OwnWeek(
        sheet.number, monday, sheet.state, sheet.why, _grid(sheet), opened, version_of(sheet)
    )


def version_of(sheet: HourSheet) -> str:
    """What tells the hours of a week from those before and after a change.

    Lines are written anew and never take an earlier one's key.
    """
    found = sheet.lines.aggregate(last=Max("pk"), count=Count("pk"))
    return f"{found['count']}-{found['last'] or 0}"


def _grid(sheet: HourSheet) -> list[WeekGridRow]:
    rows: dict[tuple[str, str, str, bool], list[int]] = {}
    lines = sheet.lines.order_by("pk").values_list(
        "project", "customer__code", "text", "billable", "day", "minutes"
    )
    for project, customer, text, billable, day, minutes in lines:
        key = (project, customer or "", text, billable)
        rows.setdefault(key, [0] * 7)[(day - sheet.monday).days] += minutes
    return [WeekGridRow(*key, minutes) for key, minutes in rows.items() if any(minutes)]


@query(permission=OWN, title=_("My timesheets"), exposed=True)
def my_sheets(
    actor: Actor, /, *, state: str = "", sort: str = "-week", cursor: str = "", limit: int = PAGE
) -> Page[SheetRow]:
    """One's own weeks."""
    found = scoped(actor, HourSheet).filter(party=own_party(actor).pk)
    return _page(found, state, sort, cursor, limit)


@query(permission=OWN, title=_("Hours to decide on"), exposed=True)
def sheets_to_decide(
    actor: Actor, /, *, sort: str = "week", cursor: str = "", limit: int = PAGE
) -> Page[SheetRow]:
    """Weeks of the people that one manages, that wait for a decision."""
    people = hours_of(actor)
    found = scoped(actor, HourSheet).filter(party__in=people)
    return _page(found, SUBMITTED, sort, cursor, limit)


@query(permission=READ, title=_("Timesheets"), exposed=True)
def timesheets(
    actor: Actor,
    /,
    *,
    search: str = "",
    state: str = "",
    start: date | None = None,
    end: date | None = None,
    sort: str = "-week",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[SheetRow]:
    """All weeks of everybody that lie at least partly between two days."""
    found = scoped(actor, HourSheet)
    if search:
        found = found.filter(Q(party__name__icontains=search) | Q(party__code__iexact=search))
    if start:
        found = found.filter(monday__gte=monday_of(max(start, FIRST)))
    if end:
        found = found.filter(monday__lte=end)
    return _page(found, state, sort, cursor, limit)


def _page(
    found: QuerySet[HourSheet], state: str, sort: str, cursor: str, limit: int
) -> Page[SheetRow]:
    if state:
        found = found.filter(state=state)
    order = sorted_by(sort, SORTS)
    page = page_by(found.select_related("party"), order=order, cursor=cursor, limit=limit)
    sums = _sums([row.pk for row in page.rows])
    return page.map(lambda row: _row(row, sums.get(row.pk, (0, 0))))


def _sums(sheets: Sequence[int]) -> dict[int, tuple[int, int]]:
    """The minutes of sheets, all and billable, in one statement."""
    rows = HourLine.objects.filter(sheet__in=sheets).order_by().values_list("sheet_id")
    paid = Sum("minutes", filter=Q(billable=True), default=0)
    return {key: (all_, some) for key, all_, some in rows.annotate(Sum("minutes"), paid=paid)}


def _row(row: HourSheet, sums: tuple[int, int]) -> SheetRow:
    return SheetRow(
        row.pk, row.number, row.party.name, row.monday, row.state, *sums, row.submitted_at
    )


def seen_sheets(actor: Actor) -> QuerySet[HourSheet]:
    """The sheets that one may see: one's own, those of one's people, or all."""
    found = scoped(actor, HourSheet)
    if actor.may(READ) or actor.may(MANAGE):
        return found
    mine = find_own_party(actor)
    people = hours_of(actor)
    return found.filter(
        Q(party__in=[mine.pk] if mine else []) | (Q(party__in=people) & ~Q(state=DRAFT))
    )


@query(permission=OWN, title=_("A timesheet"), exposed=True)
def timesheet(actor: Actor, /, *, number: str) -> SheetShown:
    """A week with its lines, of oneself, of one's people, or with the permission of anybody.

    Raises UnknownSheet.
    """
    found = by_numbers(actor, [number]).get(number)
    row = found and seen_sheets(actor).select_related("party", "decided_by").filter(pk=found.pk)
    sheet = row.first() if row else None
    if sheet is None:
        message = _("There is no timesheet “{number}”.").format(number=number[:60])
        raise UnknownSheet(message, field="number")
    lines = sheet.lines.select_related("customer", "billed__billing", "reversed_by")
    shown = [_line(actor, sheet, line) for line in lines.order_by("day", "pk")]
    mine = find_own_party(actor)
    own = mine is not None and mine.pk == sheet.party_id
    decides = actor.may(MANAGE) or sheet.party_id in hours_of(actor)
    total = sum(line.minutes for line in shown)
    paid = sum(line.minutes for line in shown if line.billable)
    return SheetShown(
        sheet=_row(sheet, (total, paid)),
        lines=shown,
        decided_by=sheet.decided_by.name if sheet.decided_by else "",
        decided_at=sheet.decided_at,
        why=sheet.why,
        mine=own,
        may_decide=decides and not own,
    )


def _customer(actor: Actor, customer: Party | None) -> str:
    """Whose hours they are: a person by number alone to who only wrote that number down."""
    if customer is None:
        return ""
    return customer.name if customer.kind == "organisation" or actor.may(READ) else customer.code


def _line(actor: Actor, sheet: HourSheet, line: HourLine) -> HourSheetLine:
    billed = getattr(line, "billed", None)
    standing = line.reverses_id is None and getattr(line, "reversed_by", None) is None
    return HourSheetLine(
        line.pk,
        line.day,
        line.minutes,
        line.project,
        _customer(actor, line.customer),
        line.text,
        line.billable,
        billed.billing.invoice if billed else "",
        sheet.state == "approved" and standing,
    )


@query(permission=OWN, title=_("Timesheets by their keys"))
def sheet_numbers(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, str]:
    """The numbers of the sheets of these keys that one may see."""
    rows = seen_sheets(actor).filter(pk__in=keys).select_related("party")
    return {row.pk: row.number for row in rows}


@query(permission=OWN, title=_("How many weeks wait for one's decision"))
def sheets_waiting(actor: Actor, /) -> int:
    """How many weeks of one's people wait."""
    people = hours_of(actor)
    return scoped(actor, HourSheet).filter(party__in=people, state=SUBMITTED).count()


@query(permission=OWN, title=_("What hours can be written on"))
def hour_choices(actor: Actor, /) -> tuple[dict[str, str], dict[str, str]]:
    """Names by code of projects in use, and of customers to choose from, persons not among them."""
    customers = scoped(actor, Party).filter(
        roles__role="customer", kind="organisation", erased_at=None
    )
    names = customers.order_by("name", "pk").values_list("code", "name")[:MOST_CUSTOMERS]
    return dimension_values(actor.company_id, "project"), dict(names)


def days_of(monday: date) -> list[tuple[str, date]]:
    """The days of a week by their names in code."""
    return [(name, monday + timedelta(days=n)) for n, name in enumerate(WEEKDAYS)]
