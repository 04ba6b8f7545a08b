"""What comes by itself: the record is signed, and what nobody needs any more goes."""

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.attempts import purge_attempts
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.models import DONE, FAILED, Job
from kantoor.kernel.jobs.proving import NAME as PROOF
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.record.signing import sign_head
from kantoor.kernel.store.scrub import scrub_if_wanted

KEEP_JOBS = timedelta(days=30)
KEEP_SCHEDULED = timedelta(hours=24)


@every(minutes=10)
@job(title=_("Sign the record"), quick=True)
def sign_record(work: Work, /) -> int | None:
    """Sign the head of the record, if it grew; gives how many acts it then has."""
    signed = sign_head()
    return signed.size if signed else None


@every(minutes=60)
@job(title=_("Keep house"), quick=True)
def keep_house(work: Work, /) -> None:
    """Forget jobs that ended long ago, sessions that expired, attempts of before, and the erased."""
    now = timezone.now()
    ended = Job.objects.filter(state__in=[DONE, FAILED])
    ended.filter(ended_at__lt=now - KEEP_JOBS).delete()
    scheduled = ended.filter(ended_at__lt=now - KEEP_SCHEDULED, once__endswith="/scheduled")
    scheduled.exclude(name=PROOF).delete()
    purge_attempts()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    scrub_if_wanted()
