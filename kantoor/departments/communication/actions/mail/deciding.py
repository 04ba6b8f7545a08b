"""Decide on mail that is held: make it a question, put it with one, or leave it."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.mail.arrived import Arrived
from kantoor.departments.communication.actions.mail.arriving import PURPOSE
from kantoor.departments.communication.actions.mail.asking import Asking
from kantoor.departments.communication.actions.questions.finding import questions_by_number
from kantoor.departments.communication.department import HANDLE_QUESTIONS
from kantoor.departments.communication.errors import NotReady
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.deciding import decide, undecided
from kantoor.kernel.mail.models import IGNORED
from kantoor.kernel.mail.reading.kinds import may_be_answered, sort_of


@action(
    permission=HANDLE_QUESTIONS,
    title=_("Make questions of held mail"),
    bulk_of="communication.make_question_of_mail",
)
def make_questions_of_mail(actor: Actor, /, *, mails: Sequence[int]) -> int:
    """Make a question of each of these held messages; gives how many. Raises NotFound, NotReady."""
    arrived, asking = _undecided(actor, mails), Asking(actor)
    for each in arrived:
        asking.asked(each, answer=may_be_answered(each.message, each.sort))
    asking.finish()
    return _decided(arrived)


@action(permission=HANDLE_QUESTIONS, title=_("Make a question of held mail"))
def make_question_of_mail(actor: Actor, /, *, mail: int) -> int:
    """Make a question of one."""
    return make_questions_of_mail(actor, mails=[mail])


@action(
    permission=HANDLE_QUESTIONS,
    title=_("Put held mail with a question"),
    bulk_of="communication.attach_mail",
)
def attach_mails(actor: Actor, /, *, mails: Sequence[int], number: str) -> int:
    """Put held messages with a question. Raises NotFound, NotReady."""
    arrived, asking = _undecided(actor, mails), Asking(actor)
    question = questions_by_number(actor, [number])[0]
    for each in arrived:
        if each.sort.personal:
            asking.wrote(each, question)
        else:
            asking.attach(each, question)
    asking.finish()
    return _decided(arrived)


@action(permission=HANDLE_QUESTIONS, title=_("Put a held mail with a question"))
def attach_mail(actor: Actor, /, *, mail: int, number: str) -> int:
    """Put one with a question."""
    return attach_mails(actor, mails=[mail], number=number)


@action(
    permission=HANDLE_QUESTIONS, title=_("Leave held mail"), bulk_of="communication.ignore_mail"
)
def ignore_mails(actor: Actor, /, *, mails: Sequence[int]) -> int:
    """Do nothing with these held messages; they stay to be read. Raises NotFound, NotReady."""
    arrived = _undecided(actor, mails)
    for each in arrived:
        each.row.state = IGNORED
    return _decided(arrived)


@action(permission=HANDLE_QUESTIONS, title=_("Leave a held mail"))
def ignore_mail(actor: Actor, /, *, mail: int) -> int:
    """Do nothing with one."""
    return ignore_mails(actor, mails=[mail])


def _undecided(actor: Actor, keys: Sequence[int]) -> list[Arrived]:
    found = undecided(actor, PURPOSE, keys, refuse=NotReady)
    return [Arrived(row, message, sort_of(message)) for row, message in found]


def _decided(arrived: Sequence[Arrived]) -> int:
    return decide([each.row for each in arrived])
