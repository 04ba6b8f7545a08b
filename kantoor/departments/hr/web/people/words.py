"""What contracts, states and reasons are called, and where the pages of people are."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.pages.columns import States

KINDS: Mapping[str, Any] = {
    "permanent": _("Permanent"),
    "fixed": _("Fixed term"),
    "on_call": _("On call"),
    "intern": _("Internship"),
    "director": _("Director"),
}
REASONS: Mapping[str, Any] = {
    "resigned": _("Resigned"),
    "agreed": _("By agreement"),
    "dismissed": _("Dismissed"),
    "expired": _("The term ended"),
    "trial": _("In the trial period"),
    "retired": _("Retired"),
    "died": _("Died"),
}
STATES: States = {
    "here": (_("Works here"), "good"),
    "coming": (_("Coming"), "info"),
    "leaving": (_("Leaving"), "wait"),
    "left": (_("Left"), "quiet"),
}
PAPERS: Mapping[str, Any] = {
    "identity": _("Identity paper"),
    "permit": _("Permit"),
    "licence": _("Licence"),
    "diploma": _("Diploma"),
    "contract": _("Signed contract"),
    "other": _("Something else"),
}
PAPER_STATES: States = {
    "good": (_("Good"), "good"),
    "expiring": (_("Expires soon"), "wait"),
    "expired": (_("Expired"), "bad"),
    "closed": (_("Closed"), "quiet"),
}
DAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))

SHOWN_TO: Mapping[str, Any] = {
    "person": _("HR and the employee"),
    "manager": _("Their manager too"),
    "hr": _("Only HR"),
}


def employee_url(code: str) -> str:
    """The page of an employee."""
    return f"/hr/employees/{quote(code, safe='')}" if code else ""


def past_url(code: str, known: datetime) -> str:
    """The page of an employee as it was known at a moment."""
    return f"{employee_url(code)}?{urlencode({'known': known.isoformat()})}"


def just_before(moment: datetime) -> datetime:
    """The last moment at which what was replaced then still held."""
    return moment - timedelta(microseconds=1)


def hours(minutes: int) -> str:
    """Minutes as hours, in the reader's way: 36, 7,6."""
    whole, rest = divmod(minutes, 60)
    if not rest:
        return str(whole)
    hundredths, odd = divmod(rest * 100, 60)
    if odd:
        return f"{whole}:{rest:02}"
    return number_format(f"{whole}.{hundredths:02}".rstrip("0"))


def week(minutes: Sequence[int]) -> str:
    """The hours of the days on which somebody works, days alike together: Mon–Thu 8, Fri 4."""
    spans: list[tuple[int, int]] = []
    for day, each in enumerate(minutes):
        if spans and spans[-1][1] == day - 1 and minutes[day - 1] == each:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    worked = [
        f"{DAYS[first]}{f'–{DAYS[last]}' if last > first else ''} {hours(minutes[first])}"
        for first, last in spans
        if minutes[first]
    ]
    return ", ".join(worked) or gettext("no fixed hours")


def document_url(key: int) -> str:
    """The copy of a document."""
    return f"/hr/documents/{key}"


def hand_in_url(employee: str = "") -> str:
    """The page on which a document of an employee is handed in."""
    return f"/hr/documents/hand-in?employee={quote(employee, safe='')}"
