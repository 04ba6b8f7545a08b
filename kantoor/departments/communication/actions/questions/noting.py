"""Questions and mentions are noted by hand, and what is known of them is changed."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.moments import refuse_without_zone
from kantoor.departments.communication.actions.questions.finding import (
    contacts_by_code,
    handlers_by_name,
    questions_by_number,
)
from kantoor.departments.communication.actions.questions.writing import (
    Doing,
    set_due,
    write_questions,
)
from kantoor.departments.communication.department import HANDLE_QUESTIONS
from kantoor.departments.communication.drafts_questions import QuestionChange, QuestionDraft
from kantoor.departments.communication.models import Question
from kantoor.departments.communication.models.questions.question import ACTIVE, NEW
from kantoor.departments.communication.queries.questions.terms import agreed
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, InvalidInput, Refusals
from kantoor.kernel.mail.outgoing import one_line
from kantoor.kernel.mail.reading.addresses import canonical

LONGEST_TEXT = 50_000
LENGTHS = {"asker": 200, "phone": 40, "medium": 120, "link": 500}
_WEB = URLValidator(schemes=["http", "https"])


@action(
    permission=HANDLE_QUESTIONS,
    title=_("Note questions and mentions"),
    bulk_of="communication.note_question",
)
def note_questions(actor: Actor, /, *, questions: Sequence[QuestionDraft]) -> list[str]:
    """Note questions and mentions that came by telephone or stood somewhere; gives their numbers.

    Raises InvalidInput, NotFound; the line is the place of the question.
    """
    several = len(questions) > 1
    _refuse(questions, several=several)
    contacts = contacts_by_code(actor, [each.contact for each in questions])
    owners = handlers_by_name(actor, [each.owner for each in questions])
    doing = Doing(actor)
    rows = write_questions(
        doing,
        [
            Question(
                kind=each.kind,
                channel=each.channel,
                title=one_line(each.title),
                text=each.text.strip(),
                asker=one_line(each.asker),
                address=canonical(each.address) if each.address.strip() else "",
                phone=one_line(each.phone),
                medium=one_line(each.medium),
                link=each.link.strip(),
                tone=each.tone,
                contact=contacts.get(each.contact),
                owner_id=owners.get(each.owner),
                state=ACTIVE if each.owner else NEW,
                came_at=each.came_at or doing.at,
            )
            for each in questions
        ],
    )
    for row in rows:
        doing.note(row, "asked", text=row.text)
        if row.owner_id is not None:
            doing.note(row, "owner", str(row.owner_id))
    doing.finish()
    if len(rows) == 1:
        concerns(f"communication.question/{rows[0].pk}")
    return [str(row) for row in rows]


@action(permission=HANDLE_QUESTIONS, title=_("Note a question or mention"))
def note_question(actor: Actor, /, *, question: QuestionDraft) -> str:
    """Note one; gives its number."""
    return note_questions(actor, questions=[question])[0]


@action(permission=HANDLE_QUESTIONS, title=_("Change a question"))
def change_question(actor: Actor, /, *, number: str, change: QuestionChange) -> None:
    """Change what is known of a question, or by when it is due. Raises NotFound, InvalidInput.

    Of another kind, or from another contact, it is due as those are; a time of one's own goes
    before that.
    """
    row = questions_by_number(actor, [number])[0]
    doing = Doing(actor)
    whole = {"title": row.title} | {
        name: value
        for name in change.__struct_fields__
        if name != "due_at" and (value := getattr(change, name)) is not None
    }
    _refuse([QuestionDraft(**whole)], several=False)
    before = (row.kind, row.contact_id)
    if change.contact is not None:
        row.contact = contacts_by_code(actor, [change.contact]).get(change.contact)
    for name in ("title", "kind", "asker", "phone", "medium", "link", "tone"):
        if (value := getattr(change, name)) is not None:
            setattr(row, name, one_line(value))
    if change.address is not None:
        row.address = canonical(change.address) if change.address.strip() else ""
    if change.due_at is not None:
        refuse_without_zone(change.due_at, field="due_at")
        row.due_at, row.counted_with, row.told_at = change.due_at, None, None
        doing.note(row, "due", change.due_at.isoformat()[:60])
    elif (row.kind, row.contact_id) != before:
        set_due(agreed(actor), row, row.came_at)
    doing.change(row)
    doing.finish()
    concerns(f"communication.question/{row.pk}")


def _refuse(questions: Iterable[QuestionDraft], *, several: bool) -> None:
    found: list[DomainError] = []
    for place, each in enumerate(questions, 1):
        line = place if several else None
        if not each.title.strip() or len(each.title) > 200:
            titled = _("Say what it is about, in at most 200 characters.")
            found.append(InvalidInput(titled, field="title", line=line))
        if len(each.text) > LONGEST_TEXT:
            message = _("This is longer than {most} characters.").format(most=LONGEST_TEXT)
            found.append(InvalidInput(message, field="text", line=line))
        for name, most in LENGTHS.items():
            if len(getattr(each, name)) > most:
                message = _("This is longer than {most} characters.").format(most=most)
                found.append(InvalidInput(message, field=name, line=line))
        if each.address.strip() and "." not in canonical(each.address).rpartition("@")[2]:
            found.append(InvalidInput(_("Give an e-mail address."), field="address", line=line))
        if each.link.strip() and not _is_web(each.link.strip()):
            page = _("Give an address that begins with https://.")
            found.append(InvalidInput(page, field="link", line=line))
        refuse_without_zone(each.came_at, field="came_at", line=line)
        if each.came_at is not None and each.came_at > timezone.now():
            found.append(InvalidInput(_("Give a moment that was."), field="came_at", line=line))
    if found:
        raise found[0] if len(found) == 1 else Refusals(found)


def _is_web(link: str) -> bool:
    try:
        _WEB(link)
    except ValidationError:
        return False
    return True
