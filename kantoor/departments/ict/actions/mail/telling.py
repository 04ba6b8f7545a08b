"""Mail to colleagues goes out by itself: who must agree, and who hears of a deadline that passed."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.opening import HANDLE
from kantoor.departments.ict.actions.mail.arriving import PURPOSE
from kantoor.departments.ict.actions.mail.notices import tell_of_deadlines, tell_of_requests
from kantoor.departments.ict.events import ApprovalAsked, DeadlinePassed
from kantoor.kernel.actions.events import keep_before_commit
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.mail.models import Mailbox


@keep_before_commit
def mail_who_must_know(actor: Actor, happened: Sequence[object]) -> None:
    """Have letters sent of what this transaction asks or tells: the job is there if and only if it is."""
    asked = [each.case_id for each in happened if isinstance(each, ApprovalAsked)]
    passed = [each.escalation_id for each in happened if isinstance(each, DeadlinePassed)]
    if not asked and not passed:
        return
    if Mailbox.objects.filter(company=actor.company_id, purpose=PURPOSE, active=True).exists():
        mail_notices.enqueue(replace(actor, user_id=None), requests=asked, deadlines=passed)


@job(title=_("Mail who must know"), quick=True)
def mail_notices(work: Work, /, *, requests: list[int], deadlines: list[int]) -> int:
    """Write to who must agree and who hears of deadlines; gives how many letters were written."""
    return send_notices(work.actor, requests=requests, deadlines=deadlines)


@action(permission=HANDLE, title=_("Mail who must know"), hidden=True)
def send_notices(actor: Actor, /, *, requests: Sequence[int], deadlines: Sequence[int]) -> int:
    """Write of the requests of these cases and these escalations; the same again is not sent."""
    return tell_of_requests(actor, requests) + tell_of_deadlines(actor, deadlines)
