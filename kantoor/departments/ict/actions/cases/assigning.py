"""Who has cases, and how pressing they are."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.checking import check_levels
from kantoor.departments.ict.actions.cases.finding import (
    cases_by_number,
    colleagues_by_sign_in,
    in_state,
    queues_by_code,
)
from kantoor.departments.ict.actions.cases.opening import HANDLE
from kantoor.departments.ict.actions.cases.sharing import share_out_new, shared_out
from kantoor.departments.ict.actions.cases.writing import Doing, by
from kantoor.departments.ict.drafts import Shared
from kantoor.departments.ict.errors import WrongState
from kantoor.departments.ict.models import Case
from kantoor.departments.ict.models.cases.case import ACTIVE, NEW, OPEN, priority_of
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput


@action(permission=HANDLE, title=_("Assign cases"), bulk_of="ict.assign_case")
def assign_cases(
    actor: Actor, /, *, numbers: Sequence[str], queue: str = "", assignee: str = "",
    by_machine: bool = False,
) -> None:  # fmt: skip
    """Give cases to a queue, to a colleague, or both; what is left empty stays as it is.

    Another queue without a colleague takes them off whoever had them. Raises UnknownCase,
    UnknownQueue, UnknownPerson, WrongState.
    """
    assigned(actor, numbers, queue=queue, assignee=assignee, by_machine=by_machine)


@action(permission=HANDLE, title=_("Assign a case"))
def assign_case(actor: Actor, /, *, number: str, queue: str = "", assignee: str = "") -> None:
    """Give one case to a queue or a colleague."""
    assign_cases(actor, numbers=[number], queue=queue, assignee=assignee)


def assigned(
    actor: Actor, numbers: Sequence[str], *, queue: str = "", assignee: str = "",
    by_machine: bool = False,
) -> None:  # fmt: skip
    """Assign cases within an action that has asked its own permission."""
    if not queue and not assignee:
        raise InvalidInput(_("Choose a queue or a colleague."), field="queue")
    cases = cases_by_number(actor, numbers)
    in_state(cases, OPEN)
    queue_id = queues_by_code(actor, [queue]).get(queue)
    person_id = colleagues_by_sign_in(actor, [assignee]).get(assignee)
    doing = Doing(actor, by(by_machine))
    for case in cases:
        _hand(doing, case, queue_id, person_id)
    doing.finish("queue", "assignee", "reassigned")
    if queue and not assignee:
        share_out_new(actor, cases)


@action(permission=HANDLE, title=_("Give out cases by load"), bulk_of="ict.share_out_case")
def share_out_cases(actor: Actor, /, *, numbers: Sequence[str]) -> list[Shared]:
    """Give cases that nobody has to who has the skill and the fewest in hand, with why.

    What somebody has already stays theirs. Raises UnknownCase, WrongState for a case that is
    solved or in no queue, or whose queue has nobody in it.
    """
    cases = cases_by_number(actor, numbers)
    in_state(cases, OPEN)
    reasons = shared_out(actor, cases, "person")
    for place, case in enumerate(cases, 1):
        if case.assignee_id is None:
            message = _("Nobody works in the queue of {number}; choose another queue first.")
            raise WrongState(message.format(number=case), field="numbers", line=place)
    return [Shared(str(case), reasons.get(case.pk, "")) for case in cases]


@action(permission=HANDLE, title=_("Give out a case by load"))
def share_out_case(actor: Actor, /, *, number: str) -> Shared:
    """Give out one case."""
    return share_out_cases(actor, numbers=[number])[0]


@action(permission=HANDLE, title=_("Take cases"), bulk_of="ict.take_case")
def take_cases(actor: Actor, /, *, numbers: Sequence[str]) -> None:
    """Take cases in hand oneself. Raises WrongState."""
    cases = cases_by_number(actor, numbers)
    in_state(cases, OPEN)
    doing = Doing(actor)
    for case in cases:
        _hand(doing, case, None, actor.user_id)
        if case.state == NEW:
            doing.move(case, ACTIVE)
    doing.finish("queue", "assignee", "reassigned", "state", "waiting_for")


@action(permission=HANDLE, title=_("Take a case"))
def take_case(actor: Actor, /, *, number: str) -> None:
    """Take one case in hand oneself."""
    take_cases(actor, numbers=[number])


@action(permission=HANDLE, title=_("Change the priority of cases"), bulk_of="ict.change_priority")
def change_priorities(
    actor: Actor, /, *, numbers: Sequence[str], impact: int, urgency: int, by_machine: bool = False
) -> None:
    """Set how many a case touches (impact) and how soon it must be solved (urgency), 1 to 3.

    Time that was used counts under the new priority too. Raises UnknownCase, WrongState.
    """
    check_levels(impact, urgency)
    cases = cases_by_number(actor, numbers)
    in_state(cases, OPEN)
    doing = Doing(actor, by(by_machine))
    for case in cases:
        before, case.priority = case.priority, priority_of(impact, urgency)
        case.impact, case.urgency = impact, urgency
        doing.note(case, "priority", str(before), str(case.priority))
    doing.finish("impact", "urgency", "priority")


@action(permission=HANDLE, title=_("Change the priority"))
def change_priority(actor: Actor, /, *, number: str, impact: int, urgency: int) -> None:
    """Change the priority of one case."""
    change_priorities(actor, numbers=[number], impact=impact, urgency=urgency)


def _hand(doing: Doing, case: Case, queue_id: int | None, person_id: int | None) -> None:
    """Give a case to a queue or a person; counted as reassigned where another had it."""
    had = case.queue_id is not None or case.assignee_id is not None
    before = (case.queue_id, case.assignee_id)
    if queue_id is not None and queue_id != case.queue_id:
        doing.note(case, "queue", _key(case.queue_id), _key(queue_id))
        case.queue_id = queue_id
        if person_id is None and case.assignee_id is not None:
            doing.note(case, "assignee", _key(case.assignee_id), "")
            case.assignee_id = None
    if person_id is not None and person_id != case.assignee_id:
        doing.note(case, "assignee", _key(case.assignee_id), _key(person_id))
        case.assignee_id = person_id
    if had and before != (case.queue_id, case.assignee_id):
        case.reassigned += 1


def _key(key: int | None) -> str:
    return "" if key is None else str(key)
