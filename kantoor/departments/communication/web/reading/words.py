"""What states and steps of reading are called, and where their pages are."""

from typing import Any
from urllib.parse import quote

from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kantoor.kernel.pages.columns import States
from kantoor.kernel.ui.cells import Status

STATES: States = {
    "open": (pgettext_lazy("reading", "To read"), "wait"),
    "late": (pgettext_lazy("reading", "Too late"), "bad"),
    "confirmed": (pgettext_lazy("reading", "Read"), "good"),
    "ended": (pgettext_lazy("reading", "Asked no more"), "quiet"),
}
FILTERED: dict[str, Any] = {
    "open": pgettext_lazy("reading", "To read"),
    "late": pgettext_lazy("reading", "Too late"),
    "escalated": _("The manager was told"),
    "confirmed": pgettext_lazy("reading", "Read"),
    "ended": pgettext_lazy("reading", "Asked no more"),
}
STAGES: States = {
    "asked": (pgettext_lazy("reading", "Asked"), "info"),
    "reminded": (pgettext_lazy("reading", "Reminded"), "wait"),
    "escalated": (_("The manager was told"), "bad"),
}
WAYS: dict[str, Any] = {
    "": "",
    "page": _("On the page"),
    "link": _("By the link in the mail"),
    "hand": _("Noted by hand"),
}
MAILS: States = {
    "": (pgettext_lazy("mail", "None"), "quiet"),
    "waiting": (pgettext_lazy("mail", "Waits"), "wait"),
    "sending": (pgettext_lazy("mail", "Waits"), "wait"),
    "sent": (pgettext_lazy("mail", "Sent"), "good"),
    "failed": (pgettext_lazy("mail", "Failed"), "bad"),
    "bounced": (pgettext_lazy("mail", "Came back"), "bad"),
    "unsure": (pgettext_lazy("mail", "Unsure"), "wait"),
    "suppressed": (pgettext_lazy("mail", "Not sent: mail came back before"), "bad"),
}


def stands_url(item: str) -> str:
    """How an item is read."""
    return f"/communication/must-read/{quote(item, safe='')}"


def readings_url(item: str, state: str = "") -> str:
    """Who read an item, and who did not."""
    more = f"&state={state}" if state else ""
    return f"/communication/readings?item={quote(item, safe='')}{more}"


def news_url(item: str) -> str:
    """The page of an item on the intranet."""
    return f"/communication/news/{quote(item, safe='')}"


def state(name: str) -> Status:
    """A state of reading as a page shows it."""
    word, tone = STATES[name]
    return Status(name, force_str(word), tone)
