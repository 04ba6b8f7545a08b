"""The states of objectives as paper and pages say them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.ui.cells import Tone
from kantoor.management.progress import AT_RISK, OFF, ON_TRACK, REACHED, UNKNOWN

STATES: dict[str, tuple[Any, Tone]] = {
    REACHED: (_("Reached"), "good"),
    ON_TRACK: (_("On track"), "good"),
    AT_RISK: (_("At risk"), "wait"),
    OFF: (_("Off track"), "bad"),
    UNKNOWN: (_("Not known"), "quiet"),
    "partly": (_("Partly reached"), "wait"),
    "dropped": (_("Given up"), "quiet"),
}
