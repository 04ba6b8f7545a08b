"""Give out cases by load and skill: the work itself, which opening and assigning call too."""

from collections.abc import Sequence

from django.db.models import prefetch_related_objects

from kantoor.departments.ict.actions.cases.writing import By, Doing
from kantoor.departments.ict.models import Case, Queue
from kantoor.departments.ict.queries.cases.sharing import sharing
from kantoor.kernel.actors.actor import Actor


def shared_out(actor: Actor, cases: Sequence[Case], who: By) -> dict[int, str]:
    """Give those that nobody has to somebody of their queue; why, by the key of the case.

    The same number of statements for one case or many; the reason stands in their timelines.
    """
    free = [case for case in cases if case.assignee_id is None and case.queue_id is not None]
    if not free:
        return {}
    prefetch_related_objects(free, "service")
    people = sharing(actor, {case.queue_id or 0 for case in free})
    doing, reasons = Doing(actor, who), {}
    for case in free:
        choice = people.choose(case)
        if choice is None:
            continue
        case.assignee_id = choice.user_id
        reasons[case.pk] = choice.why
        doing.note(case, "assignee", "", str(choice.user_id), text=choice.why)
    doing.finish("assignee")
    return reasons


def share_out_new(actor: Actor, cases: Sequence[Case]) -> None:
    """Give out those that came into a queue which gives out by itself."""
    queues = {case.queue_id for case in cases if case.queue_id and case.assignee_id is None}
    if not queues:
        return
    by_load = set(Queue.objects.filter(pk__in=queues, by_load=True).values_list("pk", flat=True))
    if by_load:
        shared_out(actor, [case for case in cases if case.queue_id in by_load], "machine")
