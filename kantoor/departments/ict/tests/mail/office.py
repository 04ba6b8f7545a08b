"""A help desk on the post: people write to it and read what it answers, over real servers."""

from dataclasses import dataclass

from kantoor.departments.ict.actions.mail.mailboxes import add_mailbox
from kantoor.departments.ict.actions.mail.working import read_mailboxes
from kantoor.departments.ict.models import Case, CaseEvent
from kantoor.departments.ict.tests.people import Desk
from kantoor.kernel.mail.reading.message import Message
from kantoor.kernel.mail.tests import post_room
from kantoor.kernel.mail.tests.letters import letter
from kantoor.kernel.mail.tests.post import Box, Post
from kantoor.kernel.mail.tests.post_room import PostRoom, mailbox_at

ADDRESS = "desk@bakker.example"
EVA = "Eva Erven <eva@bakker.example>"


@dataclass
class Office(PostRoom):
    """The desk with its servers; everything is said with mail."""

    desk: Desk
    reads = read_mailboxes

    def cases(self) -> list[Case]:
        return list(Case.objects.order_by("number"))

    def notes(self, case: Case) -> list[tuple[str, bool, str]]:
        """By whom, whether public, and the text of each note of a case."""
        found = CaseEvent.objects.filter(case=case, what="note").order_by("pk")
        return [(each.by, each.public, each.note.text) for each in found]


def begin_office(desk: Desk, post: Post, imap: Box) -> Office:
    """Give the desk its mailbox."""
    add_mailbox(desk.anne, mailbox=mailbox_at(imap, "Desk", ADDRESS, "ICT of Bakker"))
    return Office(post, imap, desk)


def first_mail(body: str = "It beeps.\n", **headers: str) -> Message:
    """What Eva writes to begin with."""
    given = {
        "from": EVA, "to": ADDRESS, "subject": "The printer beeps", "message_id": "<1@eva>",
        "date": "Mon, 2 Nov 2026 09:00:00 +0100",
    }  # fmt: skip
    return letter(body, **{**given, **headers})


def reply(to: Message, body: str, /, **headers: str) -> Message:
    """What Eva answers."""
    return post_room.reply(to, body, wrote=f"ICT <{ADDRESS}>", **{"from": EVA, **headers})
