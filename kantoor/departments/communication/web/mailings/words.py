"""The words of mailings' pages: states, kinds, addresses."""

from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.pages.columns import States
from kantoor.kernel.pages.mailboxes import SENT_STATES, status_of
from kantoor.kernel.ui.cells import Status

STATES: States = {
    "gathering": (_("Being prepared"), "wait"),
    "sending": (_("Goes out"), "info"),
    "paused": (_("Paused"), "wait"),
    "done": (_("Done"), "good"),
    "stopped": (_("Stopped"), "quiet"),
}
KINDS = {"sms": _("Text messages"), "chat": _("A room to talk in")}
USES: States = {"1": (_("In use"), "good"), "": (_("Not in use"), "quiet")}
OUTCOMES = {"again": _("Send it again"), "arrived": _("It arrived")}


def state(code: str) -> Status:
    """How a mailing stands, as word and shape."""
    return status_of(STATES, code)


def sent_state(code: str) -> Status:
    """What became of one recipient."""
    return status_of(SENT_STATES, code)


def mailing_url(uid: str) -> str:
    """The page of a mailing."""
    return f"/communication/mailings/{uid}"


def recipients_url(uid: str, state: str = "") -> str:
    """Whom a mailing goes to, and of those the ones in a state."""
    return f"/communication/mailing-recipients?mailing={uid}" + (f"&state={state}" if state else "")


def preview_url(item: str, language: str = "") -> str:
    """An item as it looks as a mail."""
    address = f"/communication/mail-preview/{quote(item, safe='')}"
    return f"{address}/{language}" if language else address
