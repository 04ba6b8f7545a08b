"""Questions that were not answered in time are told once to the officer, by inbox and mail."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.questions.writing import Doing
from kantoor.departments.communication.department import HANDLE_QUESTIONS
from kantoor.departments.communication.events import QuestionLate
from kantoor.departments.communication.models import Question, QuestionTerms
from kantoor.departments.communication.queries.questions.people import handlers_of
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import publish
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.mail.outgoing import (
    Addressee,
    Letter,
    sending_mailbox,
    steady_message_id,
    write_letters,
)
from kantoor.kernel.parties.models import PartyUser

LETTER = "l"
"""The letter of these notices in tokens: a reply to one belongs to no question."""
MOST_AT_ONCE = 1_000
LISTED = 50


@action(permission=HANDLE_QUESTIONS, title=_("Tell of questions that are late"), hidden=True)
def escalate_questions(actor: Actor, /, *, now: datetime) -> int:
    """Tell of every open question that passed its time and was not told of; gives how many.

    It stands in its timeline, in the inbox of the officer, and goes to them by mail: one letter
    for all. Without an officer it goes to everybody who sets the ways out.
    """
    rows = _late(now).filter(company=actor.company_id).select_for_update(of=("self",))
    late = list(rows.order_by("due_at", "pk")[:MOST_AT_ONCE])
    if not late:
        return 0
    told = officers(actor.company_id)
    doing = Doing(actor, "machine", at=now)
    for row in late:
        row.told_at = now
        doing.note(row, "late", ",".join(str(user) for user in told)[:60])
        publish(QuestionLate(actor.company_id, row.pk, str(row), row.due_at))
    doing.finish()
    _write(actor, told, late)
    return len(late)


def officers(company_id: int) -> list[int]:
    """Who hears of questions that are late: the officer, else who sets the ways out."""
    row = QuestionTerms.objects.filter(company=company_id).first()
    people = handlers_of(company_id)
    chosen = [each.id for each in people if row is not None and each.id == row.officer_id]
    return chosen or [each.id for each in people if each.leads]


def anything_late() -> bool:
    """Whether a question passed its time that was not told of, in any company."""
    return _late(timezone.now()).exists()


@every(minutes=1, when=anything_late)
@job(title=_("Tell of questions that are late"), quick=True)
def tell_of_late_questions(work: Work, /) -> None:
    """Tell of the questions that are late, company by company, as the installation."""
    now = timezone.now()
    late = _late(now).values("company_id")
    for company in Company.objects.filter(pk__in=late).order_by("pk"):
        escalate_questions(console_actor(company), now=now)


def _late(now: datetime) -> QuerySet[Question]:
    return Question.objects.filter(is_open=True, told_at=None, due_at__lt=now)


def _write(actor: Actor, told: Sequence[int], late: Sequence[Question]) -> None:
    """A letter to each officer with the numbers, and no words of who asked."""
    box = sending_mailbox(actor, "communication")
    if box is None:
        return
    users = User.objects.in_bulk(list(told))
    rows = PartyUser.objects.filter(company=actor.company_id, user__in=told)
    parties = {row.user_id: row.party for row in rows.select_related("party")}
    letters = []
    for user in told:
        party = parties.get(user)
        if party is None or not party.email:
            continue
        with override(party.language or users[user].language):
            subject = gettext("Questions that are late: {n}").format(n=len(late))
            listed = "\n".join(
                f"{each}  {settings.ADDRESS}/communication/questions/{each}"
                if settings.ADDRESS
                else str(each)
                for each in late[:LISTED]
            )
            body = gettext("These questions passed the time that was agreed:") + f"\n\n{listed}\n"
        key = steady_message_id(box, f"late {user} {late[0].pk} {late[0].due_at.isoformat()}")
        to = [Addressee(party.name, party.email.lower(), party.pk)]
        letters.append(
            Letter(box, f"communication.notice/{user}", (LETTER, user), subject, body, to,
                   automatic=True, message_id=key)
        )  # fmt: skip
    write_letters(actor, letters)
