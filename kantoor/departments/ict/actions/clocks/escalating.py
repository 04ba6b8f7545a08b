"""Tell once of each deadline that passed, to who leads the queue or owns the service."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.desk import MANAGE
from kantoor.departments.ict.actions.cases.writing import Doing
from kantoor.departments.ict.events import DeadlinePassed
from kantoor.departments.ict.models import Case, Clock, Escalation
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import publish
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.instants import canonical
from kantoor.kernel.store.models import insert_rows

MOST_AT_ONCE = 5_000


@action(permission=MANAGE, title=_("Escalate deadlines that passed"), hidden=True)
def escalate_deadlines(actor: Actor, /, *, now: datetime) -> int:
    """Escalate every deadline that passed by a moment and was not escalated; gives how many.

    Each stands in the timeline of its case. Statements do not grow with the number of them.
    """
    late = _not_escalated(now).filter(company_id=actor.company_id)
    fresh = list(late.order_by("due_at", "case_id", "clock")[:MOST_AT_ONCE])
    if not fresh:
        return 0
    keys = {each.case_id for each in fresh}
    rows = Case.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    cases = {row.pk: row for row in rows.select_related("queue", "service").order_by("pk")}
    first, at = take_ids(Escalation, len(fresh)), canonical(now)
    told = [_told(cases[each.case_id]) for each in fresh]
    insert_rows(
        Escalation,
        [
            (first + n, actor.company_id, each.case_id, each.clock, canonical(each.due_at or now),
             at, told[n])
            for n, each in enumerate(fresh)
        ],
    )  # fmt: skip
    doing = Doing(actor, "machine", at=now)
    for n, (each, user) in enumerate(zip(fresh, told, strict=True)):
        case = cases[each.case_id]
        doing.note(case, "escalated", each.clock, "" if user is None else str(user))
        assert each.due_at is not None  # as the query asks
        publish(
            DeadlinePassed(
                actor.company_id, each.case_id, first + n, str(case), each.clock, each.due_at, user
            )
        )
    doing.finish()
    return len(fresh)


def _told(case: Case) -> int | None:
    """Who hears of it: the lead of the queue, else the owner of the service."""
    lead = case.queue.lead_id if case.queue else None
    owner = case.service.owner_id if case.service else None
    return lead if lead is not None else owner


def anything_late() -> bool:
    """Whether a deadline passed that was not told of, in any company."""
    return _not_escalated(timezone.now()).exists()


@every(minutes=1, when=anything_late)
@job(title=_("Escalate deadlines that passed"), quick=True)
def escalate_what_is_late(work: Work, /) -> None:
    """Escalate the deadlines that passed, company by company, as the installation."""
    now = timezone.now()
    late = _not_escalated(now).values("company_id")
    for company in Company.objects.filter(pk__in=late).order_by("pk"):
        escalate_deadlines(console_actor(company), now=now)


def _not_escalated(now: datetime) -> QuerySet[Clock]:
    """The running clocks whose deadline passed and was not escalated."""
    told = Escalation.objects.filter(
        case_id=OuterRef("case_id"), clock=OuterRef("clock"), due_at=OuterRef("due_at")
    )
    late = Clock.objects.filter(running=True, due_at__lt=now)
    return late.filter(~Exists(told))
