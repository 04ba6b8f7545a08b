"""What stages and states of recruitment and certificates are called, and where their pages are."""

from urllib.parse import quote

from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kantoor.kernel.pages.columns import States
from kantoor.kernel.ui.cells import Status

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
REVIEW_STATES: States = {
    "own": (_("Employee's part"), "wait"),
    "manager": (_("Manager's part"), "wait"),
    "signing": (_("To sign"), "info"),
    "signed": (_("Signed"), "good"),
}
OBJECTIVE_STATES: States = {
    "open": (_("Goes on"), "info"),
    "late": (_("Late"), "bad"),
    "reached": (pgettext_lazy("an objective", "Reached"), "good"),
    "dropped": (pgettext_lazy("an objective", "Dropped"), "quiet"),
}
TRAINING_STATES: States = {
    "planned": (_("Planned"), "wait"),
    "done": (_("Done"), "good"),
    "called_off": (_("Called off"), "quiet"),
}
GAP_STATES: States = {
    "missing": (pgettext_lazy("training", "Missing"), "bad"),
    "expires": (_("Expires soon"), "wait"),
    "planned": (_("Planned"), "info"),
}


def review_state(state: str) -> Status:
    """The state of a review as Today shows it."""
    word, tone = REVIEW_STATES[state]
    return Status(state, force_str(word), tone)


def review_url(key: int) -> str:
    """The page of a review."""
    return f"/hr/reviews/{key}"


def candidate_url(key: int) -> str:
    """The page of a candidate."""
    return f"/hr/candidates/{key}"


def public_url(company: int, code: str) -> str:
    """The page of a vacancy for anybody."""
    return f"/hr/jobs/{company}/{quote(code, safe='')}"
