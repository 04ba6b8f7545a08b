"""How a question is written: collected in one action, and kept with what happened all at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models.functions import Lower
from django.utils import timezone

from kantoor.departments.communication.models import (
    Contact,
    Question,
    QuestionEvent,
    QuestionFile,
)
from kantoor.departments.communication.models.contacts.contact import PRESS
from kantoor.departments.communication.models.questions.question import OPEN
from kantoor.departments.communication.queries.questions.terms import Agreed, agreed
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.files.models import File
from kantoor.kernel.mail.models import MailIn
from kantoor.kernel.mail.people import subjects_of
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.queries import scoped
from kantoor.kernel.record.erasure import new_subjects

SERIES = "communication.question"
CHANGED = [
    "title", "kind", "asker", "address", "phone", "medium", "link", "tone", "contact", "state",
    "is_open", "owner_id", "due_at", "counted_with", "told_at", "answered_at", "changed_at",
]  # fmt: skip


@dataclass
class Doing:
    """What one act does to questions; `finish` writes it in a fixed number of statements."""

    actor: Actor
    by: str = "person"
    at: datetime = field(default_factory=timezone.now)
    events: list[tuple[QuestionEvent, Sequence[File]]] = field(default_factory=list)
    changed: dict[int, Question] = field(default_factory=dict)

    def note(
        self, row: Question, what: str, now: str = "", *, text: str = "", mail: MailIn | None = None,
        files: Sequence[File] = (), by: str = "",
    ) -> None:  # fmt: skip
        """Something happened to a question."""
        event = QuestionEvent(
            subject_id=row.subject_id,
            question=row,
            at=self.at,
            user_id=self.actor.user_id if not by or by == "person" else None,
            by=by or self.by,
            what=what,
            now=now,
            text=text,
            mail=mail,
        )
        self.events.append((event, files))
        self.change(row)

    def change(self, row: Question) -> None:
        """The question itself changed."""
        row.changed_at = self.at
        self.changed[row.pk] = row

    def move(self, row: Question, state: str, *, text: str = "", by: str = "") -> None:
        """Bring a question to a state, if it is not in it."""
        if row.state != state:
            row.state, row.is_open = state, state in OPEN
            self.note(row, "state", state, text=text, by=by)

    def finish(self) -> list[QuestionEvent]:
        """Write it all; gives the events as they were written."""
        if self.changed:
            Question.objects.bulk_update(list(self.changed.values()), CHANGED)
        events = QuestionEvent.objects.bulk_create(event for event, _files in self.events)
        files = [(event, file) for event, (_e, some) in zip(events, self.events, strict=True) for file in some]  # fmt: skip
        QuestionFile.objects.bulk_create(
            QuestionFile(event=event, file=file) for event, file in files
        )
        return events


def write_questions(doing: Doing, rows: Sequence[Question]) -> list[Question]:
    """Number questions, find who asked among the contacts, and say by when they are due.

    What is known of each but its number, times and contact is filled in; who asked gets the key
    by which it can be erased.
    """
    if not rows:
        return []
    actor, terms = doing.actor, agreed(doing.actor)
    first = take_numbers(f"{SERIES}/{actor.company_id}", len(rows))
    known = _contacts(actor, [row.address for row in rows if row.contact_id is None])
    subjects = subjects_of(actor, [row.address for row in rows if row.address])
    others = [row for row in rows if row.address not in subjects]
    fresh = iter(new_subjects(len(others)) if others else ())
    for number, row in enumerate(rows, first):
        row.company_id, row.number, row.changed_at = actor.company_id, number, doing.at
        contact = row.contact or known.get(row.address)
        if contact is not None:
            row.contact, row.medium = contact, row.medium or contact.medium
        if contact is not None and contact.subject_id is not None:
            row.subject_id = contact.subject_id
        else:
            row.subject_id = subjects.get(row.address) or next(fresh, None)
        set_due(terms, row, row.came_at)
    return Question.objects.bulk_create(rows)


def set_due(terms: Agreed, row: Question, since: datetime) -> None:
    """Say by when a question is due, counted from a moment; nobody was told that it is late."""
    press = row.contact is not None and row.contact.kind == PRESS
    row.due_at, row.counted_with = terms.due(row.kind, since, press=press), terms.version
    row.told_at = None


def _contacts(actor: Actor, addresses: Sequence[str]) -> dict[str, Contact]:
    """The contacts in use with these addresses."""
    wanted = {address for address in addresses if address}
    if not wanted:
        return {}
    rows = scoped(actor, Contact).filter(active=True).annotate(address=Lower("party__email"))
    found = rows.filter(address__in=wanted).select_related("party").order_by("-pk")
    return {row.party.email.lower(): row for row in found}
