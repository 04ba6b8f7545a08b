"""Messages become cases and notes: collected one by one, written all at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext, override

from kantoor.departments.ict.actions.cases.moving import reopened
from kantoor.departments.ict.actions.cases.noting import noted
from kantoor.departments.ict.actions.cases.opening import opened
from kantoor.departments.ict.actions.mail.answering import acknowledge
from kantoor.departments.ict.drafts import CaseDraft, NoteDraft
from kantoor.departments.ict.models import Case
from kantoor.departments.ict.models.cases.case import RESOLVED
from kantoor.departments.ict.models.mail.participants import Participant
from kantoor.departments.ict.queries.mail.threads import CASE, TOKEN, Placed
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.files.files import Content, store_files
from kantoor.kernel.mail.models import DONE, MailIn
from kantoor.kernel.mail.people import parties_by_address
from kantoor.kernel.mail.reading.kinds import Kind, Sort
from kantoor.kernel.mail.reading.message import Message
from kantoor.kernel.mail.reading.quoting import parted
from kantoor.kernel.mail.reading.texts import plain_text

LONGEST_TEXT = 100_000
MOST_FILES = 50


@dataclass
class _New:
    """A case to be opened for a message."""

    row: MailIn
    message: Message
    answer: bool
    follows: Case | None


@dataclass
class Attaching:
    """What the messages of one action become."""

    actor: Actor
    new: list[_New] = field(default_factory=list)
    notes: list[tuple[MailIn, Message, NoteDraft]] = field(default_factory=list)
    again: dict[int, Case] = field(default_factory=dict)
    joining: list[tuple[Case, MailIn, str]] = field(default_factory=list)
    answers: list[tuple[MailIn, Message, Case, Actor]] = field(default_factory=list)

    def open(
        self, row: MailIn, message: Message, *, answer: bool, follows: Case | None = None
    ) -> None:
        """A case is opened for it; the sender is told so when `answer`."""
        self.new.append(_New(row, message, answer, follows))

    def reply(self, row: MailIn, message: Message, placed: Placed, *, joined: bool) -> None:
        """It is what somebody who takes part writes in a case: it goes on, or opens again."""
        case = placed.case
        if case.state == RESOLVED:
            self.again[case.pk] = case
        if joined:
            self.joining.append((case, row, "token" if placed.how == TOKEN else "thread"))
        text = _fresh(message) or row.subject
        asked = case.requester.email.strip().lower() if case.requester else ""
        said = text if row.sender == asked else f"{_whom(row)}:\n\n{text}"
        draft = NoteDraft(case=str(case), text=said, public=True, by_requester=True)
        self.notes.append((row, message, draft))

    def answer(self, row: MailIn, message: Message, case: Case, colleague: Actor) -> None:
        """It is what a colleague answers from their own mail program, and goes out as that."""
        self.answers.append((row, message, case, colleague))

    def note(self, row: MailIn, message: Message, case: Case, sort: Sort) -> None:
        """It is attached, and moves nothing: no person wrote it."""
        text = _about_automatic(row, message, sort)
        self.notes.append((row, message, NoteDraft(case=str(case), text=text, by_machine=True)))

    def finish(self) -> None:
        """Write it all: files, cases, notes, participants, and the letters that tell of them."""
        messages = [(n.row, n.message) for n in self.new] + [(r, m) for r, m, _ in self.notes]
        messages += [(row, message) for row, message, *_ in self.answers]
        files = _files(self.actor, messages)
        self._open(files)
        reopened(self.actor, [str(case) for case in self.again.values()], by_machine=True)
        noted(
            self.actor,
            [
                NoteDraft(
                    case=draft.case, text=draft.text, public=draft.public,
                    by_machine=draft.by_machine, by_requester=draft.by_requester,
                    files=files[row.pk],
                )
                for row, _, draft in self.notes
            ],
        )  # fmt: skip
        self._answer(files)
        _join(self.joining)

    def _answer(self, files: dict[int, list[int]]) -> None:
        """What each colleague wrote, in their name."""
        by_user: dict[int | None, tuple[Actor, list[NoteDraft]]] = {}
        for row, message, case, colleague in self.answers:
            text = _fresh(message) or row.subject
            draft = NoteDraft(case=str(case), text=text, public=True, files=files[row.pk])
            by_user.setdefault(colleague.user_id, (colleague, []))[1].append(draft)
        for colleague, drafts in by_user.values():
            noted(colleague, drafts)

    def _open(self, files: dict[int, list[int]]) -> None:
        if not self.new:
            return
        parties = parties_by_address(self.actor, [each.row.sender for each in self.new])
        drafts = []
        for each in self.new:
            party = parties.get(each.row.sender)
            drafts.append(
                CaseDraft(
                    title=each.row.subject.strip()[:200] or _no_subject(self.actor),
                    text=_opening_text(each),
                    requester=party.code if party else "",
                    contact="" if party else _whom(each.row)[:200],
                    channel="mail",
                    by_machine=True,
                    files=files[each.row.pk],
                )
            )
        made = opened(self.actor, drafts)
        cases = Case.objects.in_bulk([each.id for each in made])
        answers = []
        for each, one in zip(self.new, made, strict=True):
            case = cases[one.id]
            each.row.state, each.row.about = DONE, f"{CASE}{case.pk}"
            self.joining.append((case, each.row, "wrote"))
            if each.answer:
                answers.append((case, each.row))
        acknowledge(self.actor, answers)


def _join(joining: Sequence[tuple[Case, MailIn, str]]) -> None:
    now = timezone.now()
    first = {(case.pk, row.sender): (case, row, how) for case, row, how in reversed(joining)}
    Participant.objects.bulk_create(
        Participant(
            subject_id=row.subject_id, case=case, name=row.sender_name, address=row.sender,
            how=how, since=now,
        )
        for case, row, how in first.values()
    )  # fmt: skip


def _files(actor: Actor, messages: Sequence[tuple[MailIn, Message]]) -> dict[int, list[int]]:
    """The attachments of the messages as stored files: the message's row to the files' keys."""
    contents, owners = [], []
    for row, message in messages:
        for each in message.attachments()[:MOST_FILES]:
            contents.append(
                Content(each.part.content(), each.name, each.media_type, row.subject_id)
            )
            owners.append(row.pk)
    found: dict[int, list[int]] = {row.pk: [] for row, _ in messages}
    for owner, file in zip(owners, store_files(actor, contents) if contents else [], strict=True):
        found[owner].append(file.pk)
    return found


def _fresh(message: Message) -> str:
    return parted(plain_text(message))[0][:LONGEST_TEXT]


def _opening_text(each: _New) -> str:
    """The whole text: whoever forwards something asks about what is quoted."""
    text = plain_text(each.message)[:LONGEST_TEXT]
    if each.follows is None:
        return text
    return gettext("Follows {number}, which is closed.").format(number=each.follows) + "\n\n" + text


def _whom(row: MailIn) -> str:
    return f"{row.sender_name} <{row.sender}>" if row.sender_name else row.sender


def _no_subject(actor: Actor) -> str:
    with override(actor.language):
        return gettext("Mail without a subject")


def _about_automatic(row: MailIn, message: Message, sort: Sort) -> str:
    if sort.kind is not Kind.BOUNCE:
        return gettext("Automatic message of {sender}: {subject}").format(
            sender=_whom(row), subject=row.subject
        )
    told = [
        f"{each.address}: {each.outcome} {each.status} {each.reason}".strip()
        for each in sort.failures
    ]
    return gettext("Mail came back:") + "\n" + "\n".join(told[:20])
