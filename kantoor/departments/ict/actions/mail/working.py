"""What goes on by itself: mailboxes are read, answers are sent, and silence raises the alarm."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.opening import HANDLE, open_case
from kantoor.departments.ict.actions.mail.answering import write_answers
from kantoor.departments.ict.actions.mail.arriving import PURPOSE, keep_mail, place_mail
from kantoor.departments.ict.actions.mail.deciding import hold_mail
from kantoor.departments.ict.drafts import CaseDraft
from kantoor.departments.ict.events import CaseChanged
from kantoor.departments.ict.models import Case
from kantoor.departments.ict.models.cases.timeline import CaseNote
from kantoor.kernel.actions.events import keep_before_commit
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.mail.fetching import read_mailbox, silent
from kantoor.kernel.mail.models import NEW, Mailbox, MailboxState, MailIn
from kantoor.kernel.queries import scoped

log = logging.getLogger(__name__)
AT_ONCE = 50


def any_mailbox() -> bool:
    """Whether there is a mailbox to be read."""
    return Mailbox.objects.filter(purpose=PURPOSE, active=True).exists()


@every(seconds=60, when=any_mailbox)
@job(title=_("Read mailboxes"))
def read_mailboxes(work: Work, /) -> int:
    """Read every mailbox of ICT and put what came in with its cases; gives how many came."""
    boxes = Mailbox.objects.filter(purpose=PURPOSE, active=True).select_related("company")
    count = 0
    for place, box in enumerate(boxes.order_by("pk")):
        work.progress(place, len(boxes), box.name)
        actor = console_actor(box.company)

        def keep(content: bytes, actor: Actor = actor, key: int = box.pk) -> None:
            keep_mail(actor, contents=[content], mailbox_id=key)

        count += read_mailbox(box, keep).read
        place_new(actor)
        _raise_alarm(actor, box)
    return count


def place_new(actor: Actor) -> int:
    """Put all that was kept and not yet placed with its cases; one that fails is held."""
    waiting = scoped(actor, MailIn).filter(purpose=PURPOSE, state=NEW).order_by("pk")
    keys = list(waiting.values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        _place_lot(actor, keys[start : start + AT_ONCE])
    return len(keys)


def _place_lot(actor: Actor, keys: Sequence[int]) -> None:
    try:
        place_mail(actor, mail_ids=keys)
    except Exception:
        log.exception("mail %s could not be placed at once", keys)
        if len(keys) == 1:
            hold_mail(actor, mail_ids=keys)
            return
        for key in keys:
            _place_lot(actor, [key])


def _raise_alarm(actor: Actor, box: Mailbox) -> None:
    """Open an incident for a mailbox that was not read for too long, once for each silence."""
    state = MailboxState.objects.filter(mailbox=box).first()
    if state is None or state.alarmed_at is not None or not silent(state, box):
        return
    text = gettext("The mailbox “{name}” ({address}) was not read since {since}. {error}")
    since = state.read_at or box.created_at
    draft = CaseDraft(
        title=gettext("Mailbox “{name}” can't be read").format(name=box.name),
        text=text.format(
            name=box.name, address=box.address, since=f"{since:%Y-%m-%d %H:%M} UTC",
            error=state.error,
        ),
        urgency=1, channel="alert", about=f"kernel.mailbox/{box.pk}", by_machine=True,
    )  # fmt: skip
    open_case(actor, case=draft)
    MailboxState.objects.filter(pk=state.pk).update(alarmed_at=timezone.now())


@keep_before_commit
def mail_what_is_said(actor: Actor, happened: Sequence[object]) -> None:
    """Have answers sent that this transaction writes: the job is there if and only if they are."""
    said = [each for each in happened if isinstance(each, CaseChanged) and each.public]
    keys = [key for each in said for key in each.event_ids]
    if keys and Mailbox.objects.filter(company=actor.company_id, purpose=PURPOSE).exists():
        mail_answers.enqueue(replace(actor, user_id=None), event_ids=keys)


@job(title=_("Send answers"), quick=True)
def mail_answers(work: Work, /, *, event_ids: list[int]) -> int:
    """Send the answers among these events of timelines; gives how many letters were written."""
    return send_answers(work.actor, event_ids=event_ids)


@action(permission=HANDLE, title=_("Send answers by mail"), hidden=True)
def send_answers(actor: Actor, /, *, event_ids: Sequence[int]) -> int:
    """Write the letters for what people answered; what was sent before is not sent again."""
    notes = CaseNote.objects.filter(
        event__in=event_ids, event__public=True, event__by="person",
        event__case__company=actor.company_id,
    )  # fmt: skip
    by_case: dict[int, list[CaseNote]] = {}
    for note in notes.select_related("event").order_by("pk"):
        by_case.setdefault(note.event.case_id, []).append(note)
    cases = Case.objects.select_related("requester").in_bulk(by_case)
    return sum(len(write_answers(actor, cases[key], some)) for key, some in by_case.items())
