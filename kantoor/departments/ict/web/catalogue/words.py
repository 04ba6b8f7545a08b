"""What approvals are called, and where the pages of the catalogue are."""

from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.pages.columns import States

DECISIONS: States = {
    "asked": (_("Waiting for a decision"), "wait"),
    "approved": (_("Agreed"), "good"),
    "refused": (_("Refused"), "bad"),
    "withdrawn": (_("Withdrawn"), "quiet"),
}
OFFERED: States = {
    "offered": (_("Offered"), "good"),
    "withdrawn": (_("Not offered"), "quiet"),
}


def item_url(code: str) -> str:
    """The page of an item, with its form."""
    return f"/ict/catalogue/{quote(code)}"


def decision_url(number: str) -> str:
    """The page on which a request is decided on."""
    return f"/ict/decisions/{quote(number)}"
