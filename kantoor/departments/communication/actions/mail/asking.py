"""Messages become questions, and words with them: collected one by one, written all at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext, override

from kantoor.departments.communication.actions.mail.arrived import Arrived
from kantoor.departments.communication.actions.questions.answering import acknowledge
from kantoor.departments.communication.actions.questions.working import go_on
from kantoor.departments.communication.actions.questions.writing import Doing, write_questions
from kantoor.departments.communication.models import Question
from kantoor.departments.communication.models.questions.question import (
    ACTIVE,
    MENTION,
    NEW,
    QUESTION,
)
from kantoor.departments.communication.queries.questions.threads import ABOUT
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.files.files import Content, store_files
from kantoor.kernel.files.models import File
from kantoor.kernel.mail.models import DONE
from kantoor.kernel.mail.reading.kinds import Kind
from kantoor.kernel.mail.reading.quoting import parted
from kantoor.kernel.mail.reading.texts import plain_text

LONGEST_TEXT = 50_000
MOST_FILES = 20


@dataclass
class Asking:
    """What the messages of one action become."""

    actor: Actor
    new: list[tuple[Arrived, str, bool]] = field(default_factory=list)
    more: list[tuple[Arrived, Question, bool]] = field(default_factory=list)

    def asked(self, each: Arrived, *, answer: bool) -> None:
        """A new question; who asked is told that it came in when `answer`."""
        self.new.append((each, QUESTION, answer))

    def mention(self, each: Arrived) -> None:
        """A mention, found by a monitor, which is never answered."""
        self.new.append((each, MENTION, False))

    def wrote(self, each: Arrived, question: Question) -> None:
        """What somebody writes in a question: it goes on, or opens again."""
        self.more.append((each, question, True))

    def attach(self, each: Arrived, question: Question) -> None:
        """What a machine writes about a question: it stands there and moves nothing."""
        self.more.append((each, question, False))

    def finish(self) -> None:
        """Write it all."""
        everything = [each for each, *_rest in self.new] + [each for each, *_rest in self.more]
        if not everything:
            return
        files, doing = _files(self.actor, everything), Doing(self.actor, "asker")
        for each, question, personal in self.more:
            self._add(doing, each, question, files[each.row.pk], personal=personal)
        with override(self.actor.language):
            rows = write_questions(doing, [_question(each, kind, doing) for each, kind, _a in self.new])  # fmt: skip
        got = []
        for row, (each, _kind, answer) in zip(rows, self.new, strict=True):
            doing.note(row, "asked", text=row.text, mail=each.row, files=files[each.row.pk])
            each.row.state, each.row.about = DONE, f"{ABOUT}{row.pk}"
            if answer:
                got.append((row, each.row))
        doing.finish()
        acknowledge(self.actor, got)

    def _add(
        self, doing: Doing, each: Arrived, question: Question, files: Sequence[File], *,
        personal: bool,
    ) -> None:  # fmt: skip
        each.row.state, each.row.about = DONE, f"{ABOUT}{question.pk}"
        if not personal:
            with override(self.actor.language):
                told = _told(each)
            doing.note(question, "note", text=told, mail=each.row, files=files, by="machine")
            return
        text = parted(plain_text(each.message))[0][:LONGEST_TEXT]
        doing.note(question, "wrote", text=text, mail=each.row, files=files)
        if question.state not in (NEW, ACTIVE):
            go_on(doing, question, by="asker")


def _question(each: Arrived, kind: str, doing: Doing) -> Question:
    row = each.row
    return Question(
        kind=kind,
        channel="mail",
        title=row.subject.strip()[:200] or gettext("Mail without a subject"),
        text=plain_text(each.message)[:LONGEST_TEXT],
        asker=row.sender_name or row.sender,
        address=row.sender,
        came_at=doing.at,
    )


def _files(actor: Actor, arrived: Sequence[Arrived]) -> dict[int, list[File]]:
    """The attachments of the messages as stored files, by the message's row."""
    contents, owners = [], []
    for each in arrived:
        for one in each.message.attachments()[:MOST_FILES]:
            content = one.part.content()
            contents.append(Content(content, one.name, one.media_type, each.row.subject_id))
            owners.append(each.row.pk)
    found: dict[int, list[File]] = {each.row.pk: [] for each in arrived}
    for owner, file in zip(owners, store_files(actor, contents) if contents else [], strict=True):
        found[owner].append(file)
    return found


def _told(each: Arrived) -> str:
    row = each.row
    if each.sort.kind is not Kind.BOUNCE:
        return gettext("Automatic message of {sender}: {subject}").format(
            sender=row.sender_name or row.sender, subject=row.subject
        )
    failed = [
        f"{one.address}: {one.outcome} {one.status} {one.reason}".strip()
        for one in each.sort.failures[:20]
    ]
    return gettext("Mail came back:") + "\n" + "\n".join(failed)
