"""Keep mail as it came, before anything is done with it; the same message twice is kept once.

Called inside a department's action.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.utils import timezone

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.files.files import Content, store_files
from kantoor.kernel.mail.models import MailIn
from kantoor.kernel.mail.people import subjects_of
from kantoor.kernel.mail.reading.kinds import sort_of
from kantoor.kernel.mail.reading.message import Message, read_message
from kantoor.kernel.queries import scoped


@dataclass(frozen=True)
class Arrival:
    """A message that was kept: its row, what it says, and whether it was there before."""

    row: MailIn
    message: Message
    known: bool


def keep_messages(
    actor: Actor, contents: Sequence[bytes], *, purpose: str, mailbox_id: int | None = None
) -> list[Arrival]:
    """Keep messages; gives them in the order they came, each with its row."""
    messages = [read_message(content) for content in contents]
    digests = [identity(message) for message in messages]
    rows = {row.digest: row for row in scoped(actor, MailIn).filter(digest__in=digests)}
    known = set(rows)
    fresh = {d: m for d, m in zip(digests, messages, strict=True) if d not in rows}
    rows |= _written(actor, fresh, purpose, mailbox_id)
    arrivals = []
    for digest, message in zip(digests, messages, strict=True):
        arrivals.append(Arrival(rows[digest], message, digest in known))
        known.add(digest)
    return arrivals


def identity(message: Message) -> str:
    """What a message is known by: its Message-ID and what it says, not the way it came."""
    headers, top = message.headers, message.top
    said = [message.message_id, *(headers.raw(name) for name in ("from", "date", "subject"))]
    digest = sha256("\0".join(said).encode())
    digest.update(memoryview(top.buffer)[top.start : top.end])
    return digest.hexdigest()


def _written(
    actor: Actor, fresh: dict[str, Message], purpose: str, mailbox_id: int | None
) -> dict[str, MailIn]:
    if not fresh:
        return {}
    persons = subjects_of(actor, (message.sender.address for message in fresh.values()))
    files = store_files(
        actor,
        [
            Content(each.raw, "message.eml", "message/rfc822", persons.get(each.sender.address))
            for each in fresh.values()
        ],
    )
    now, rows = timezone.now(), []
    for (digest, message), file in zip(fresh.items(), files, strict=True):
        sort = sort_of(message)
        rows.append(
            MailIn(
                subject_id=persons.get(message.sender.address),
                company_id=actor.company_id,
                purpose=purpose,
                mailbox_id=mailbox_id,
                file=file,
                digest=digest,
                message_id=message.message_id,
                sender=message.sender.address,
                sender_name=message.sender.name[:200],
                subject=message.subject,
                kind=sort.kind.value,
                why=sort.why[:60],
                sent_at=message.sent_at,
                received_at=now,
            )
        )
    return {row.digest: row for row in MailIn.objects.bulk_create(rows)}
