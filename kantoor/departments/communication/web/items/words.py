"""Words and addresses of items for who works on them."""

from typing import Any
from urllib.parse import quote

from django.utils.encoding import force_str
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.web.pages.words import KINDS
from kantoor.kernel.pages.columns import States
from kantoor.kernel.ui.cells import Status

__all__ = ["KINDS", "OUTCOMES", "STATES", "item_url", "language_name", "status", "versions_url"]

STATES: States = {
    "draft": (_("Draft"), "wait"),
    "asked": (_("Approval asked"), "info"),
    "approved": (_("Approved"), "info"),
    "published": (_("Published"), "good"),
    "withdrawn": (_("Withdrawn"), "quiet"),
}
OUTCOMES: dict[str, Any] = {"approve": _("Approved"), "return": _("Given back")}


def status(state: str) -> Status:
    """A state as word and shape."""
    word, tone = STATES[state]
    return Status(state, force_str(word), tone)


def item_url(code: str) -> str:
    """The page of an item for who works on it."""
    return f"/communication/items/{quote(code, safe='')}"


def versions_url(code: str, left: int = 0, right: int = 0) -> str:
    """Two texts of an item side by side."""
    asked = f"?left={left}&right={right}" if left and right else ""
    return f"{item_url(code)}/versions{asked}"


def language_name(code: str) -> str:
    """A language by its name in the reader's language."""
    try:
        return force_str(get_language_info(code)["name_translated"]).capitalize()
    except KeyError:
        return code
