"""Forget candidates whose period is over: their data and the key to its past are destroyed."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.models import Candidate
from kantoor.departments.hr.queries.privacy.holds import holds_of
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.days import furthest_day, today_of
from kantoor.kernel.actors.models import Company
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.queries import scoped
from kantoor.kernel.record.erasing import erase_subject

MOST_AT_ONCE = 200
WHY = "The period after an application is over."


@action(permission="hr.manage_growth", title=_("Forget candidates"), hidden=True)
def forget_candidates(actor: Actor, /, *, on: date) -> int:
    """Erase candidates whose period was over before a day; gives how many. Holds win.

    Safe to do twice, and to be broken off: each is forgotten wholly or not at all.
    """
    holds = holds_of(actor.company_id)
    if holds.everything:
        return 0
    rows = scoped(actor, Candidate).filter(keep_until__lt=on, erased_at=None)
    found = list(rows.exclude(subject_id=None).order_by("pk")[:MOST_AT_ONCE])
    for row in found:
        assert row.subject_id is not None
        erase_subject(actor, f"hr.candidate/{row.pk}", row.subject_id, WHY)
    return len(found)


def anybody_over() -> bool:
    """Whether a candidate's period is over, in any company."""
    rows = Candidate.objects.filter(keep_until__lt=furthest_day(), erased_at=None)
    return rows.exists()


@every(minutes=60, when=anybody_over)
@job(title=_("Forget candidates"), quick=True)
def forget_those_over(work: Work, /) -> None:
    """Forget company by company, as the installation."""
    over = Candidate.objects.filter(keep_until__lt=furthest_day(), erased_at=None).values(
        "company_id"
    )
    for company in Company.objects.filter(pk__in=over).order_by("pk"):
        acting = console_actor(company)
        while forget_candidates(acting, on=today_of(acting)) == MOST_AT_ONCE:
            pass
