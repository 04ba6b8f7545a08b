"""Write hours: one's own week as a whole, or those of many people, until a week is handed in."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.payroll.findings import employees_by_code
from kantoor.departments.hr.actions.people.findings import Findings
from kantoor.departments.hr.actions.times.checking import FIRST, LAST, Entry, check
from kantoor.departments.hr.actions.times.finding import locked_sheets, open_sheets
from kantoor.departments.hr.drafts_times import HourDraft, WeekRow
from kantoor.departments.hr.errors_times import SheetState, WeekChanged
from kantoor.departments.hr.formats.hours import read_hours
from kantoor.departments.hr.models import HourLine, HourSheet
from kantoor.departments.hr.models.people.employment import WEEKDAYS
from kantoor.departments.hr.models.times.sheets import DRAFT, SUBMITTED, week_name
from kantoor.departments.hr.queries.people.own import own_party
from kantoor.departments.hr.queries.times.numbers import monday_of
from kantoor.departments.hr.queries.times.sheets import version_of
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound

OWN, MANAGE = "hr.use_own", "hr.manage_time"
MOST_ROWS, MOST_LINES = 50, 500_000


@action(permission=OWN, title=_("Write the hours of a week"))
def write_week(
    actor: Actor, /, *, week: date, rows: Sequence[WeekRow], version: str | None = None,
    submit: bool = False,
) -> str:  # fmt: skip
    """Write one's own hours of a week (any day of it says which) in place of what it had.

    Gives the number of the timesheet. All is kept or nothing; what is wrong is said of each cell:
    the line is the row, the field the day of the week. With the `version` that `my_week` gave,
    what somebody else wrote since then is not overwritten: raises WeekChanged. With `submit` the
    week is handed in at once. Raises SheetState for a week that was handed in, and what
    `actions.times.checking` raises.
    """
    if not FIRST <= week <= LAST:
        raise InvalidInput(_("Give a day of this century."), field="week")
    if len(rows) > MOST_ROWS:
        message = _("A week has at most {most} rows.").format(most=MOST_ROWS)
        raise InvalidInput(message, field="rows")
    monday, party = monday_of(week), own_party(actor)
    entries = [
        Entry(
            line, field, party.pk, monday + timedelta(days=n), minutes, row.project.strip(),
            row.customer.strip(), row.billable, row.text.strip(),
        )
        for line, row in enumerate(rows, 1)
        for n, field in enumerate(WEEKDAYS)
        if (minutes := getattr(row, field)) != 0
    ]  # fmt: skip
    sheet = open_sheets(actor, {(party.pk, monday): 0})[party.pk, monday]
    if version is not None and version != version_of(sheet):
        raise WeekChanged(_("These hours were changed since you opened them."), field="version")
    customers = check(actor, entries, replaced=[sheet.pk])
    HourLine.objects.filter(sheet=sheet).delete()
    HourLine.objects.bulk_create(_line(actor, sheet, each, customers) for each in entries)
    _is_written(sheet)
    if submit:
        _refuse_empty(bool(entries))
        _hand_in([sheet])
    concerns(f"hr.hour_sheet/{sheet.pk}")
    return sheet.number


@action(permission=MANAGE, title=_("Write hours"), bulk_of="hr.record_hour")
def record_hours(actor: Actor, /, *, hours: Sequence[HourDraft], submit: bool = False) -> list[str]:
    """Add hours of anybody to the weeks they lie in, all or none; gives the timesheets' numbers.

    With `submit` these are handed in at once. Raises NotFound, SheetState, and what
    `actions.times.checking` raises, with the line.
    """
    return _recorded(actor, list(enumerate(hours, 1)), submit=submit)


@action(permission=MANAGE, title=_("Take in a list of hours"))
def take_in_hours(actor: Actor, /, *, rows: str, submit: bool = False) -> list[str]:
    """Add the hours on a list (CSV, or copied from a spreadsheet), all or none; gives numbers.

    The first line names the columns (formats/hours.py). Raises Refusals with a message for each
    cell that is wrong, and the line of the list it is on.
    """
    found = Findings()
    hours = list(read_hours(rows, found.add))
    found.refuse()
    return _recorded(actor, hours, submit=submit)


def _recorded(actor: Actor, hours: Sequence[tuple[int, HourDraft]], *, submit: bool) -> list[str]:
    """Add hours, each with the line to name when something is wrong."""
    if not 0 < len(hours) <= MOST_LINES:
        message = _("Give 1 to {most} lines.").format(most=MOST_LINES)
        raise InvalidInput(message, field="hours")
    try:
        parties = employees_by_code(actor, [each.employee for _line, each in hours])
    except NotFound as error:
        line = hours[(error.place.line or 1) - 1][0]
        raise NotFound(error.message, field=error.place.field, line=line) from None
    entries = [
        Entry(
            line, "minutes", parties[each.employee], each.day, each.minutes, each.project.strip(),
            each.customer.strip(), each.billable, each.text.strip(),
        )
        for line, each in hours
    ]  # fmt: skip
    weeks: dict[tuple[int, date], int] = {}
    for each in entries:
        weeks.setdefault((each.party, monday_of(each.day)), each.line)
    # Locked before it is checked: two who write one day at once have 24 hours together.
    sheets = open_sheets(actor, weeks)
    customers = check(actor, entries)
    HourLine.objects.bulk_create(
        _line(actor, sheets[each.party, monday_of(each.day)], each, customers) for each in entries
    )
    touched = [sheets[key] for key in weeks]
    if submit:
        _hand_in(touched)
    return [row.number for row in touched]


@action(permission=MANAGE, title=_("Write hours of one day"), hidden=True)
def record_hour(actor: Actor, /, *, hour: HourDraft, submit: bool = False) -> list[str]:
    """Add hours of one day of somebody; see the bulk form."""
    return record_hours(actor, hours=[hour], submit=submit)


@action(permission=OWN, title=_("Hand in the hours of a week"))
def submit_week(actor: Actor, /, *, week: date) -> str:
    """Hand in one's own week, so that the manager decides on it; gives its number.

    Raises UnknownSheet, and SheetState for one that was handed in or is empty.
    """
    sheet = _own(actor, week, [DRAFT, "refused"])
    _refuse_empty(sheet.lines.exists())
    _hand_in([sheet])
    return sheet.number


@action(permission=OWN, title=_("Take back the hours of a week"))
def withdraw_week(actor: Actor, /, *, week: date) -> str:
    """Take back one's own week that nobody decided on yet, to change it. Raises as `submit_week`."""
    sheet = _own(actor, week, [SUBMITTED])
    sheet.state, sheet.submitted_at = DRAFT, None
    sheet.save()
    return sheet.number


def _own(actor: Actor, week: date, states: Sequence[str]) -> HourSheet:
    if not FIRST <= week <= LAST:
        raise InvalidInput(_("Give a day of this century."), field="week")
    party = own_party(actor)
    number = f"{week_name(monday_of(week))}-{party.code}"
    return locked_sheets(actor, [number], states, [party.pk])[0]


def _refuse_empty(filled: bool) -> None:
    if not filled:
        raise SheetState(_("There are no hours in this week yet."), field="week")


def _is_written(sheet: HourSheet) -> None:
    """A week that was sent back and is written again is a draft."""
    if sheet.state != DRAFT:
        sheet.state = DRAFT
        sheet.save()


def _hand_in(sheets: Sequence[HourSheet]) -> None:
    now = timezone.now()
    for row in sheets:
        row.state, row.submitted_at = SUBMITTED, now
        row.decided_at, row.decided_by_id, row.why = None, None, ""
    fields = ["state", "submitted_at", "decided_at", "decided_by", "why"]
    HourSheet.objects.bulk_update(sheets, fields)


def _line(actor: Actor, sheet: HourSheet, each: Entry, customers: dict[str, int]) -> HourLine:
    return HourLine(
        subject_id=sheet.subject_id,
        company_id=actor.company_id,
        sheet=sheet,
        party_id=each.party,
        day=each.day,
        minutes=each.minutes,
        project=each.project,
        customer_id=customers.get(each.customer),
        billable=each.billable,
        text=each.text,
    )
