"""Bring cases on: wait and resume, solve, reopen and close them."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.checking import LONGEST_TEXT
from kantoor.departments.ict.actions.cases.finding import cases_by_number, in_state
from kantoor.departments.ict.actions.cases.opening import HANDLE
from kantoor.departments.ict.actions.cases.writing import Doing, by
from kantoor.departments.ict.drafts import WaitingFor
from kantoor.departments.ict.errors import WrongState
from kantoor.departments.ict.events import ApprovalAsked
from kantoor.departments.ict.models import Case, ServiceRequest
from kantoor.departments.ict.models.cases.case import (
    ACTIVE,
    APPROVAL,
    CLOSED,
    NEW,
    OPEN,
    RESOLVED,
    WAITING,
)
from kantoor.departments.ict.models.catalogue.requests import ASKED, REFUSED, WITHDRAWN
from kantoor.departments.ict.queries.cases.merged import goes_on_as
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput


@action(permission=HANDLE, title=_("Let cases wait"), bulk_of="ict.await_case")
def await_cases(
    actor: Actor, /, *, numbers: Sequence[str], waiting_for: WaitingFor, why: str = "",
    by_machine: bool = False,
) -> None:  # fmt: skip
    """Let cases wait for the caller, a vendor, a problem or evidence. Raises WrongState."""
    cases = cases_by_number(actor, numbers)
    in_state(cases, OPEN)
    doing = Doing(actor, by(by_machine))
    for case in cases:
        doing.move(case, WAITING, waiting_for, text=_text(why))
    doing.finish("state", "waiting_for")


@action(permission=HANDLE, title=_("Let a case wait"))
def await_case(actor: Actor, /, *, number: str, waiting_for: WaitingFor, why: str = "") -> None:
    """Let one case wait."""
    await_cases(actor, numbers=[number], waiting_for=waiting_for, why=why)


@action(permission=HANDLE, title=_("Go on with cases"), bulk_of="ict.resume_case")
def resume_cases(actor: Actor, /, *, numbers: Sequence[str], by_machine: bool = False) -> None:
    """Go on with cases that waited, or begin with new ones. Raises WrongState."""
    cases = cases_by_number(actor, numbers)
    in_state(cases, (WAITING, NEW))
    doing = Doing(actor, by(by_machine))
    for case in cases:
        doing.move(case, ACTIVE)
    doing.finish("state", "waiting_for")


@action(permission=HANDLE, title=_("Go on with a case"))
def resume_case(actor: Actor, /, *, number: str) -> None:
    """Go on with one case."""
    resume_cases(actor, numbers=[number])


@action(permission=HANDLE, title=_("Solve cases"), bulk_of="ict.resolve_case")
def resolve_cases(
    actor: Actor, /, *, numbers: Sequence[str], text: str, code: str = "", by_machine: bool = False
) -> None:
    """Solve cases; `text` says how, and the requester may read it. Raises WrongState."""
    resolved(actor, numbers, text=text, code=code, by_machine=by_machine)


@action(permission=HANDLE, title=_("Solve a case"))
def resolve_case(actor: Actor, /, *, number: str, text: str, code: str = "") -> None:
    """Solve one case."""
    resolve_cases(actor, numbers=[number], text=text, code=code)


def resolved(
    actor: Actor, numbers: Sequence[str], *, text: str, code: str = "", by_machine: bool = False
) -> None:
    """Solve cases within an action that has asked its own permission."""
    if not text.strip():
        raise InvalidInput(_("Say how it was solved."), field="text")
    cases = cases_by_number(actor, numbers)
    in_state(cases, OPEN)
    doing = Doing(actor, by(by_machine))
    for case in cases:
        case.resolved_at = doing.at
        case.resolution, case.resolution_code = _text(text), code
        doing.move(case, RESOLVED, text=text)
    doing.finish("state", "waiting_for", "resolved_at", "resolution", "resolution_code")


@action(permission=HANDLE, title=_("Reopen cases"), bulk_of="ict.reopen_case")
def reopen_cases(
    actor: Actor, /, *, numbers: Sequence[str], why: str = "", by_machine: bool = False
) -> None:
    """Open solved or closed cases again: they were not solved after all. Raises WrongState."""
    reopened(actor, numbers, why=why, by_machine=by_machine)


@action(permission=HANDLE, title=_("Reopen a case"))
def reopen_case(actor: Actor, /, *, number: str, why: str = "") -> None:
    """Open one case again."""
    reopen_cases(actor, numbers=[number], why=why)


def reopened(
    actor: Actor, numbers: Sequence[str], *, why: str = "", by_machine: bool = False
) -> None:
    """Open cases again within an action that has asked its own permission."""
    cases = cases_by_number(actor, numbers)
    in_state(cases, (RESOLVED, CLOSED))
    merged = goes_on_as(cases)
    for place, case in enumerate(cases, 1):
        if case.pk in merged:
            message = _("{number} was merged into {other}; undo that instead.")
            said = message.format(number=case, other=merged[case.pk])
            raise WrongState(said, field="numbers", line=place)
    doing = Doing(actor, by(by_machine))
    undecided = ask_again(actor, cases)
    for case in cases:
        case.resolved_at = case.closed_at = None
        case.reopened += 1
        if case.pk in undecided:
            doing.move(case, WAITING, APPROVAL, text=_text(why))
        else:
            doing.move(case, ACTIVE, text=_text(why))
    doing.finish("state", "waiting_for", "resolved_at", "closed_at", "reopened")


@action(permission=HANDLE, title=_("Close cases"), bulk_of="ict.close_case")
def close_cases(actor: Actor, /, *, numbers: Sequence[str], by_machine: bool = False) -> None:
    """Close solved cases: nothing more is expected of them. Raises WrongState."""
    closed(actor, numbers, by_machine=by_machine)


@action(permission=HANDLE, title=_("Close a case"))
def close_case(actor: Actor, /, *, number: str) -> None:
    """Close one case."""
    close_cases(actor, numbers=[number])


def closed(actor: Actor, numbers: Sequence[str], *, by_machine: bool = False) -> None:
    """Close cases within an action that has asked its own permission."""
    cases = cases_by_number(actor, numbers)
    in_state(cases, (RESOLVED,))
    doing = Doing(actor, by(by_machine))
    for case in cases:
        case.closed_at = doing.at
        doing.move(case, CLOSED)
    doing.finish("state", "waiting_for", "closed_at")


def ask_again(actor: Actor, cases: Sequence[Case]) -> set[int]:
    """Those that nobody agreed to: they wait for a decision, a refused one for another."""
    undecided = (ASKED, REFUSED, WITHDRAWN)
    rows = ServiceRequest.objects.filter(case__in=cases, state__in=undecided)
    found = list(rows.select_for_update())
    for row in found:
        row.state, row.decided_by, row.decided_at = ASKED, None, None
    ServiceRequest.objects.bulk_update(found, ["state", "decided_by", "decided_at"])
    numbers = {case.pk: str(case) for case in cases}
    for row in found:
        publish(
            ApprovalAsked(
                actor.company_id, row.case_id, numbers[row.case_id], row.approver_id,
                row.approver_role,
            )
        )  # fmt: skip
    return {row.case_id for row in found}


def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        message = _("This is longer than {most} characters.").format(most=LONGEST_TEXT)
        raise InvalidInput(message, field="text")
    return text.strip()
