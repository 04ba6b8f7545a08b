"""What came from the catalogue, on the page of its case: answers, approval, tasks."""

from collections.abc import Mapping
from typing import Any

from django.utils.encoding import force_str
from django.utils.translation import gettext

from kantoor.departments.ict.queries.cases.record import CaseShown
from kantoor.departments.ict.queries.catalogue.requests import RequestShown
from kantoor.departments.ict.web.cases import words
from kantoor.kernel.ui.formats import moment


def request_lines(request: RequestShown | None) -> Mapping[str, Any] | None:
    """The answers, and in one sentence how it stands with the approval."""
    if request is None:
        return None
    return {"answers": request.answers, "said": _approval(request)}


def _approval(request: RequestShown) -> str:
    if request.state == "none":
        return ""
    when = moment(request.decided_at) if request.decided_at else ""
    who = {"who": request.decided_by, "when": when}
    if request.state == "approved":
        return gettext("%(who)s agreed, %(when)s.") % who
    if request.state == "refused":
        return gettext("%(who)s refused it, %(when)s.") % who
    if request.state == "withdrawn":
        return gettext("Withdrawn before anybody decided, %(when)s.") % who
    if request.approver:
        return gettext("Waits until this agrees: %(who)s.") % {"who": request.approver}
    if request.approval in ("manager", "owner"):
        wanted = force_str(words.APPROVALS[request.approval])
        said = gettext("%(who)s is not known or asks it; who manages the desk decides.")
        return said % {"who": wanted}
    return gettext("Waits until who manages the desk agrees.")


def task_lines(shown: CaseShown) -> list[Mapping[str, Any]]:
    """The tasks, each with what pressing it does."""
    number = shown.case.number
    return [
        {
            "number": number,
            "place": each.place,
            "text": each.text,
            "done_at": each.done_at,
            "done_by": each.done_by,
            "sets": "false" if each.done_at else "true",
            "back": f"{words.case_url(number)}#tasks",
        }
        for each in shown.tasks
    ]
