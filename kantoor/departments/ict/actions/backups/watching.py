"""Watch over backups: runs that did not come, and what is due to be made or proved."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.backups.making import make_backup
from kantoor.departments.ict.actions.backups.planning import about, plans_by_code, run_source
from kantoor.departments.ict.actions.backups.proving import repository_check, restore_drill
from kantoor.departments.ict.actions.watching.incidents import Found, begin_troubles
from kantoor.departments.ict.models import BackupPlan, BackupProof, Trouble
from kantoor.departments.ict.models.backups.plan import KANTOOR, OTHER
from kantoor.departments.ict.models.backups.run import DRILL, READ
from kantoor.departments.ict.queries.backups.lateness import Lateness
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.queries import scoped


def anything_planned() -> bool:
    """Whether anything has to be backed up."""
    return BackupPlan.objects.filter(active=True).exists()


@every(minutes=1, when=anything_planned)
@job(title=_("Watch over backups"), quick=True)
def watch_backups(work: Work, /) -> int:
    """Raise what is missed, and begin what is due; gives how many runs are missed."""
    return watch(timezone.now())


def watch(now: datetime) -> int:
    """One look at all plans of all companies."""
    missed = 0
    plans: dict[int, list[BackupPlan]] = {}
    for plan in _with_latest(BackupPlan.objects.filter(active=True).order_by("pk")):
        plans.setdefault(plan.company_id, []).append(plan)
    lateness = Lateness.of(plan for listed in plans.values() for plan in listed)
    for company in Company.objects.filter(pk__in=plans):
        actor = console_actor(company)
        with translation.override(actor.language):
            _begin_due(actor, plans[company.pk], now)
            late = [plan for plan in plans[company.pk] if _is_late(plan, lateness, now)]
            missed += len(late)
            if fresh := _not_raised(actor, late):
                raise_missed_runs(actor, plans=[plan.code for plan in fresh])
    return missed


@action(permission="ict.manage_backups", title=_("Raise missed backups"), hidden=True)
def raise_missed_runs(actor: Actor, /, *, plans: Sequence[str]) -> None:
    """Raise an incident for plans whose run did not come; one that is raised changes nothing."""
    found = plans_by_code(actor, plans)
    begin_troubles(
        actor,
        [
            Found(
                source=run_source(plan),
                about=about(plan),
                title=gettext("Backup of {name}: no run came").format(name=plan.name),
                text=gettext(
                    "A run is expected every {hours} hours; the last is longer ago."
                ).format(hours=plan.every_s // 3600),
                urgency=2,
            )
            for plan in found.values()
        ],
    )


def _with_latest(plans: QuerySet[BackupPlan]) -> QuerySet[BackupPlan]:
    """Plans with the moments of their last good run, last drill and last reading."""
    proofs = BackupProof.objects.filter(plan=OuterRef("pk")).values("plan")
    return plans.annotate(
        last_run=Max("runs__ended_at", filter=Q(runs__ok=True)),
        last_try=Max("runs__ended_at"),
        last_drill=Subquery(proofs.filter(kind=DRILL).annotate(at_=Max("at")).values("at_")),
        last_read=Subquery(proofs.filter(kind=READ).annotate(at_=Max("at")).values("at_")),
    )


def _is_late(plan: BackupPlan, lateness: Lateness, now: datetime) -> bool:
    last: datetime | None = plan.last_run  # type: ignore[attr-defined]
    return lateness.too_late_at(plan, last or plan.created_at) < now


def _not_raised(actor: Actor, late: Sequence[BackupPlan]) -> list[BackupPlan]:
    sources = [run_source(plan) for plan in late]
    raised = scoped(actor, Trouble).filter(ended_at=None, source__in=sources)
    known = set(raised.values_list("source", flat=True))
    return [plan for plan in late if run_source(plan) not in known]


def _begin_due(actor: Actor, plans: Sequence[BackupPlan], now: datetime) -> None:
    for plan in plans:
        last_run: datetime | None = plan.last_run  # type: ignore[attr-defined]
        last_try: datetime | None = plan.last_try  # type: ignore[attr-defined]
        if plan.runs_here and _is_due(last_try, timedelta(seconds=plan.every_s), now):
            make_backup.enqueue_once(f"{plan.pk}", actor, plan=plan.code)
        reachable = plan.tool == KANTOOR or (plan.tool != OTHER and plan.repository)
        if not reachable or last_run is None:
            continue
        drilled, read = plan.last_drill, plan.last_read  # type: ignore[attr-defined]
        if plan.drill_days and _is_due(drilled, timedelta(days=plan.drill_days), now):
            restore_drill.enqueue_once(f"{plan.pk}", actor, plan=plan.code)
        if plan.check_days and _is_due(read, timedelta(days=plan.check_days), now):
            repository_check.enqueue_once(f"{plan.pk}", actor, plan=plan.code)


def _is_due(last: datetime | None, every_: timedelta, now: datetime) -> bool:
    return last is None or last + every_ <= now
