"""What kinds of contacts and ways of talking are called, and where their pages are."""

from urllib.parse import quote

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINDS = {
    "press": _("Press"),
    "affairs": _("Public affairs"),
    "other": pgettext_lazy("a kind", "Other"),
}
WAYS = {
    "call": _("Telephone"),
    "mail": _("E-mail"),
    "meeting": _("Meeting"),
    "note": _("Note"),
}
LANGUAGES = {"": "", "nl": _("Dutch"), "en": _("English")}


def contact_url(code: str) -> str:
    """The page of a contact."""
    return f"/communication/contacts/{quote(code, safe='')}" if code else ""
