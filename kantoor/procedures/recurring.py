"""What duties and checklists do by themselves: duties come, late ones go on, items are looked at anew."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.events import keep_before_commit
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.days import furthest_day
from kantoor.kernel.actors.models import Company
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.outbox.outgoing import event_type
from kantoor.procedures.actions.checklists import look_at_checklists
from kantoor.procedures.actions.duties import (
    end_duties_by_procedure,
    let_duties_come,
    pass_late_duties_on,
)
from kantoor.procedures.models import ChecklistRun, Duty, DutyTime, RunListener

LOT = 50
"""So many duties or checklists in one transaction."""


@keep_before_commit
def look_after(actor: Actor, events: Sequence[object]) -> None:
    """Have checklists looked at that listen to these events, once the transaction has committed."""
    names = {event_type(type(event)) for event in events}
    found = RunListener.objects.filter(company=actor.company_id, event__in=names)
    if runs := sorted(set(found.values_list("run_id", flat=True))):
        look_when_told.enqueue(console_actor(Company.objects.get(pk=actor.company_id)), runs=runs)


@job(title=_("Look at checklists after an event"), quick=True)
def look_when_told(work: Work, /, *, runs: list[int]) -> int:
    """Look anew at these checklists, in lots; gives how many were open."""
    found = ChecklistRun.objects.filter(pk__in=runs, is_open=True)
    return _look(work, list(found.order_by("company_id", "pk").values_list("company_id", "pk")))


def _to_look() -> bool:
    return ChecklistRun.objects.filter(_due(timezone.now())).exists()


def _due(now: datetime) -> Q:
    return Q(look_at__isnull=False, look_at__lte=now)


@every(minutes=1, when=_to_look)
@job(title=_("Look at checklists"), quick=True)
def look_when_due(work: Work, /) -> int:
    """Look anew at checklists that were not for an hour; gives how many."""
    rows = ChecklistRun.objects.filter(_due(timezone.now())).order_by("look_at")
    return _look(work, sorted(rows.values_list("company_id", "pk")[:5_000]))


def _look(work: Work, rows: Sequence[tuple[int, int]]) -> int:
    count = 0
    for company in sorted({company for company, _run in rows}):
        keys = [run for each, run in rows if each == company]
        acting = console_actor(Company.objects.get(pk=company))
        for start in range(0, len(keys), LOT):
            count += look_at_checklists(acting, runs=keys[start : start + LOT])
            work.progress(count)
    return count


# --- duties


def _waiting_duties() -> "QuerySet[Duty]":
    """Those whose day it is somewhere; the action leaves those whose day it is not yet."""
    return Duty.objects.filter(Q(appears_on__isnull=False, appears_on__lte=furthest_day()))


def _duties_due() -> bool:
    return _waiting_duties().exists()


@every(minutes=10, when=_duties_due)
@job(title=_("Let duties come"), quick=True)
def let_duties_come_when_due(work: Work, /) -> int:
    """Let every duty come whose day it is, each once however often this is broken off."""
    count = 0
    for company in sorted(set(_waiting_duties().values_list("company_id", flat=True))):
        acting = console_actor(Company.objects.get(pk=company))
        while made := let_duties_come(acting):
            count += made
            work.progress(count)
    return count


def _late() -> Q:
    return Q(is_open=True, due_at__lt=timezone.now(), escalated_at=None)


def _duties_late() -> bool:
    return DutyTime.objects.filter(_late()).exclude(duty__escalate="").exists()


@every(minutes=10, when=_duties_late)
@job(title=_("Pass late duties on"), quick=True)
def pass_late_duties_on_when_due(work: Work, /) -> int:
    """Let late duties go to who is told of them; gives how many."""
    late = DutyTime.objects.filter(_late()).exclude(duty__escalate="")
    count = 0
    for company in sorted(set(late.values_list("company_id", flat=True))):
        acting = console_actor(Company.objects.get(pk=company))
        while passed := pass_late_duties_on(acting):
            count += passed
            work.progress(count)
    return count


def _by_procedure() -> Q:
    return Q(is_open=True, instance__ended_at__isnull=False)


def _duties_ended() -> bool:
    return DutyTime.objects.filter(_by_procedure()).exists()


@every(minutes=10, when=_duties_ended)
@job(title=_("End duties whose procedure has ended"), quick=True)
def end_duties_when_ended(work: Work, /) -> int:
    """End what procedures have ended; gives how many."""
    count = 0
    found = DutyTime.objects.filter(_by_procedure())
    for company in sorted(set(found.values_list("company_id", flat=True))):
        acting = console_actor(Company.objects.get(pk=company))
        while ended := end_duties_by_procedure(acting):
            count += ended
            work.progress(count)
    return count
