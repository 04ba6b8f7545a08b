"""What states and kinds of expenses are called, and where their pages are."""

from urllib.parse import quote

from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kantoor.kernel.pages.columns import States
from kantoor.kernel.ui.cells import Status

STATES: States = {
    "draft": (pgettext_lazy("a claim", "Being written"), "quiet"),
    "submitted": (pgettext_lazy("a claim", "Handed in"), "wait"),
    "to_check": (pgettext_lazy("a claim", "To be checked by HR"), "wait"),
    "approved": (pgettext_lazy("a claim", "Approved"), "info"),
    "refused": (pgettext_lazy("a claim", "Sent back"), "bad"),
    "posted": (pgettext_lazy("a claim", "Posted"), "good"),
    "reversed": (pgettext_lazy("a claim", "Taken back"), "quiet"),
}
KINDS = {
    "receipt": pgettext_lazy("an expense", "Receipt"),
    "mileage": _("Mileage"),
    "per_diem": _("Per diem"),
}
OVER = {"refuse": _("Refuse it"), "reason": _("Ask a reason")}


def claim_url(number: str) -> str:
    """The page of a claim."""
    return f"/hr/claims/{quote(number, safe='')}"


def state(code: str) -> Status:
    """A state as a page shows it."""
    word, tone = STATES[code]
    return Status(code, force_str(word), tone)
