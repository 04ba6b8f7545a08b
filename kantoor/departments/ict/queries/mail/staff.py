"""Answers that staff write from their own mail program: the address for them, and who may.

Where mail is from anybody may write, so that alone lets nobody speak for the desk. Each colleague
has an address of their own for a case, signed, which only their page shows; mail to it counts as
their answer when it is from them as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import Case, QueueMember
from kantoor.kernel.actors.actor import Actor, actor_for
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import NotAllowed
from kantoor.kernel.mail.models import Mailbox
from kantoor.kernel.mail.reading.message import Message
from kantoor.kernel.mail.tokens import Thread, reply_address, thread_of
from kantoor.kernel.parties.models import PartyUser
from kantoor.kernel.queries import query, scoped

STAFF = "s"
"""The letter of staff in tokens; the person of such a token is their account."""
HANDLE = "ict.handle_cases"


@dataclass(frozen=True)
class Answer:
    """A message of a colleague to a case; `actor` is None where it is none of theirs after all."""

    case: int
    actor: Actor | None


@query(permission=HANDLE, title=_("Address to answer a case from"))
def answer_address(actor: Actor, /, *, case_id: int) -> str:
    """Where the actor can mail an answer to a case from their own mail program.

    Empty without a mailbox, or where it is not known which e-mail address is theirs.
    """
    box = scoped(actor, Mailbox).filter(purpose="ict", active=True).order_by("pk").first()
    mine = scoped(actor, PartyUser).filter(user_id=actor.user_id or 0).exclude(party__email="")
    if box is None or not mine.exists():
        return ""
    thread = Thread(STAFF, case_id, actor.user_id or 0)
    return reply_address(box.address, actor.company_id, thread)


def staff_answers(actor: Actor, messages: Sequence[Message]) -> list[Answer | None]:
    """Which messages are sent to an address of staff, and whether they are really theirs.

    The statements grow with the colleagues who wrote, not with what they wrote.
    """
    threads = [_thread(actor, message) for message in messages]
    users = {thread.person for thread in threads if thread}
    if not users:
        return [None] * len(messages)
    mine = scoped(actor, PartyUser).filter(user__in=users).select_related("party", "user")
    known = {row.user_id: row for row in mine}
    company = Company.objects.get(pk=actor.company_id)
    handling = {key: _acting(row, company) for key, row in known.items()}
    cases = {thread.thing for thread in threads if thread}
    queues = dict(scoped(actor, Case).filter(pk__in=cases).values_list("pk", "queue"))
    members = set(
        QueueMember.objects.filter(user__in=users, active=True).values_list("queue", "user")
    )
    found: list[Answer | None] = []
    for message, thread in zip(messages, threads, strict=True):
        if thread is None or thread.thing not in queues:
            found.append(None)
            continue
        row, acting = known.get(thread.person), handling.get(thread.person)
        theirs = row is not None and row.party.email.strip().lower() == message.sender.address
        may = acting is not None and (
            acting.may(HANDLE) or (queues[thread.thing], thread.person) in members
        )
        found.append(Answer(thread.thing, acting if theirs and may else None))
    return found


def _thread(actor: Actor, message: Message) -> Thread | None:
    found = (thread_of(address, actor.company_id) for address in message.delivered_to)
    return next((thread for thread in found if thread and thread.letter == STAFF), None)


def _acting(row: PartyUser, company: Company) -> Actor | None:
    try:
        return actor_for(row.user, company)
    except NotAllowed:
        return None
