"""Agree to what was asked from the catalogue, or refuse it; and let somebody else decide."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.checking import LONGEST_TEXT
from kantoor.departments.ict.actions.cases.desk import MANAGE
from kantoor.departments.ict.actions.cases.finding import cases_by_number, colleagues_by_sign_in
from kantoor.departments.ict.actions.cases.self_service import ASK
from kantoor.departments.ict.actions.cases.writing import Doing
from kantoor.departments.ict.actions.catalogue.approvers import may_decide
from kantoor.departments.ict.errors import NotYours, UnknownCase, WrongState
from kantoor.departments.ict.events import ApprovalAsked
from kantoor.departments.ict.models import Case, ServiceRequest
from kantoor.departments.ict.models.cases.case import NEW, RESOLVED
from kantoor.departments.ict.models.catalogue.requests import APPROVED, ASKED, REFUSED
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound


@action(permission=ASK, title=_("Agree to requests"), bulk_of="ict.approve_request")
def approve_requests(actor: Actor, /, *, numbers: Sequence[str], why: str = "") -> None:
    """Agree to requests, all or none: work on them begins.

    Raises UnknownCase, WrongState where it was decided already, NotYours where somebody else has
    to agree, or where one asked it oneself.
    """
    requests = _to_decide(actor, numbers)
    doing = Doing(actor, approving=True)
    for request in requests:
        _decide(doing, request, APPROVED)
        doing.move(request.case, NEW, text=_words(why))
    ServiceRequest.objects.bulk_update(requests, ["state", "decided_by", "decided_at"])
    doing.finish("state", "waiting_for")


@action(permission=ASK, title=_("Agree to a request"))
def approve_request(actor: Actor, /, *, number: str, why: str = "") -> None:
    """Agree to one request."""
    approve_requests(actor, numbers=[number], why=why)


@action(permission=ASK, title=_("Refuse requests"), bulk_of="ict.refuse_request")
def refuse_requests(actor: Actor, /, *, numbers: Sequence[str], why: str) -> None:
    """Refuse requests, all or none; the requester reads why. Raises as approve_requests."""
    if not why.strip():
        raise InvalidInput(_("Say why; the requester reads it."), field="why")
    requests = _to_decide(actor, numbers)
    doing = Doing(actor, approving=True)
    for request in requests:
        _decide(doing, request, REFUSED)
        request.case.resolved_at = doing.at
        request.case.resolution = _words(why)
        request.case.resolution_code = REFUSED
        doing.move(request.case, RESOLVED, text=_words(why))
    ServiceRequest.objects.bulk_update(requests, ["state", "decided_by", "decided_at"])
    doing.finish("state", "waiting_for", "resolved_at", "resolution", "resolution_code")


@action(permission=ASK, title=_("Refuse a request"))
def refuse_request(actor: Actor, /, *, number: str, why: str) -> None:
    """Refuse one request."""
    refuse_requests(actor, numbers=[number], why=why)


@action(permission=MANAGE, title=_("Let somebody else decide"))
def redirect_approvals(actor: Actor, /, *, numbers: Sequence[str], approver: str) -> None:
    """Let somebody else decide on requests, where who should is away or left.

    Raises UnknownCase, WrongState, UnknownPerson, NotYours where it is who asked.
    """
    user_id = colleagues_by_sign_in(actor, [approver], field="approver").get(approver)
    if user_id is None:
        raise InvalidInput(_("Choose a colleague."), field="approver")
    requests = _waiting(actor, numbers)
    asked = {row.case.requester_id for row in requests if row.case.requester_id}
    own = set(
        Case.objects.filter(
            requester_id__in=asked, requester__signs_in__user_id=user_id
        ).values_list("requester_id", flat=True)
    )
    for place, each in enumerate(requests, 1):
        if each.asked_by == user_id or each.case.requester_id in own:
            message = _("They asked it themselves; choose somebody else.")
            raise NotYours(message, field="approver", line=place)
        each.approver_id, each.approver_role = user_id, ""
        publish(ApprovalAsked(actor.company_id, each.case_id, str(each.case), user_id, ""))
    ServiceRequest.objects.bulk_update(requests, ["approver", "approver_role"])
    if len(requests) == 1:
        concerns(f"ict.case/{requests[0].case_id}")


def _waiting(actor: Actor, numbers: Sequence[str]) -> list[ServiceRequest]:
    """The requests of these cases, which must wait for a decision; raises WrongState."""
    cases = cases_by_number(actor, numbers)
    rows = ServiceRequest.objects.select_for_update().filter(case__in=cases).order_by("pk")
    found = {row.case_id: row for row in rows}
    requests = []
    for place, case in enumerate(cases, 1):
        request = found.get(case.pk)
        if request is None or request.state != ASKED or not case.is_open:
            message = _("{number} does not wait for a decision.").format(number=case)
            raise WrongState(message, field="numbers", line=place)
        request.case = case
        requests.append(request)
    return requests


def _to_decide(actor: Actor, numbers: Sequence[str]) -> list[ServiceRequest]:
    try:
        requests = _waiting(actor, numbers)
    except NotFound as fault:
        raise UnknownCase(fault.message, field="numbers", line=fault.place.line) from None
    for place, (each, may) in enumerate(zip(requests, may_decide(actor, requests), strict=True), 1):
        if not may:
            message = _("Somebody else has to decide on {number}.").format(number=each.case)
            raise NotYours(message, field="numbers", line=place)
    return requests


def _decide(doing: Doing, request: ServiceRequest, state: str) -> None:
    request.state, request.decided_by, request.decided_at = state, doing.actor.user_id, doing.at


def _words(why: str) -> str:
    if len(why) > LONGEST_TEXT:
        message = _("This is longer than {most} characters.").format(most=LONGEST_TEXT)
        raise InvalidInput(message, field="why")
    return why.strip()
