"""What comes back of a mailing: the address it went to says whose it was, and is signed.

Whoever reads communication's mailboxes hands what came to `take_bounces` first.
"""

from collections.abc import Sequence

from django.utils import timezone

from kantoor.departments.communication.models import MailingTo
from kantoor.departments.communication.models.mailings.mailing import is_erased
from kantoor.departments.communication.queries.mailings.tokens import BOUNCE
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.bounces.found import DELAYED, DELIVERED, Failure
from kantoor.kernel.mail.bouncing import note_unreachable
from kantoor.kernel.mail.models import BOUNCED, DONE, IGNORED, SENT, UNSURE, MailIn
from kantoor.kernel.mail.reading.kinds import Kind, Sort, sort_of
from kantoor.kernel.mail.reading.message import Message
from kantoor.kernel.mail.tokens import thread_of

Arrived = tuple[MailIn, Message]


def take_bounces(actor: Actor, arrived: Sequence[Arrived]) -> list[Arrived]:
    """Take what machines wrote about our mailings, and give back the rest; within an action.

    A bounce belongs to the recipient whose address it came to, whatever it says itself, so nobody
    can silence another's address with a forged one. Automatic answers are left. What a person
    writes there is given back: it is no bounce.
    """
    named = [_recipient(actor, message) for _, message in arrived]
    keys = {key for key in named if key is not None}
    found = MailingTo.objects.filter(pk__in=keys, mailing__company=actor.company_id)
    rows = found.select_for_update(of=("self",)).in_bulk()
    rest: list[Arrived] = []
    taken: list[MailIn] = []
    failures: dict[int, Failure] = {}
    for (row, message), key in zip(arrived, named, strict=True):
        to, sort = rows.get(key or 0), sort_of(message)
        if to is None or sort.personal:
            rest.append((row, message))
            continue
        row.about = f"communication.mailing/{to.mailing_id}"
        row.state = DONE if sort.kind is Kind.BOUNCE else IGNORED
        taken.append(row)
        if (failure := _final(sort, to.address)) is not None:
            failures[to.pk] = failure
    _note(actor, [rows[key] for key in failures], failures)
    if taken:
        MailIn.objects.bulk_update(taken, ["state", "about"])
    return rest


def note_failures(actor: Actor, failures: dict[int, Failure]) -> int:
    """Note what came back otherwise (a provider tells), by recipient; gives how many there are."""
    found = MailingTo.objects.filter(pk__in=failures, mailing__company=actor.company_id)
    rows = list(found.select_for_update(of=("self",)).order_by("pk"))
    _note(actor, rows, failures)
    return len(rows)


def _note(actor: Actor, rows: Sequence[MailingTo], failures: dict[int, Failure]) -> None:
    """Mark what came back; write no more where it is sure that it is no use."""
    for row in rows:
        failure = failures[row.pk]
        if row.state in (SENT, UNSURE, BOUNCED):
            row.state = BOUNCED
            row.sent_at = row.sent_at or timezone.now()
        if not is_erased(row):
            row.answer = f"{failure.status} {failure.reason}".strip()[:300]
    if rows:
        MailingTo.objects.bulk_update(list(rows), ["state", "answer", "sent_at"])
    note_unreachable(actor, [failures[row.pk] for row in rows if not is_erased(row)])


def _recipient(actor: Actor, message: Message) -> int | None:
    """Whose address of bounces a message came to."""
    for address in message.delivered_to:
        thread = thread_of(address, actor.company_id)
        if thread is not None and thread.letter == BOUNCE:
            return thread.thing
    return None


def _final(sort: Sort, address: str) -> Failure | None:
    """What a bounce says at last, told of our address, also where it was passed on to another."""
    told = [each for each in sort.failures if each.outcome not in (DELAYED, DELIVERED)]
    own = [each for each in told if address in (each.address, each.original)]
    for each in own or told:
        return Failure(address, each.outcome, each.status, each.reason)
    return None
