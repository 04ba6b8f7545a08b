"""A department on the post: people write to it and read what it answers, over real servers."""

from dataclasses import dataclass
from typing import ClassVar

from kantoor.kernel.actors.actor import installation_actor
from kantoor.kernel.jobs.declared import DeclaredJob
from kantoor.kernel.jobs.worker import work_off
from kantoor.kernel.mail.delivering import send_mail
from kantoor.kernel.mail.mailboxes import MailboxDraft
from kantoor.kernel.mail.models import MailIn
from kantoor.kernel.mail.reading.message import Message
from kantoor.kernel.mail.tests.letters import letter
from kantoor.kernel.mail.tests.post import PASSWORD, USER, Box, Post


@dataclass
class PostRoom:
    """The servers of a department, and the job that reads its mailboxes."""

    post: Post
    imap: Box
    reads: ClassVar[DeclaredJob[[]]]

    def receive(self, *messages: Message) -> None:
        """Deliver messages to the mailbox, and let Kantoor read it and send what it has to say."""
        self.imap.put(*(message.raw for message in messages))
        self.work()

    def work(self) -> None:
        """Let the jobs run that come by themselves."""
        for job in (self.reads, send_mail):
            job.enqueue_once("scheduled", installation_actor())
            work_off()

    def last_state(self) -> tuple[str, str]:
        """What became of the last message that came in, and why it is held."""
        row = MailIn.objects.latest("pk")
        return row.state, row.held_for

    def got(self, address: str) -> Message:
        """The last message that somebody got."""
        return self.post.to(address)[-1]


def mailbox_at(imap: Box, name: str, address: str, sender_name: str) -> MailboxDraft:
    """How the mailbox of a department on this server is read."""
    return MailboxDraft(
        name=name, address=address, sender_name=sender_name, host="127.0.0.1", port=imap.port,
        security="none", user=USER, password=PASSWORD,
    )  # fmt: skip


def reply(to: Message, body: str, /, *, wrote: str, **headers: str) -> Message:
    """An answer as mail programs write it: to the Reply-To, in the thread, with the quotation.

    `wrote` is who wrote what is quoted.
    """
    given = {
        "to": to.headers.get("reply-to"),
        "subject": f"Re: {to.subject}",
        "message_id": f"<{abs(hash(body))}@reply>",
        "in_reply_to": f"<{to.message_id}>",
        "references": f"<{to.message_id}>",
    }
    quoted = "\n".join(f"> {line}" for line in to.top.text().split("\n"))
    return letter(f"{body}\n\nOn Monday {wrote} wrote:\n{quoted}\n", **{**given, **headers})
