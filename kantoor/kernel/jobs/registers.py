"""What can be asked about jobs, and done with them: how far one is, try a failed one again."""

from datetime import datetime

import msgspec
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import EVERYONE, Actor
from kantoor.kernel.errors import Conflict, NotFound
from kantoor.kernel.jobs.declared import job_named
from kantoor.kernel.jobs.models import FAILED, WAITING, Job
from kantoor.kernel.paging import PAGE, Page, page_by
from kantoor.kernel.queries import query

READ_JOBS = "kernel.read_jobs"
"""To see the jobs of everybody in the company; one's own one always sees."""


class JobRow(msgspec.Struct, frozen=True):
    """A job: `state` is waiting, running, done or failed; `total` nothing when not known yet.

    `result` is what the work gave, as JSON; `error` a sentence for who asked it.
    """

    key: str
    name: str
    title: str
    state: str
    done: int
    total: int | None
    message: str
    result: str
    error: str
    error_code: str
    user: str
    created_at: datetime
    ended_at: datetime | None


@query(permission=EVERYONE, title=_("Jobs"), exposed=True)
def jobs(actor: Actor, /, *, state: str = "", cursor: str = "", limit: int = PAGE) -> Page[JobRow]:
    """One's own jobs in this company, the latest first; all of them for who may read those."""
    found = Job.objects.filter(company=actor.company_id).select_related("user")
    if not actor.may(READ_JOBS):
        found = found.filter(user=actor.user_id)
    if state:
        found = found.filter(state=state)
    page = page_by(found, order=("-id",), cursor=cursor, limit=limit, totals={})
    return page.map(_row)


@query(permission=EVERYONE, title=_("A job"), exposed=True)
def job(actor: Actor, /, *, key: str) -> JobRow:
    """How far a job is, and what came of it."""
    return _row(_one(actor, key))


@action(permission=EVERYONE, title=_("Try a failed job again"))
def retry_job(actor: Actor, /, *, key: str) -> None:
    """Put a failed job in the queue again; it goes on from where it was."""
    found = _one(actor, key)
    if found.state != FAILED:
        raise Conflict(_("Only a job that failed can be tried again."), field="key")
    found.state, found.attempts, found.run_at = WAITING, 0, timezone.now()
    found.error = found.error_code = ""
    found.ended_at = None
    found.save()


def _one(actor: Actor, key: str) -> Job:
    found = Job.objects.filter(company=actor.company_id, key=key).select_related("user").first()
    if found is None or (found.user_id != actor.user_id and not actor.may(READ_JOBS)):
        raise NotFound(_("There is no such job."), field="key")
    return found


def _row(job: Job) -> JobRow:
    declared = job_named(job.name)
    return JobRow(
        job.key,
        job.name,
        force_str(declared.title) if declared else job.name,
        job.state,
        job.done,
        job.total,
        job.message,
        job.result,
        job.error,
        job.error_code,
        job.user.sign_in if job.user else "",
        job.created_at,
        job.ended_at,
    )
