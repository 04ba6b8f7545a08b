"""Where the press writes to: people write, and read what they are answered, over real servers."""

from dataclasses import dataclass

from kantoor.departments.communication.actions.mail.mailboxes import add_mailbox
from kantoor.departments.communication.actions.mail.working import read_communication_mailboxes
from kantoor.departments.communication.models import Question
from kantoor.departments.communication.tests.press import Press
from kantoor.kernel.actors.actor import installation_actor
from kantoor.kernel.jobs.worker import work_off
from kantoor.kernel.mail.delivering import send_mail
from kantoor.kernel.mail.mailboxes import MailboxDraft
from kantoor.kernel.mail.models import MailIn
from kantoor.kernel.mail.reading.message import Message
from kantoor.kernel.mail.tests.letters import letter
from kantoor.kernel.mail.tests.post import PASSWORD, USER, Box, Post

ADDRESS = "press@bakker.example"
JORIS = "Joris Pen <joris@courant.example>"


@dataclass
class PostRoom:
    """The company with its servers; everything is said with mail."""

    press: Press
    post: Post
    imap: Box

    def receive(self, *messages: Message) -> None:
        """Deliver messages, and let Kantoor read them and send what it has to say."""
        self.imap.put(*(message.raw for message in messages))
        self.work()

    def work(self) -> None:
        """Let the jobs run that come by themselves."""
        read_communication_mailboxes.enqueue_once("scheduled", installation_actor())
        work_off()
        send_mail.enqueue_once("scheduled", installation_actor())
        work_off()

    def questions(self) -> list[Question]:
        return list(Question.objects.order_by("number"))

    def last_state(self) -> tuple[str, str]:
        """What became of the last message that came in, and why it is held."""
        row = MailIn.objects.latest("pk")
        return row.state, row.held_for

    def got(self, address: str = "joris@courant.example") -> Message:
        """The last message that somebody got."""
        return self.post.to(address)[-1]


def begin_post_room(press: Press, post: Post, imap: Box) -> PostRoom:
    """Give the company its mailbox."""
    add_mailbox(
        press.nora,
        mailbox=MailboxDraft(
            name="Press", address=ADDRESS, sender_name="Bakker Press", host="127.0.0.1",
            port=imap.port, security="none", user=USER, password=PASSWORD,
        ),
    )  # fmt: skip
    return PostRoom(press, post, imap)


def first_mail(body: str = "How many work there?\n", **headers: str) -> Message:
    """What Joris writes to begin with."""
    given = {
        "from": JORIS, "to": ADDRESS, "subject": "The new hall", "message_id": "<1@courant>",
        "date": "Mon, 2 Nov 2026 09:00:00 +0100",
    }  # fmt: skip
    return letter(body, **{**given, **headers})


def reply(to: Message, body: str, /, **headers: str) -> Message:
    """An answer as mail programs write it: to the Reply-To, in the thread."""
    given = {
        "from": JORIS,
        "to": to.headers.get("reply-to"),
        "subject": f"Re: {to.subject}",
        "message_id": f"<{abs(hash(body))}@reply>",
        "in_reply_to": f"<{to.message_id}>",
        "references": f"<{to.message_id}>",
    }
    quoted = "\n".join(f"> {line}" for line in to.top.text().split("\n"))
    return letter(f"{body}\n\nOn Monday {ADDRESS} wrote:\n{quoted}\n", **{**given, **headers})
