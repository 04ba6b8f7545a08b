"""The words of leave's pages: states, hours, days and where things are."""

from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.leave.requests import RequestRow
from kantoor.kernel.pages.columns import States
from kantoor.kernel.ui.cells import Status
from kantoor.kernel.ui.formats import day

STATES: States = {
    "asked": (_("Asked"), "wait"),
    "approved": (_("Approved"), "good"),
    "refused": (_("Refused"), "bad"),
    "withdrawn": (_("Taken back"), "quiet"),
    "cancelled": (_("Cancelled"), "quiet"),
}
PARTS = {"whole": _("whole day"), "morning": _("morning"), "afternoon": _("afternoon")}
WHAT = {
    "granted": _("Granted"),
    "taken": _("Taken"),
    "paid_out": _("Paid out"),
    "lapsed": _("Lapsed"),
    "corrected": _("Corrected"),
    "owed": _("Settled between lots"),
}
STEPS = {
    "analysis": _("Problem analysis (week 6)"),
    "plan": _("Plan of action (week 8)"),
    "report_uwv": _("Report to UWV (week 42)"),
    "first_year": _("Evaluation of the first year (week 52)"),
    "end_report": _("Reintegration report (week 91)"),
    "end_of_pay": _("End of the duty to pay (week 104)"),
}


def state(code: str) -> Status:
    """Where a request stands, as word and shape."""
    word, tone = STATES[code]
    return Status(code, str(word), tone)


def clock(minutes: int) -> str:
    """Minutes as hours: `7:30`, with a minus below nought."""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'−' if minutes < 0 else ''}{hours}:{rest:02}"


def period(first: date, last: date) -> str:
    """The days of leave: one, or from and with another."""
    return day(first) if first == last else f"{day(first)} – {day(last)}"


def days_of(row: RequestRow) -> str:
    """The days of a request, with the part of a day where it is one."""
    said = period(row.first, row.last)
    if row.hours_asked is not None:
        return gettext("%(day)s, %(hours)s hours") % {"day": said, "hours": clock(row.hours_asked)}
    if row.first == row.last and row.first_part != "whole":
        return f"{said}, {PARTS[row.first_part]}"
    return said


def request_url(number: str) -> str:
    """The page of a request."""
    return f"/hr/leave/{number}"


def person_url(code: str) -> str:
    """The page of somebody's leave."""
    return f"/hr/leave-balances/{code}"


def spell_url(key: int) -> str:
    """The page of a spell of sickness."""
    return f"/hr/sickness/{key}"
