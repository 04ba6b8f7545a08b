"""The words of backups' pages."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.pages.columns import States
from kantoor.kernel.ui.cells import Status

STATES: States = {
    "proved": (_("Proved"), "good"),
    "unproved": (_("Not proved"), "wait"),
    "late": (_("Late"), "bad"),
    "failed": (_("Failed"), "bad"),
    "never": (_("No run yet"), "bad"),
    "idle": (_("No longer expected"), "quiet"),
}
WENT: States = {True: (_("Went well"), "good"), False: (_("Failed"), "bad")}
RAN: States = {True: (_("Ran"), "info"), False: (_("Failed"), "bad")}
"""A run that ended is no proof: it is told of without green."""
MET: States = {True: (_("Met"), "good"), False: (_("Not met"), "bad")}
TOOLS = {
    "restic": "restic",
    "borg": "Borg",
    "kantoor": _("Kantoor itself"),
    "other": _("Another program"),
}
PROOFS = {
    "drill": _("Restore drill"),
    "read": _("Whole repository read"),
    "would": _("Old copies shown"),
    "prune": _("Old copies thrown away"),
}


def state(code: str) -> Status:
    """What holds of a plan, as word and shape."""
    word, tone = STATES[code]
    return Status(code, str(word), tone)


def plan_url(code: str) -> str:
    """The page of a plan."""
    return f"/ict/backups/{code}"


def evidence_url(proof: int) -> str:
    """The file of evidence of a proof."""
    return f"/ict/backup-proofs/{proof}/evidence"


def hours(seconds: int) -> str:
    """A span as hours, or days where it is some."""
    if seconds % 86_400 == 0 and seconds >= 2 * 86_400:
        days = seconds // 86_400
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    if seconds < 3600:
        return gettext("{seconds} s").format(seconds=seconds)
    return ngettext("%(n)s hour", "%(n)s hours", seconds // 3600) % {"n": seconds // 3600}
