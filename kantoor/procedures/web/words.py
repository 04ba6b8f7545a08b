"""The addresses and words that the pages of procedures share."""

from urllib.parse import quote, urlencode

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.pages.columns import States
from kantoor.kernel.ui.cells import Status

INSTANCE_STATES: States = {
    "running": (_("Under way"), "info"),
    "stuck": (_("Stands still"), "bad"),
    "ended": (_("Ended"), "good"),
    "called_off": (_("Called off"), "quiet"),
}
STATES_TO_CHOOSE = {
    "running,stuck": _("Not ended"),
    "running": _("Under way"),
    "stuck": _("Stands still"),
    "ended": _("Ended"),
    "called_off": _("Called off"),
}
TASK_STATES: States = {
    "late": (_("Late"), "bad"),
    "asked": (_("Waits for approval"), "wait"),
    "mine": (_("Yours"), "info"),
    "taken": (_("Taken"), "quiet"),
    "open": (_("Nobody has it"), "wait"),
    "done": (_("Done"), "good"),
    "gone": (_("Not needed any more"), "quiet"),
}
STAND_IN_STATES: States = {
    "now": (_("Now"), "good"),
    "coming": (_("Later"), "info"),
    "over": (_("Over"), "quiet"),
}
HOW: States = {
    "done": (_("Done"), "good"),
    "happened": (_("Happened"), "good"),
    "failed": (_("Failed"), "bad"),
    "skipped": (_("Passed over"), "wait"),
    "cancelled": (_("Not needed any more"), "quiet"),
}
WAITS_FOR = {
    "task": _("for a person"),
    "timer": _("for a time"),
    "message": _("for an event"),
    "condition": _("until something is seen"),
    "approval": _("for a second person"),
    "failed": _("for help"),
}


def status(states: States, code: str) -> Status:
    """A state as word and shape."""
    word, tone = states[code]
    return Status(code, str(word), tone)


def task_url(task: int) -> str:
    """The page of a task."""
    return f"/procedures/tasks/{task}"


def instance_url(number: int) -> str:
    """The page of an instance."""
    return f"/procedures/instances/{number}"


def procedure_url(key: str) -> str:
    """The page of a procedure."""
    return f"/procedures/procedures/{quote(key)}"


def version_url(key: str, version: int) -> str:
    """The page of a version of a procedure."""
    return f"/procedures/procedures/{quote(key)}/versions/{version}"


def editor_url(key: str = "", version: int = 0) -> str:
    """The editor of a version of a procedure, or of a new one."""
    asked = {"procedure": key, **({"version": str(version)} if version else {})}
    return f"/procedures/editor?{urlencode(asked)}" if key else "/procedures/editor"


def start_url(key: str) -> str:
    """The form that starts a procedure."""
    return f"/procedures/start/{quote(key)}"


def approval_url(approval: int) -> str:
    """The page of a request for approval."""
    return f"/today/approvals/{approval}"
