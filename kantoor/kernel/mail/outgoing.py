"""Write mail to be sent: it belongs to the action that writes it, and goes out after its commit."""

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.files.models import File
from kantoor.kernel.mail.models import SUPPRESSED, WAITING, Mailbox, MailOut, MailTo, Unreachable
from kantoor.kernel.mail.people import subjects_of
from kantoor.kernel.mail.tokens import Thread, reply_address
from kantoor.kernel.queries import scoped
from kantoor.kernel.record.keyring import secrets as secrets_of_house

MOST_ANSWERS = 30
LONGEST_BODY = 200_000


@dataclass(frozen=True)
class Addressee:
    """Somebody to write to; `person` is what the token of their replies says of them."""

    name: str
    address: str
    person: int = 0


@dataclass(frozen=True)
class Letter:
    """A message to be sent. `about` is what it belongs to, `thread` the letter and the number
    that its tokens name; `answers` the Message-IDs that it refers to, the nearest first;
    `attachment` a stored file that goes with it. `html` is the whole letter once more as a page,
    for mail programs that show those.
    """

    mailbox: Mailbox
    about: str
    thread: tuple[str, int]
    subject: str
    body: str
    to: Sequence[Addressee]
    answers: Sequence[str] = ()
    automatic: bool = False
    message_id: str = field(default="")
    attachment: File | None = None
    html: str = ""


def write_letters(actor: Actor, letters: Sequence[Letter]) -> list[MailOut]:
    """Put letters in the queue, each for every addressee apart; gives their rows.

    Who can't be reached any more is passed over with that state, to be seen on the page.
    """
    addresses = {each.address for letter in letters for each in letter.to}
    if not addresses:
        return []
    persons, now = subjects_of(actor, addresses), timezone.now()
    unreachable = set(
        scoped(actor, Unreachable)
        .filter(address__in=addresses, lifted_at=None)
        .values_list("address", flat=True)
    )
    mails = MailOut.objects.bulk_create(
        MailOut(
            subject_id=persons.get(letter.to[0].address) if letter.to else None,
            company_id=actor.company_id,
            mailbox=letter.mailbox,
            message_id=letter.message_id or new_message_id(letter.mailbox),
            about=letter.about,
            subject=one_line(letter.subject)[:300],
            body=letter.body[:LONGEST_BODY].replace("\0", ""),
            # Half a page is none: the text says it all.
            html=letter.html.replace("\0", "") if len(letter.html) <= LONGEST_BODY else "",
            answers=" ".join(letter.answers[:MOST_ANSWERS]),
            automatic=letter.automatic,
            attachment=letter.attachment,
            created_at=now,
        )
        for letter in letters
    )
    MailTo.objects.bulk_create(
        MailTo(
            subject_id=persons.get(each.address),
            company_id=actor.company_id,
            mail=mail,
            name=one_line(each.name)[:200],
            address=each.address,
            reply_to=reply_address(
                letter.mailbox.address, actor.company_id, Thread(*letter.thread, each.person)
            ),
            state=SUPPRESSED if each.address in unreachable else WAITING,
            next_at=now,
        )
        for letter, mail in zip(letters, mails, strict=True)
        for each in letter.to
    )
    return mails


def new_message_id(mailbox: Mailbox) -> str:
    """A Message-ID that nobody can guess: knowing it shows that one got the message."""
    return f"{secrets.token_hex(16)}@{mailbox.address.rpartition('@')[2]}"


def sending_mailbox(actor: Actor, purpose: str) -> Mailbox | None:
    """The mailbox that a department writes from: its own, else the company's first that is in use."""
    boxes = list(scoped(actor, Mailbox).filter(active=True).order_by("pk"))
    return next((box for box in boxes if box.purpose == purpose), boxes[0] if boxes else None)


def steady_message_id(mailbox: Mailbox, said: str) -> str:
    """The same Message-ID for the same words, so that they go out once; not to be guessed."""
    digest = hashlib.blake2b(said.encode(), key=secrets_of_house().sealing[:64], digest_size=16)
    return f"{digest.hexdigest()}@{mailbox.address.rpartition('@')[2]}"


def one_line(text: str) -> str:
    """Text fit for a field of a header."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text).strip()
