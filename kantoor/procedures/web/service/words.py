"""The addresses and words that the pages of requests, duties and checklists share."""

from urllib.parse import quote

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.pages.columns import States
from kantoor.kernel.ui.cells import Status
from kantoor.procedures.engine.moments import duration_parts

REQUEST_STATES: States = {
    "to_approve": (_("Somebody has to agree"), "wait"),
    "asked": (_("Asked"), "wait"),
    "taken": (_("In hand"), "info"),
    "done": (_("Done"), "good"),
    "refused": (_("Refused"), "bad"),
    "withdrawn": (_("Taken back"), "quiet"),
}
FIELD_KINDS = {
    "text": _("Text"),
    "long_text": _("Long text"),
    "whole": _("Whole number"),
    "decimal": _("Amount or number"),
    "yes_no": _("Yes or no"),
    "date": _("Date"),
    "choice": _("Choice"),
    "person": _("Colleague"),
}
CLOCKS = {"working": _("Working time"), "always": _("All hours")}


def status(states: States, code: str) -> Status:
    """A state as word and shape."""
    word, tone = states[code]
    return Status(code, str(word), tone)


def request_url(number: int) -> str:
    """The page of a request."""
    return f"/procedures/requests/{number}"


def ask_url(code: str) -> str:
    """The form that asks something."""
    return f"/procedures/ask/{quote(code)}"


def time_of(within: str, clock: str) -> str:
    """An agreed time in words; empty where none is agreed."""
    if not within:
        return ""
    parts = duration_parts(within)
    days, hours = parts.get("days", 0), parts.get("hours", 0)
    said = []
    if days:
        working = ngettext("%(n)s working day", "%(n)s working days", days)
        plain = ngettext("%(n)s day", "%(n)s days", days)
        said.append((working if clock == "working" else plain) % {"n": days})
    if hours:
        said.append(ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours})
    return gettext("within %(time)s") % {"time": " ".join(said)}


RUN_STATES: States = {"open": (_("Under way"), "info"), "closed": (_("Closed"), "good")}
ITEM_STATES: States = {
    "open": (_("Open"), "wait"),
    "not_yet": (_("Not seen yet"), "wait"),
    "holds": (_("Seen"), "good"),
    "ticked": (_("Ticked"), "good"),
    "waived": (_("Waived"), "quiet"),
}
DUTY_STATES: States = {
    "open": (_("To do"), "wait"),
    "done": (_("Done"), "good"),
    "skipped": (_("Skipped"), "quiet"),
}
DUTY_KINDS = {"task": _("Task"), "checklist": _("Checklist"), "procedure": _("Procedure")}
UNITS = {"week": _("Week"), "month": _("Month"), "year": _("Year")}
WHICH = {
    "day": _("The day below"),
    "first_working": _("The first working day"),
    "last_working": _("The last working day"),
}
WEEKDAYS = {
    "monday": _("Monday"),
    "tuesday": _("Tuesday"),
    "wednesday": _("Wednesday"),
    "thursday": _("Thursday"),
    "friday": _("Friday"),
    "saturday": _("Saturday"),
    "sunday": _("Sunday"),
}
SHIFTS = {
    "": _("It stays there"),
    "before": _("The working day before"),
    "after": _("The working day after"),
}


def run_url(run: int) -> str:
    """The page of a checklist under way."""
    return f"/procedures/checklist-runs/{run}"


def duty_url(time: int) -> str:
    """The page of a duty that came."""
    return f"/procedures/duties/{time}"
