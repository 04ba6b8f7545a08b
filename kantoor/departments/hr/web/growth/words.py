"""What stages and states of recruitment and certificates are called, and where their pages are."""

from urllib.parse import quote

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kantoor.kernel.pages.columns import States

STAGES: States = {
    "new": (pgettext_lazy("a candidate", "New"), "wait"),
    "invited": (pgettext_lazy("a candidate", "Invited"), "info"),
    "offered": (pgettext_lazy("a candidate", "Offer made"), "info"),
    "hired": (pgettext_lazy("a candidate", "Hired"), "good"),
    "refused": (pgettext_lazy("a candidate", "Refused"), "quiet"),
    "withdrawn": (pgettext_lazy("a candidate", "Withdrew"), "quiet"),
}
VACANCY_STATES: States = {"open": (_("Open"), "good"), "closed": (_("Closed"), "quiet")}
CERTIFICATE_STATES: States = {
    "holds": (pgettext_lazy("a certificate", "Holds"), "good"),
    "expires": (pgettext_lazy("a certificate", "Expires soon"), "wait"),
    "expired": (pgettext_lazy("a certificate", "Expired"), "bad"),
}


def candidate_url(key: int) -> str:
    """The page of a candidate."""
    return f"/hr/candidates/{key}"


def public_url(company: int, code: str) -> str:
    """The page of a vacancy for anybody."""
    return f"/hr/jobs/{company}/{quote(code, safe='')}"
