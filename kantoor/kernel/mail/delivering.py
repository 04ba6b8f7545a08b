"""Send what waits: each address at most once, tried again only where nothing can have arrived.

The state is committed before a message is handed in and after. Whoever is killed between leaves
`sending` behind, which becomes `unsure`: a person decides, since it may have arrived.
"""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.mail.bounces.found import FAILED as NOT_DELIVERED
from kantoor.kernel.mail.bounces.found import Failure, status_in
from kantoor.kernel.mail.bouncing import note_unreachable
from kantoor.kernel.mail.models import (
    FAILED,
    SENDING,
    SENT,
    SUPPRESSED,
    UNSURE,
    WAITING,
    MailTo,
    Unreachable,
)
from kantoor.kernel.mail.sending import Said, hand_in, mail_server
from kantoor.kernel.queries import scoped

SEND_MAIL = "kernel.send_mail"
AGAIN_AFTER_S = (60, 300, 900, 3600, 3600, 7200, 14_400, 28_800, 57_600, 86_400)
"""About two and a half days in all, as mail servers do."""
IN_DOUBT_AFTER = timedelta(minutes=10)
"""A message that has been `sending` for so long is nobody's any more."""
AT_ONCE = 100
NO_LONGER_THAN_S = 30.0


def anything_due() -> bool:
    """Whether mail waits for its turn, or was left in the middle."""
    return MailTo.objects.filter(_due(timezone.now())).exists()


def _due(now: datetime) -> Q:
    waiting = Q(state=WAITING, next_at__lte=now) if settings.SMTP else Q(pk__in=[])
    return waiting | Q(state=SENDING, next_at__lte=now - IN_DOUBT_AFTER)


@every(seconds=5, when=anything_due)
@job(title=_("Send mail"), quick=True)
def send_mail(work: Work, /) -> int:
    """Send what is due, the oldest first; gives how many were handed in."""
    due = MailTo.objects.filter(_due(timezone.now())).select_related("company")
    waiting = list(due.order_by("next_at", "id")[:AT_ONCE])
    doubtful = [to for to in waiting if to.state == SENDING]
    for to in doubtful:
        said = Said(UNSURE, "broken off")
        settle_sending(console_actor(to.company), recipient_id=to.pk, said=said)
    ready = [to for to in waiting if to.state == WAITING]
    return _send(work, ready) if ready else 0


def _send(work: Work, ready: Sequence[MailTo]) -> int:
    sent, until = 0, time.monotonic() + NO_LONGER_THAN_S
    try:
        with mail_server() as client:
            for to in ready:
                actor = console_actor(to.company)
                if begin_sending(actor, recipient_id=to.pk):
                    fresh = MailTo.objects.select_related("mail__mailbox").get(pk=to.pk)
                    said = hand_in(client, fresh)
                    settle_sending(actor, recipient_id=to.pk, said=said)
                    sent += said.state == SENT
                work.progress(sent, len(ready))
                if time.monotonic() > until:
                    break
    except OSError as problem:
        # The server can't be reached: nothing was begun that is not settled.
        _postpone(ready, f"{type(problem).__name__}: {problem}"[:300])
    return sent


def _postpone(ready: Sequence[MailTo], why: str) -> None:
    """Let the rest wait a minute: it was not their fault, and is no attempt."""
    for company in {to.company for to in ready}:
        keys = [to.pk for to in ready if to.company_id == company.pk]
        postpone_sending(console_actor(company), recipient_ids=keys, why=why)


@action(permission=SEND_MAIL, title=_("Let mail wait"), hidden=True)
def postpone_sending(actor: Actor, /, *, recipient_ids: Sequence[int], why: str) -> None:
    """Try these again in a minute, since the mail server could not be reached."""
    later = timezone.now() + timedelta(minutes=1)
    rows = list(scoped(actor, MailTo).filter(pk__in=recipient_ids, state=WAITING))
    for row in rows:
        row.next_at, row.answer = later, why
    if rows:
        MailTo.objects.bulk_update(rows, ["next_at", "answer"])


def _locked(actor: Actor, recipient_id: int) -> MailTo:
    """The message to one address, which nobody else changes meanwhile. Raises NotFound."""
    found = scoped(actor, MailTo).select_for_update().filter(pk=recipient_id).first()
    if found is None:
        raise NotFound(_("It does not exist, or not in this company."))
    return found


@action(permission=SEND_MAIL, title=_("Begin to send a mail"), hidden=True)
def begin_sending(actor: Actor, /, *, recipient_id: int) -> bool:
    """Take a message in hand; false when it is another's, or its address can't be reached."""
    to = _locked(actor, recipient_id)
    if to.state != WAITING:
        return False
    unreachable = scoped(actor, Unreachable).filter(address=to.address, lifted_at=None).exists()
    to.state = SUPPRESSED if unreachable else SENDING
    to.next_at = timezone.now()
    to.save()
    return not unreachable


@action(permission=SEND_MAIL, title=_("Note what came of a mail"), hidden=True)
def settle_sending(actor: Actor, /, *, recipient_id: int, said: Said) -> None:
    """Keep what the mail server said of a message that was handed in."""
    to = _locked(actor, recipient_id)
    if to.state != SENDING:
        return
    now = timezone.now()
    to.attempts += 1
    to.answer = said.answer
    to.state = said.state
    if said.state == WAITING:
        if to.attempts > len(AGAIN_AFTER_S):
            to.state = FAILED
        else:
            to.next_at = now + timedelta(seconds=AGAIN_AFTER_S[to.attempts - 1])
    if to.state == SENT:
        to.sent_at = now
    to.save()
    if to.state == FAILED:
        failure = Failure(to.address, NOT_DELIVERED, status_in(to.answer), to.answer)
        note_unreachable(actor, [failure])


def send_again(actor: Actor, recipients: Sequence[MailTo]) -> None:
    """Let failed or doubtful ones wait again, since a person decided so; within an action."""
    now = timezone.now()
    for row in recipients:
        row.state, row.attempts, row.next_at = WAITING, 0, now
    if recipients:
        MailTo.objects.bulk_update(list(recipients), ["state", "attempts", "next_at"])
