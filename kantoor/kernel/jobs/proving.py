"""Each night everything is proved against the record, so that nobody has to think of asking.

What was found stays for as long as jobs do (30 days): for the register of proofs, the figure and Today.
It is no table of its own that an act writes: what has to say that the record is damaged can't lie in it.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.figures import Days, Value, figure
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.models import DONE, Job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.paging import PAGE, Page, page_by
from kantoor.kernel.queries import query
from kantoor.kernel.record.acts import READ
from kantoor.kernel.record.verify.system import verify
from kantoor.kernel.spans import only_now

NAME = "kernel.prove_everything"
NIGHT = range(5)
"""Hours of UTC in which few people work in Europe."""
A_NIGHT_AGO = timedelta(hours=20)
A_DAY_AGO = timedelta(hours=30)
NAMED = 50
"""So many places are named; `kantoor verify` names them all."""
log = logging.getLogger(__name__)


class Proved(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it: how many rows and files were proved, how many places differ, the first of them."""

    rows: int
    faults: int
    places: list[str]
    seconds: float


class ProofRow(msgspec.Struct, frozen=True, kw_only=True):
    """One time that everything was proved; `outcome` is good or differs, `places` names what differs."""

    at: datetime
    outcome: str
    rows: int
    faults: int
    places: str
    seconds: int


def proof_due() -> bool:
    """Whether a night has come since the last time, or a day went by without one."""
    now = timezone.now()
    last = _proofs().order_by("-pk").values_list("created_at", flat=True).first()
    if last is None:
        last = Company.objects.order_by("pk").values_list("created_at", flat=True).first()
    if last is None:
        return False
    return last < now - (A_NIGHT_AGO if now.hour in NIGHT else A_DAY_AGO)


@every(minutes=60, when=proof_due)
@job(title=_("Prove everything"))
def prove_everything(work: Work, /) -> Proved:
    """Prove every row and file of the installation against its record, as `kantoor verify` does."""
    found = verify()
    places = [fault.where for fault in found.faults]
    for fault in found.faults[:NAMED]:
        log.error("not as the record says: %s: %s", fault.where, fault.what)
    return Proved(
        rows=found.rows,
        faults=len(places) + found.more_faults,
        places=places[:NAMED],
        seconds=found.seconds,
    )


def _proofs() -> "QuerySet[Job]":
    return Job.objects.filter(name=NAME)


def last_proof() -> ProofRow | None:
    """What the last one that ended found; of the whole installation, as the record is."""
    row = _proofs().filter(state=DONE).order_by("-pk").first()
    return _row(row) if row is not None else None


def _row(row: Job) -> ProofRow:
    try:
        found = msgspec.json.decode(row.result, type=Proved)
    except msgspec.MsgspecError:
        # Not as it was written: what somebody would do who has something to hide.
        found = Proved(rows=0, faults=1, places=[f"kernel_job row {row.pk}"], seconds=0)
    return ProofRow(
        at=row.ended_at or row.created_at,
        outcome="differs" if found.faults else "good",
        rows=found.rows,
        faults=found.faults,
        places=", ".join(found.places),
        seconds=round(found.seconds),
    )


@query(permission=READ, title=_("Proofs"), exposed=True)
def proofs(actor: Actor, /, *, cursor: str = "", limit: int = PAGE) -> Page[ProofRow]:
    """When everything was proved against the record, and what differed; the latest first."""
    found = _proofs().filter(state=DONE)
    return page_by(found, order=("-id",), cursor=cursor, limit=limit, totals={}).map(_row)


def _register(_days: Days) -> str:
    return "/management/proofs"


@figure(
    name="kernel.differs",
    title=_("Not as the record says"),
    kind="number",
    of="now",
    permission=READ,
    better="lower",
    sources=_register,
    meaning=_("Rows, columns and files that differed from the record when all was proved last."),
)
def differs(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    last = last_proof()
    return only_now(spans, last.faults if last else None)
