"""Questions in the inbox: one's own, those that are nobody's, and to the officer the late ones."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import HANDLE_QUESTIONS, MANAGE_CHANNELS
from kantoor.departments.communication.models import Question, QuestionTerms
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.inboxes import Ask, Item, count_of, inbox_source
from kantoor.kernel.queries import scoped


def _mine(actor: Actor) -> QuerySet[Question]:
    """Open questions that one has, or that nobody has."""
    whose = Q(owner_id=actor.user_id) | Q(owner_id=None)
    return scoped(actor, Question).filter(whose, is_open=True)


def _late(actor: Actor) -> QuerySet[Question]:
    """Late questions of others, for who hears of them."""
    found = scoped(actor, Question).filter(is_open=True, due_at__lt=timezone.now())
    if not _hears(actor):
        return found.none()
    return found.exclude(Q(owner_id=actor.user_id) | Q(owner_id=None))


def _hears(actor: Actor) -> bool:
    officer = scoped(actor, QuestionTerms).values_list("officer_id", flat=True).first()
    return actor.user_id == officer if officer else actor.may(MANAGE_CHANNELS)


@inbox_source(
    "communication.questions",
    title=_("Questions and mentions"),
    permission=HANDLE_QUESTIONS,
    count=count_of(_mine),
    order=50,
)
def questions_waiting(actor: Actor, ask: Ask) -> Sequence[Item]:
    """Open questions that one has or nobody has, by their time."""
    return _items(ask.page(_mine(actor), due="due_at"))


@inbox_source(
    "communication.questions_late",
    title=_("Questions of others that are late"),
    permission=HANDLE_QUESTIONS,
    count=count_of(_late),
    order=51,
)
def late_questions_waiting(actor: Actor, ask: Ask) -> Sequence[Item]:
    """Questions that colleagues did not answer in time, for the officer."""
    return _items(ask.page(_late(actor), due="due_at"))


def _items(rows: Sequence[Question]) -> list[Item]:
    return [
        Item(
            key=row.pk,
            title=row.title,
            detail=" · ".join(each for each in (str(row), row.asker, row.medium) if each),
            url=f"/communication/questions/{row}",
            since=row.came_at,
            due=row.due_at,
        )
        for row in rows
    ]
