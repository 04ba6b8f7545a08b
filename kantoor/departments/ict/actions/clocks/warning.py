"""Warn once for each deadline that comes near, and tell when clocks ran out."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.desk import MANAGE
from kantoor.departments.ict.events import DeadlineNear
from kantoor.departments.ict.models import Clock, ClockWarning
from kantoor.departments.ict.models.clocks.clocks import RUNNING
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import publish
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.queries import scoped

MOST_AT_ONCE = 5_000


@action(permission=MANAGE, title=_("Warn of deadlines"), hidden=True)
def warn_of_deadlines(actor: Actor, /, *, now: datetime) -> int:
    """Warn of every deadline that is near at a moment and was not warned of; gives how many."""
    near = scoped(actor, Clock).filter(state=RUNNING, warn_at__lte=now, due_at__isnull=False)
    clocks = list(near.select_related("case").order_by("warn_at")[:MOST_AT_ONCE])
    told = set(
        ClockWarning.objects.filter(case_id__in={each.case_id for each in clocks}).values_list(
            "case_id", "clock", "due_at"
        )
    )
    fresh = [each for each in clocks if (each.case_id, each.clock, each.due_at) not in told]
    ClockWarning.objects.bulk_create(
        [
            ClockWarning(case_id=each.case_id, clock=each.clock, due_at=each.due_at or now, at=now)
            for each in fresh
        ]
    )
    for each in fresh:
        assert each.due_at is not None  # as the query asks
        publish(
            DeadlineNear(
                actor.company_id, each.case_id, str(each.case), each.clock, each.due_at,
                each.case.assignee_id, each.case.queue_id,
            )
        )  # fmt: skip
    return len(fresh)


def anything_near() -> bool:
    """Whether a deadline is near, in any company."""
    return Clock.objects.filter(state=RUNNING, warn_at__lte=timezone.now()).exists()


@every(minutes=1, when=anything_near)
@job(title=_("Warn of deadlines"), quick=True)
def warn_of_what_is_near(work: Work, /) -> None:
    """Warn of the deadlines that come near, company by company, as the installation."""
    now = timezone.now()
    near = Clock.objects.filter(state=RUNNING, warn_at__lte=now).values("company_id")
    for company in Company.objects.filter(pk__in=near).order_by("pk"):
        warn_of_deadlines(console_actor(company), now=now)
