"""What states, kinds and clocks of cases are called, and where their pages are."""

from urllib.parse import quote

from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kantoor.kernel.pages.columns import States
from kantoor.kernel.ui.cells import Status

KINDS = {
    "incident": _("Incident"),
    "request": _("Request"),
    "problem": _("Problem"),
    "change": pgettext_lazy("a planned change", "Change"),
}
STATES: States = {
    "new": (pgettext_lazy("a case", "New"), "wait"),
    "active": (_("In hand"), "info"),
    "waiting": (_("Waiting"), "quiet"),
    "resolved": (_("Solved"), "good"),
    "closed": (_("Closed"), "quiet"),
}
WAITING_FOR = {
    "caller": _("Waiting for the caller"),
    "vendor": _("Waiting for a vendor"),
    "problem": _("Waiting for a problem"),
    "evidence": _("Waiting for evidence"),
}
WAITS = {**WAITING_FOR, "approval": _("Waiting for approval")}
"""Also what a person can't choose: approval is asked by the catalogue."""
APPROVALS = {
    "": _("Nobody"),
    "manager": _("The manager of who asks"),
    "owner": _("The owner of the service"),
    "role": _("A role"),
}
FIELD_KINDS = {
    "text": _("Text"),
    "long": _("Long text"),
    "choice": _("Choice"),
    "number": pgettext_lazy("a value", "Number"),
    "date": _("Date"),
    "person": _("Colleague"),
    "device": _("Device of one's own"),
}
PRIORITIES = {
    1: _("1 critical"),
    2: _("2 high"),
    3: _("3 normal"),
    4: _("4 low"),
}
CHANNELS = {
    "phone": _("Telephone"),
    "mail": _("E-mail"),
    "page": _("Page"),
    "api": _("Another program"),
    "alert": _("Alert"),
    "log": _("Log of incidents"),
}
LINKS = {
    ("merged", True): _("merged into this one"),
    ("merged", False): _("goes on as this one"),
    ("major", True): _("hangs under this one"),
    ("major", False): _("the major incident"),
    ("problem", True): _("caused by it"),
    ("problem", False): _("the problem that causes it"),
}
CLOCKS = {
    "response": _("First answer"),
    "update": _("Next update"),
    "resolution": _("Solution"),
}
CLOCK_STATES: States = {
    "running": (_("Running"), "info"),
    "late": (_("Late"), "bad"),
    "paused": (_("Paused"), "quiet"),
    "met": (_("In time"), "good"),
    "missed": (_("Too late"), "wait"),
}


def status(state: str, waiting_for: str = "") -> Status:
    """A state as word and shape."""
    word, tone = STATES[state]
    said = WAITS[waiting_for] if waiting_for else word
    return Status(state, force_str(said), tone)


def case_url(number: str) -> str:
    """The page of a case."""
    return f"/ict/cases/{quote(number)}" if number else ""


def question_url(number: str) -> str:
    """The page of a case as its requester sees it."""
    return f"/ict/my-questions/{quote(number)}"


def duration(seconds: int) -> str:
    """Working time in hours and minutes: `1:05`, with a minus when it is over."""
    minutes = abs(seconds) // 60
    sign = "\u2212" if seconds < 0 else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02}"
