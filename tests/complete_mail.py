"""Rows in every table of mail, for `complete.py`."""

from django.utils import timezone

from kantoor.departments.ict.actions.mail.arriving import keep_mail, place_mail
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.bounces.found import FAILED, Failure
from kantoor.kernel.mail.bouncing import note_unreachable
from kantoor.kernel.mail.keeping import keep_messages
from kantoor.kernel.mail.models import Mailbox, MailboxState
from kantoor.kernel.mail.outgoing import Addressee, Letter, write_letters
from kantoor.kernel.mail.sealing import locked


def mail(anne: Actor) -> None:
    """Everything of mail that leaves rows."""
    write_mail_for_test(anne)
    raw = [b"From: eva%d@example.org\nSubject: Help\n\nIt beeps" % n for n in range(2)]
    place_mail(anne, mail_ids=keep_mail(anne, contents=raw))


@action(permission="tests.write", title="Write mail for a test", hidden=True)
def write_mail_for_test(actor: Actor, /) -> None:
    """Two mailboxes, two messages in and out, two addresses that can't be reached."""
    boxes = Mailbox.objects.bulk_create(
        Mailbox(
            company_id=actor.company_id, purpose="ict", name=name, address=f"{name}@kantoor.example",
            sender_name="ICT", host="imap.kantoor.example", port=993, security="tls", user=name,
            password=locked("secret"), created_at=timezone.now(),
        )
        for name in ("desk", "help")
    )  # fmt: skip
    MailboxState.objects.bulk_create(
        MailboxState(mailbox=box, tried_at=timezone.now(), error="It is full.") for box in boxes
    )
    raw = [b"From: bo@example.org\nMessage-ID: <%d@x>\n\nHello" % n for n in range(2)]
    keep_messages(actor, raw, purpose="ict", mailbox_id=boxes[0].pk)
    to = [Addressee("Bo", "bo@example.org", 1)]
    write_letters(
        actor,
        [Letter(box, "ict.case/1", ("c", 1), "Printer", "It prints.", to) for box in boxes],
    )
    note_unreachable(
        actor, [Failure(f"{name}@example.org", FAILED, "5.1.1") for name in ("cas", "dirk")]
    )
