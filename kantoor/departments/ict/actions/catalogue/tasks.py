"""The tasks of a case: add them, and tick them off."""

from collections.abc import Sequence

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.finding import cases_by_number
from kantoor.departments.ict.actions.cases.opening import HANDLE
from kantoor.departments.ict.actions.catalogue.arranging import LONGEST_TASK, MOST_TASKS
from kantoor.departments.ict.models import CaseTask
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound


@action(permission=HANDLE, title=_("Add tasks to a case"))
def add_tasks(actor: Actor, /, *, number: str, tasks: str) -> None:
    """Add tasks to a case, a line for each. Raises UnknownCase, InvalidInput."""
    case = cases_by_number(actor, [number], field="number")[0]
    lines = [line.strip() for line in tasks.splitlines() if line.strip()]
    last = CaseTask.objects.filter(case=case).aggregate(last=Max("place"))["last"] or 0
    if not lines or last + len(lines) > 2 * MOST_TASKS or max(map(len, lines)) > LONGEST_TASK:
        message = _("Give one to {most} tasks, each of at most {length} characters.")
        said = message.format(most=MOST_TASKS, length=LONGEST_TASK)
        raise InvalidInput(said, field="tasks")
    CaseTask.objects.bulk_create(
        [CaseTask(case=case, place=last + n, text=text) for n, text in enumerate(lines, 1)]
    )
    concerns(f"ict.case/{case.pk}")


@action(permission=HANDLE, title=_("Tick off tasks"))
def tick_tasks(actor: Actor, /, *, number: str, places: Sequence[int], done: bool = True) -> None:
    """Tick off tasks of a case by their places, or with `done` false take that back.

    A task that was done already keeps who did it. Raises UnknownCase, NotFound.
    """
    case = cases_by_number(actor, [number], field="number")[0]
    found = list(CaseTask.objects.select_for_update().filter(case=case, place__in=places))
    if len(found) < len(set(places)):
        raise NotFound(_("There is no such task."), field="places")
    now = timezone.now()
    for task in found:
        if done and task.done_at is None:
            task.done_at, task.done_by = now, actor.user_id
        elif not done:
            task.done_at = task.done_by = None
    CaseTask.objects.bulk_update(found, ["done_at", "done_by"])
    concerns(f"ict.case/{case.pk}")
