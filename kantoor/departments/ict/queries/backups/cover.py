"""Cover: for each thing to back up its last run, its last proved restore, and what was promised.

Nothing is called proved that was not: a plan is `proved` when its last run came in time, a restore
of a run was compared file by file and passed, not longer ago than drills are due, nothing failed
since, and the promises (RPO, RTO) hold.
"""

from datetime import datetime, timedelta

import msgspec
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.errors_servers import UnknownPlan
from kantoor.departments.ict.models import BackupPlan, BackupProof, BackupRun
from kantoor.departments.ict.models.backups.run import DRILL
from kantoor.departments.ict.models.backups.run import READ as READING
from kantoor.departments.ict.queries.backups.lateness import Lateness
from kantoor.departments.ict.queries.servers.servers import IncidentRow, incidents_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

READ = "ict.read_backups"
PROVED, UNPROVED, FAILED, LATE, NEVER, IDLE = (
    "proved", "unproved", "failed", "late", "never", "idle",
)  # fmt: skip
DAY = timedelta(days=1)


class CoverRow(msgspec.Struct, frozen=True):
    """A plan with what holds of it; times in seconds.

    `state` is proved, unproved, failed (a drill, a reading or the last run), late, never (no run
    yet) or idle. `rpo_met` and `rto_met` are None where nothing was proved of them.
    """

    id: int
    code: str
    name: str
    server: str
    tool: str
    state: str
    last_run_at: datetime | None
    last_run_ok: bool | None
    proved_at: datetime | None
    restore_s: int | None
    rpo_s: int
    rto_s: int
    rpo_met: bool | None
    rto_met: bool | None
    read_at: datetime | None
    read_ok: bool | None
    active: bool


class RunRow(msgspec.Struct, frozen=True):
    """A run of a backup; `has_manifest` is whether its files can be compared."""

    id: int
    plan: str
    began_at: datetime
    ended_at: datetime
    ok: bool
    snapshot: str
    files: int | None
    size: int | None
    message: str
    has_manifest: bool


class ProofRow(msgspec.Struct, frozen=True):
    """A drill or a reading; `evidence` is the key of its file."""

    id: int
    plan: str
    kind: str
    at: datetime
    ok: bool
    files: int
    size: int
    wrong: int
    seconds: int
    message: str
    evidence: int | None


class PlanShown(msgspec.Struct, frozen=True):
    """A plan with all that its page shows."""

    cover: CoverRow
    repository: str
    paths: list[str]
    calendar: str
    every_s: int
    grace_s: int
    keep_days: int
    drill_days: int
    check_days: int
    runs_here: bool
    runs: list[RunRow]
    proofs: list[ProofRow]
    incidents: list[IncidentRow]


@query(permission=READ, title=_("Backups and what was proved"), exposed=True)
def cover(
    actor: Actor,
    /,
    *,
    search: str = "",
    active: bool | None = None,
    sort: str = "code",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[CoverRow]:
    """Everything that has to be backed up, with what holds of it."""
    found = with_latest(scoped(actor, BackupPlan)).select_related("server")
    if search:
        words = search.strip()
        found = found.filter(Q(code__startswith=words.lower()) | Q(name__icontains=words))
    if active is not None:
        found = found.filter(active=active)
    keys = {"code": ("code",), "name": ("name",)}
    page = page_by(found, order=sorted_by(sort, keys), cursor=cursor, limit=limit, totals={})
    now, lateness = timezone.now(), Lateness.of(page.rows)
    return page.with_rows([covered(each, lateness, now) for each in page.rows])


@query(permission=READ, title=_("A backup plan"), exposed=True)
def backup_plan(actor: Actor, /, *, code: str) -> PlanShown:
    """One plan by code. Raises UnknownPlan."""
    rows = with_latest(scoped(actor, BackupPlan)).select_related("server")
    row = rows.filter(code=code.strip().lower()).first()
    if row is None:
        message = _("There is no backup plan “{code}”.").format(code=code[:40])
        raise UnknownPlan(message, field="code")
    runs = row.runs.select_related("plan").order_by("-began_at", "-pk")[:20]
    proofs = row.proofs.select_related("plan").order_by("-at", "-pk")[:20]
    return PlanShown(
        covered(row, Lateness.of([row]), timezone.now()),
        row.repository,
        row.paths.splitlines(),
        row.calendar.code if row.calendar else "",
        row.every_s,
        row.grace_s,
        row.keep_days,
        row.drill_days,
        row.check_days,
        row.runs_here,
        [run_row(each) for each in runs],
        [proof_row(each) for each in proofs],
        incidents_of(actor, f"ict.backup_plan/{row.pk}"),
    )


@query(permission=READ, title=_("Backup runs"), exposed=True)
def backup_runs(
    actor: Actor,
    /,
    *,
    plan: str = "",
    ok: bool | None = None,
    sort: str = "-began_at",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[RunRow]:
    """The runs of backups, the latest first."""
    found = scoped(actor, BackupRun).select_related("plan")
    if plan:
        found = found.filter(plan__code=plan.strip().lower())
    if ok is not None:
        found = found.filter(ok=ok)
    keys = {"began_at": ("began_at",)}
    page = page_by(found, order=sorted_by(sort, keys), cursor=cursor, limit=limit, totals={})
    return page.with_rows([run_row(each) for each in page.rows])


@query(permission=READ, title=_("Proofs of backups"), exposed=True)
def backup_proofs(
    actor: Actor,
    /,
    *,
    plan: str = "",
    kind: str = "",
    ok: bool | None = None,
    sort: str = "-at",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[ProofRow]:
    """Restore drills and readings of repositories, the latest first."""
    found = scoped(actor, BackupProof).select_related("plan")
    if plan:
        found = found.filter(plan__code=plan.strip().lower())
    if kind:
        found = found.filter(kind=kind)
    if ok is not None:
        found = found.filter(ok=ok)
    page = page_by(
        found, order=sorted_by(sort, {"at": ("at",)}), cursor=cursor, limit=limit, totals={}
    )
    return page.with_rows([proof_row(each) for each in page.rows])


@query(permission=READ, title=_("How many backups are not proved"))
def unproved_backups(actor: Actor, /) -> int:
    """How many of the plans in use are anything but proved."""
    now = timezone.now()
    rows = with_latest(scoped(actor, BackupPlan).filter(active=True)).select_related("server")
    listed = list(rows)
    lateness = Lateness.of(listed)
    return sum(covered(each, lateness, now).state != PROVED for each in listed)


def with_latest(plans: QuerySet[BackupPlan]) -> QuerySet[BackupPlan]:
    """Plans with their last run, last drill, last drill that passed, and last reading."""
    runs = BackupRun.objects.filter(plan=OuterRef("pk")).order_by("-ended_at", "-pk")
    proofs = BackupProof.objects.filter(plan=OuterRef("pk")).order_by("-at", "-pk")
    drills, reads = proofs.filter(kind=DRILL), proofs.filter(kind=READING)
    passed = drills.filter(ok=True)
    return plans.annotate(
        good_at=Max("runs__began_at", filter=Q(runs__ok=True)),
        run_at=Subquery(runs.values("ended_at")[:1]),
        run_ok=Subquery(runs.values("ok")[:1]),
        drill_ok=Subquery(drills.values("ok")[:1]),
        passed_at=Subquery(passed.values("at")[:1]),
        passed_s=Subquery(passed.values("seconds")[:1]),
        read_at=Subquery(reads.values("at")[:1]),
        read_ok=Subquery(reads.values("ok")[:1]),
    )


def covered(plan: BackupPlan, lateness: Lateness, now: datetime) -> CoverRow:
    """What holds of a plan that was read `with_latest`."""
    found = {name: getattr(plan, name) for name in _LATEST}
    good, passed = found["good_at"], found["passed_at"]
    rpo = None if good is None else now - good <= timedelta(seconds=plan.rpo_s)
    rto = None if passed is None else found["passed_s"] <= plan.rto_s
    return CoverRow(
        id=plan.pk,
        code=plan.code,
        name=plan.name,
        server=plan.server.code if plan.server else "",
        tool=plan.tool,
        state=_state(plan, found, lateness, now, rpo=rpo, rto=rto),
        last_run_at=found["run_at"],
        last_run_ok=found["run_ok"],
        proved_at=passed,
        restore_s=found["passed_s"],
        rpo_s=plan.rpo_s,
        rto_s=plan.rto_s,
        rpo_met=rpo,
        rto_met=rto,
        read_at=found["read_at"],
        read_ok=found["read_ok"],
        active=plan.active,
    )


_LATEST = (
    "good_at", "run_at", "run_ok", "drill_ok", "passed_at", "passed_s", "read_at", "read_ok",
)  # fmt: skip


def _state(
    plan: BackupPlan,
    found: dict[str, object],
    lateness: Lateness,
    now: datetime,
    *,
    rpo: bool | None,
    rto: bool | None,
) -> str:
    if not plan.active:
        return IDLE
    if found["run_at"] is None:
        return NEVER
    if False in (found["run_ok"], found["drill_ok"], found["read_ok"]):
        return FAILED
    good, passed = found["good_at"], found["passed_at"]
    assert isinstance(good, datetime)
    if lateness.too_late_at(plan, good) < now or not rpo:
        return LATE
    old = DAY * (plan.drill_days or 366)
    if not isinstance(passed, datetime) or passed + old < now or not rto:
        return UNPROVED
    return PROVED


def run_row(row: BackupRun) -> RunRow:
    """A run as it is shown."""
    return RunRow(
        row.pk, row.plan.code, row.began_at, row.ended_at, row.ok, row.snapshot, row.files,
        row.size, row.message, row.manifest_id is not None,
    )  # fmt: skip


def proof_row(row: BackupProof) -> ProofRow:
    """A proof as it is shown."""
    return ProofRow(
        row.pk, row.plan.code, row.kind, row.at, row.ok, row.files, row.size, row.wrong,
        row.seconds, row.message, row.evidence_id,
    )  # fmt: skip
