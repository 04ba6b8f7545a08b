"""Warn once for each deadline that comes near, and tell when clocks ran out."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.desk import MANAGE
from kantoor.departments.ict.events import DeadlineNear
from kantoor.departments.ict.models import Clock, ClockWarning
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


@action(permission=MANAGE, title=_("Warn of deadlines"), hidden=True)
def warn_of_deadlines(actor: Actor, /, *, now: datetime) -> int:
    """Warn of every deadline that is near at a moment and was not warned of; gives how many."""
    near = _not_warned_of(now).filter(company_id=actor.company_id)
    fresh = list(near.select_related("case").order_by("warn_at")[:MOST_AT_ONCE])
    if not fresh:
        return 0
    first, at = take_ids(ClockWarning, len(fresh)), canonical(now)
    # As rows hold instants, so that the database can compare them with those of the clocks.
    rows = [
        (first + n, each.case_id, each.clock, canonical(each.due_at or now), at)
        for n, each in enumerate(fresh)
    ]
    insert_rows(ClockWarning, rows)
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
    return _not_warned_of(timezone.now()).exists()


@every(minutes=1, when=anything_near)
@job(title=_("Warn of deadlines"), quick=True)
def warn_of_what_is_near(work: Work, /) -> None:
    """Warn of the deadlines that come near, company by company, as the installation."""
    now = timezone.now()
    near = _not_warned_of(now).values("company_id")
    for company in Company.objects.filter(pk__in=near).order_by("pk"):
        warn_of_deadlines(console_actor(company), now=now)


def _not_warned_of(now: datetime) -> QuerySet[Clock]:
    """The clocks whose deadline is near and was not warned of."""
    told = ClockWarning.objects.filter(
        case_id=OuterRef("case_id"), clock=OuterRef("clock"), due_at=OuterRef("due_at")
    )
    near = Clock.objects.filter(running=True, warn_at__lte=now, due_at__isnull=False)
    return near.filter(~Exists(told))
