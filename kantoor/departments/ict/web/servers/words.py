"""The words of servers' pages: states, kinds, addresses."""

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.pages.columns import States
from kantoor.kernel.ui.cells import Status

STATES: States = {
    "up": (_("Works"), "good"),
    "down": (_("Down"), "bad"),
    "maintenance": (_("Maintenance"), "wait"),
    "incident": (_("Disturbed"), "wait"),
    "unknown": (_("Unknown"), "quiet"),
}
ENVIRONMENTS = {
    "production": _("Production"),
    "acceptance": _("Acceptance"),
    "test": _("Test"),
    "development": _("Development"),
}
CRITICALITIES = {
    1: _("1: nothing works without it"),
    2: _("2: many can't work"),
    3: _("3: some are hindered"),
    4: _("4: hardly anybody notices"),
}
CHECK_KINDS = {
    "http": _("Web page"),
    "tls": _("Certificate"),
    "tcp": _("Port"),
    "dns": _("Name (DNS)"),
    "ping": _("Ping"),
    "metrics": _("Disk, memory or load"),
}
ALERT_STATES: States = {"firing": (_("Fires"), "bad"), "resolved": (_("Over"), "quiet")}


def state(code: str) -> Status:
    """How something does, as word and shape."""
    word, tone = STATES.get(code, (code, "quiet"))
    return Status(code, str(word), tone)


def server_url(code: str) -> str:
    """The page of a server; nothing where there is none."""
    return f"/ict/servers/{code}" if code else ""
