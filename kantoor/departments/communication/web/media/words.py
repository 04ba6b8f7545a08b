"""What states and fields of pictures are called, and where their pages are."""

from urllib.parse import quote

from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kantoor.kernel.pages.columns import States
from kantoor.kernel.ui.cells import Status

STATES: States = {
    "usable": (_("May be used"), "good"),
    "soon": (_("Rights end soon"), "wait"),
    "expired": (_("Rights ended"), "bad"),
    "unasked": (_("People not asked"), "wait"),
    "gone": (_("Taken away"), "quiet"),
}
CONSENTS = {
    "nobody": _("Nobody can be recognised"),
    "agreed": _("They agreed"),
    "unasked": _("Not everybody was asked"),
}
SIZES = {
    "small": pgettext_lazy("a picture", "Small"),
    "medium": pgettext_lazy("a picture", "Medium"),
    "large": pgettext_lazy("a picture", "Large"),
    "full": pgettext_lazy("a picture", "As it came"),
}


def status(state: str) -> Status:
    """A state as word and shape."""
    word, tone = STATES[state]
    return Status(state, force_str(word), tone)


def picture_url(code: str) -> str:
    """The page of a picture."""
    return f"/communication/pictures/{quote(code)}" if code else ""
