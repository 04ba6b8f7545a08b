"""A help desk on the post: people write to it and read what it answers, over real servers."""

from dataclasses import dataclass

from kantoor.departments.ict.actions.mail.mailboxes import MailboxDraft, add_mailbox
from kantoor.departments.ict.actions.mail.working import read_mailboxes
from kantoor.departments.ict.models import Case, CaseEvent
from kantoor.departments.ict.tests.people import Desk
from kantoor.kernel.actors.actor import installation_actor
from kantoor.kernel.jobs.worker import work_off
from kantoor.kernel.mail.delivering import send_mail
from kantoor.kernel.mail.models import MailIn
from kantoor.kernel.mail.reading.message import Message
from kantoor.kernel.mail.tests.letters import letter
from kantoor.kernel.mail.tests.post import PASSWORD, USER, Box, Post

ADDRESS = "desk@bakker.example"
EVA = "Eva Erven <eva@bakker.example>"


@dataclass
class Office:
    """The desk with its servers; everything is said with mail."""

    desk: Desk
    post: Post
    imap: Box

    def receive(self, *messages: Message) -> None:
        """Deliver messages to the mailbox, and let Kantoor read it and send what it has to say."""
        self.imap.put(*(message.raw for message in messages))
        self.work()

    def work(self) -> None:
        """Let the jobs run that come by themselves."""
        read_mailboxes.enqueue_once("scheduled", installation_actor())
        work_off()
        send_mail.enqueue_once("scheduled", installation_actor())
        work_off()

    def cases(self) -> list[Case]:
        return list(Case.objects.order_by("number"))

    def notes(self, case: Case) -> list[tuple[str, bool, str]]:
        """By whom, whether public, and the text of each note of a case."""
        found = CaseEvent.objects.filter(case=case, what="note").order_by("pk")
        return [(each.by, each.public, each.note.text) for each in found]

    def last_state(self) -> tuple[str, str]:
        """What became of the last message that came in, and why it is held."""
        row = MailIn.objects.latest("pk")
        return row.state, row.held_for

    def got(self, address: str) -> Message:
        """The last message that somebody got."""
        return self.post.to(address)[-1]


def begin_office(desk: Desk, post: Post, imap: Box) -> Office:
    """Give the desk its mailbox."""
    add_mailbox(
        desk.anne,
        mailbox=MailboxDraft(
            name="Desk", address=ADDRESS, sender_name="ICT of Bakker", host="127.0.0.1",
            port=imap.port, security="none", user=USER, password=PASSWORD,
        ),
    )  # fmt: skip
    return Office(desk, post, imap)


def first_mail(body: str = "It beeps.\n", **headers: str) -> Message:
    """What Eva writes to begin with."""
    given = {
        "from": EVA, "to": ADDRESS, "subject": "The printer beeps", "message_id": "<1@eva>",
        "date": "Mon, 2 Nov 2026 09:00:00 +0100",
    }  # fmt: skip
    return letter(body, **{**given, **headers})


def reply(to: Message, body: str, /, **headers: str) -> Message:
    """An answer as mail programs write it: to the Reply-To, in the thread, with the quotation."""
    own = headers.pop("message_id", f"<{abs(hash(body))}@reply>")
    given = {
        "from": EVA,
        "to": to.headers.get("reply-to"),
        "subject": f"Re: {to.subject}",
        "message_id": own,
        "in_reply_to": f"<{to.message_id}>",
        "references": f"<{to.message_id}>",
    }
    quoted = "\n".join(f"> {line}" for line in to.top.text().split("\n"))
    return letter(f"{body}\n\nOn Monday ICT <{ADDRESS}> wrote:\n{quoted}\n", **{**given, **headers})
