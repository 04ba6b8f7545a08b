"""Words and addresses of audiences, mailing lists and consent."""

from urllib.parse import quote

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kantoor.kernel.pages.columns import States

HOWS = {
    "confirmed": _("Confirmed from their own mail"),
    "import": _("From a list that was imported"),
    "hand": _("Noted by hand"),
    "preferences": _("Chosen by themselves"),
}
STOPPED = {
    "one_click": _("In their mail program"),
    "page": _("On the page behind the link"),
    "hand": _("Noted by hand"),
}
STATES: States = {
    "good": (pgettext_lazy("an address", "Gets mail"), "good"),
    "no_consent": (pgettext_lazy("an address", "Did not agree"), "wait"),
    "unsubscribed": (pgettext_lazy("an address", "Wants no mail"), "quiet"),
    "bounced": (pgettext_lazy("an address", "Mail does not arrive"), "bad"),
}
LEFT_OUT = {
    "no_address": _("No address is known"),
    "bounced": _("Mail does not arrive"),
    "unsubscribed": _("Want no mail"),
    "no_consent": _("Did not agree to it"),
    "twice": _("At an address that is reached already"),
}
LANGUAGES = {"": "", "nl": "Nederlands", "en": "English"}
ALL_MAIL = _("All mail")


def audience_url(code: str) -> str:
    """The page of an audience."""
    return f"/communication/audiences/{quote(code, safe='')}"


def list_url(code: str) -> str:
    """The page of a mailing list."""
    return f"/communication/mailing-lists/{quote(code, safe='')}"


def address_url(address: str) -> str:
    """The page of an address."""
    return f"/communication/addresses/{quote(address, safe='@')}"
