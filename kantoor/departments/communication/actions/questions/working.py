"""Questions are taken, given to somebody, noted on, waited with, closed and opened again."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.questions.finding import (
    handlers_by_name,
    questions_by_number,
)
from kantoor.departments.communication.actions.questions.writing import Doing, set_due
from kantoor.departments.communication.department import HANDLE_QUESTIONS
from kantoor.departments.communication.errors import NotReady
from kantoor.departments.communication.models import Question
from kantoor.departments.communication.models.questions.question import (
    ACTIVE,
    ANSWERED,
    CLOSED,
    NEW,
    WAITING,
)
from kantoor.departments.communication.queries.questions.terms import agreed
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.colleagues import oneself
from kantoor.kernel.errors import InvalidInput

LONGEST_TEXT = 50_000


@action(
    permission=HANDLE_QUESTIONS, title=_("Take questions"), bulk_of="communication.take_question"
)
def take_questions(actor: Actor, /, *, numbers: Sequence[str]) -> int:
    """Deal with these questions oneself; gives how many. Raises NotFound, NotReady."""
    return _own(actor, numbers, oneself(actor).pk)


@action(permission=HANDLE_QUESTIONS, title=_("Take a question"))
def take_question(actor: Actor, /, *, number: str) -> int:
    """Deal with one oneself."""
    return take_questions(actor, numbers=[number])


@action(
    permission=HANDLE_QUESTIONS,
    title=_("Give questions to somebody"),
    bulk_of="communication.assign_question",
)
def assign_questions(actor: Actor, /, *, numbers: Sequence[str], owner: str) -> int:
    """Let a colleague deal with these questions; gives how many. Raises NotFound, NotReady."""
    if not owner:
        raise InvalidInput(_("Choose a colleague."), field="owner")
    return _own(actor, numbers, handlers_by_name(actor, [owner])[owner])


@action(permission=HANDLE_QUESTIONS, title=_("Give a question to somebody"))
def assign_question(actor: Actor, /, *, number: str, owner: str) -> int:
    """Let a colleague deal with one."""
    return assign_questions(actor, numbers=[number], owner=owner)


@action(permission=HANDLE_QUESTIONS, title=_("Note on a question"))
def note_on_question(actor: Actor, /, *, number: str, text: str) -> None:
    """Write something on a question for colleagues alone. Raises NotFound, InvalidInput."""
    _refuse_text(text)
    row = questions_by_number(actor, [number])[0]
    doing = Doing(actor)
    doing.note(row, "note", text=text.strip())
    doing.finish()
    concerns(f"communication.question/{row.pk}")


@action(permission=HANDLE_QUESTIONS, title=_("Let a question wait"))
def await_question(actor: Actor, /, *, number: str, why: str) -> None:
    """Let a question wait for somebody else; it stays due. Raises NotFound, NotReady, InvalidInput."""
    _refuse_text(why, field="why")
    row = _in(questions_by_number(actor, [number]), (NEW, ACTIVE))[0]
    doing = Doing(actor)
    doing.move(row, WAITING, text=why.strip())
    doing.finish()
    concerns(f"communication.question/{row.pk}")


@action(
    permission=HANDLE_QUESTIONS,
    title=_("Close questions"),
    bulk_of="communication.close_question",
)
def close_questions(actor: Actor, /, *, numbers: Sequence[str], why: str = "") -> int:
    """Close questions and mentions, answered or not; gives how many. Raises NotFound, NotReady."""
    _refuse_text(why, field="why", needed=False)
    rows = _in(questions_by_number(actor, numbers), (NEW, ACTIVE, WAITING, ANSWERED))
    doing = Doing(actor)
    for row in rows:
        doing.move(row, CLOSED, text=why.strip())
    doing.finish()
    _concerns_one(rows)
    return len(rows)


@action(permission=HANDLE_QUESTIONS, title=_("Close a question"))
def close_question(actor: Actor, /, *, number: str, why: str = "") -> int:
    """Close one."""
    return close_questions(actor, numbers=[number], why=why)


@action(permission=HANDLE_QUESTIONS, title=_("Open a question again"))
def reopen_question(actor: Actor, /, *, number: str) -> None:
    """Go on with a question that was answered, closed or waits; a closed one is due anew.

    Raises NotFound, NotReady.
    """
    row = _in(questions_by_number(actor, [number]), (WAITING, ANSWERED, CLOSED))[0]
    doing = Doing(actor)
    go_on(doing, row)
    doing.finish()
    concerns(f"communication.question/{row.pk}")


def go_on(doing: Doing, row: Question, *, by: str = "") -> None:
    """Open a question again; what was answered or closed is due anew from now on."""
    if row.state in (ANSWERED, CLOSED):
        set_due(agreed(doing.actor), row, doing.at)
    doing.move(row, ACTIVE if row.owner_id is not None else NEW, by=by)


def _own(actor: Actor, numbers: Sequence[str], user: int) -> int:
    rows = _in(questions_by_number(actor, numbers), (NEW, ACTIVE, WAITING))
    doing = Doing(actor)
    for row in rows:
        if row.owner_id != user:
            row.owner_id = user
            doing.note(row, "owner", str(user))
        if row.state == NEW:
            doing.move(row, ACTIVE)
    doing.finish()
    _concerns_one(rows)
    return len(rows)


def _in(rows: Sequence[Question], states: Sequence[str]) -> Sequence[Question]:
    for place, row in enumerate(rows, 1):
        if row.state not in states:
            message = _("{number} is in another state; look at it again.").format(number=row)
            raise NotReady(message, field="number", line=place if len(rows) > 1 else None)
    return rows


def _concerns_one(rows: Sequence[Question]) -> None:
    if len(rows) == 1:
        concerns(f"communication.question/{rows[0].pk}")


def _refuse_text(text: str, *, field: str = "text", needed: bool = True) -> None:
    if needed and not text.strip():
        raise InvalidInput(_("Write something."), field=field)
    if len(text) > LONGEST_TEXT:
        message = _("This is longer than {most} characters.").format(most=LONGEST_TEXT)
        raise InvalidInput(message, field=field)
