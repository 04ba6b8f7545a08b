"""Where the press writes to: people write, and read what they are answered, over real servers."""

from dataclasses import dataclass

from kantoor.departments.communication.actions.mail.mailboxes import add_mailbox
from kantoor.departments.communication.actions.mail.working import read_communication_mailboxes
from kantoor.departments.communication.models import Question
from kantoor.departments.communication.tests.press import Press
from kantoor.kernel.mail.reading.message import Message
from kantoor.kernel.mail.tests import post_room
from kantoor.kernel.mail.tests.letters import letter
from kantoor.kernel.mail.tests.post import Box, Post
from kantoor.kernel.mail.tests.post_room import mailbox_at

ADDRESS = "press@bakker.example"
JORIS = "Joris Pen <joris@courant.example>"


@dataclass
class PostRoom(post_room.PostRoom):
    """The company with its servers; everything is said with mail."""

    press: Press
    reads = read_communication_mailboxes

    def questions(self) -> list[Question]:
        return list(Question.objects.order_by("number"))

    def got(self, address: str = "joris@courant.example") -> Message:
        """The last message that somebody got, Joris if none is said."""
        return super().got(address)


def begin_post_room(press: Press, post: Post, imap: Box) -> PostRoom:
    """Give the company its mailbox."""
    add_mailbox(press.nora, mailbox=mailbox_at(imap, "Press", ADDRESS, "Bakker Press"))
    return PostRoom(post, imap, press)


def first_mail(body: str = "How many work there?\n", **headers: str) -> Message:
    """What Joris writes to begin with."""
    given = {
        "from": JORIS, "to": ADDRESS, "subject": "The new hall", "message_id": "<1@courant>",
        "date": "Mon, 2 Nov 2026 09:00:00 +0100",
    }  # fmt: skip
    return letter(body, **{**given, **headers})


def reply(to: Message, body: str, /, **headers: str) -> Message:
    """What Joris answers."""
    return post_room.reply(to, body, wrote=ADDRESS, **{"from": JORIS, **headers})
