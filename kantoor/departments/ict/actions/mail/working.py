"""What goes on by itself: mailboxes are read, answers are sent, and silence raises the alarm."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from kantoor.departments.ict.actions.cases.opening import HANDLE
from kantoor.departments.ict.actions.mail.answering import write_answers
from kantoor.departments.ict.actions.mail.arriving import PURPOSE, keep_mail, place_mail
from kantoor.departments.ict.actions.mail.deciding import hold_mail
from kantoor.departments.ict.actions.mail.mailboxes import note_silence, silence_of
from kantoor.departments.ict.events import CaseChanged
from kantoor.departments.ict.models import Case, Trouble
from kantoor.departments.ict.models.cases.timeline import CaseNote
from kantoor.kernel.actions.events import keep_before_commit
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.mail.fetching import silent
from kantoor.kernel.mail.models import Mailbox, MailboxState
from kantoor.kernel.mail.placing import Desk
from kantoor.kernel.queries import scoped


def watch_silence(actor: Actor, box: Mailbox) -> None:
    """Raise that a mailbox was not read for too long, and let it be over once it is read again."""
    state = MailboxState.objects.filter(mailbox=box).first()
    is_silent = state is not None and silent(state, box)
    rows = scoped(actor, Trouble).filter(source=silence_of(box), ended_at=None)
    if is_silent != rows.exists():
        with override(actor.language):
            note_silence(
                actor, mailbox_id=box.pk, silent=is_silent, error=state.error if state else ""
            )


DESK = Desk(PURPOSE, keep=keep_mail, place=place_mail, hold=hold_mail, after=watch_silence)


@every(seconds=60, when=DESK.any_mailbox)
@job(title=_("Read mailboxes"))
def read_mailboxes(work: Work, /) -> int:
    """Read every mailbox of ICT and put what came in with its cases; gives how many came."""
    return DESK.read(work)


def place_new(actor: Actor) -> int:
    """Put all that was kept and not yet placed with its cases; one that fails is held."""
    return DESK.place_new(actor)


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
