"""What states of hours are called, and where their pages are."""

from datetime import date
from urllib.parse import quote

from django.utils.encoding import force_str
from django.utils.translation import pgettext_lazy

from kantoor.kernel.pages.columns import States
from kantoor.kernel.ui.cells import Status

STATES: States = {
    "draft": (pgettext_lazy("hours", "Being written"), "quiet"),
    "submitted": (pgettext_lazy("hours", "Handed in"), "wait"),
    "approved": (pgettext_lazy("hours", "Approved"), "good"),
    "refused": (pgettext_lazy("hours", "Sent back"), "bad"),
}


def sheet_url(number: str) -> str:
    """The page of a timesheet."""
    return f"/hr/timesheets/{quote(number, safe='')}"


def week_url(monday: date) -> str:
    """The page on which one writes one's own week."""
    return f"/hr/my-hours?week={monday.isoformat()}"


def state(code: str) -> Status:
    """A state as a page shows it."""
    word, tone = STATES[code]
    return Status(code, force_str(word), tone)


MARKS = {"in": pgettext_lazy("clock", "In"), "out": pgettext_lazy("clock", "Out")}
FAULTS = {
    "forgotten": pgettext_lazy("clock", "no clock-out"),
    "alone": pgettext_lazy("clock", "no clock-in"),
}
SOURCES = {
    "page": pgettext_lazy("clock", "own page"),
    "terminal": pgettext_lazy("clock", "terminal"),
    "corrected": pgettext_lazy("clock", "correction"),
}
WORKED: States = {
    "running": (pgettext_lazy("clock", "Under way"), "quiet"),
    "faulty": (pgettext_lazy("clock", "Misses a mark"), "bad"),
    "waiting": (pgettext_lazy("clock", "To approve"), "wait"),
    "approved": (pgettext_lazy("clock", "Approved"), "good"),
}
OVERTIME = {
    "day": pgettext_lazy("overtime", "Beyond minutes of a day"),
    "week": pgettext_lazy("overtime", "Beyond minutes of a week"),
    "saturday": pgettext_lazy("overtime", "On Saturday"),
    "sunday": pgettext_lazy("overtime", "On Sunday"),
    "holiday": pgettext_lazy("overtime", "On a holiday"),
}


def worked_url(number: str) -> str:
    """The page of a week of worked time."""
    return f"/hr/worked-time/{quote(number, safe='')}"
