"""Who should get a case: among the people of its queue, by what they can do and what they have."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.translation import gettext

from kantoor.departments.ict.models import Case, QueueMember
from kantoor.departments.ict.models.cases.case import WAITING
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped


@dataclass(slots=True)
class Colleague:
    """Somebody who works in a queue: what they can do, and how many cases they have in hand."""

    user_id: int
    name: str
    skills: frozenset[str]
    load: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Who gets a case, and why in words."""

    user_id: int
    why: str


@dataclass(slots=True)
class Sharing:
    """The people of some queues; who is chosen has one case more for the next choice."""

    by_queue: dict[int, list[Colleague]] = field(default_factory=dict)

    def choose(self, case: Case) -> Choice | None:
        """Who has the skill and then the fewest cases; None where nobody works in the queue.

        A skill is one of the words of a colleague that is the code or name of the service, or the
        kind of the case.
        """
        people = self.by_queue.get(case.queue_id or 0, [])
        if not people:
            return None
        wanted = needed(case)
        able = [each for each in people if each.skills & wanted]
        chosen = min(able or people, key=lambda each: (each.load, each.name, each.user_id))
        why = _why(chosen, sorted(chosen.skills & wanted), len(able or people))
        for others in self.by_queue.values():
            for each in others:
                each.load += each.user_id == chosen.user_id
        return Choice(chosen.user_id, why)


def needed(case: Case) -> frozenset[str]:
    """The words that a skill for this case may be, in small letters."""
    words = {case.kind}
    if case.service is not None:
        words |= {case.service.code.lower(), case.service.name.lower()}
    return frozenset(words)


def _why(chosen: Colleague, skills: Sequence[str], among: int) -> str:
    """The reason, without the name: that stands beside it in the timeline, and can be erased."""
    said = {"load": chosen.load, "among": among, "skills": ", ".join(skills)}
    if skills:
        text = gettext(
            "By load: knows %(skills)s, and has %(load)s in hand, the fewest of %(among)s."
        )
        return text % said
    return gettext("By load: has %(load)s in hand, the fewest of %(among)s.") % said


def sharing(actor: Actor, queues: Iterable[int]) -> Sharing:
    """The people of these queues with what they have in hand, in two statements.

    What waits for somebody else is not in hand.
    """
    members = QueueMember.objects.filter(queue_id__in=set(queues), active=True, user__active=True)
    rows = list(
        members.order_by("queue_id", "user__name", "pk").values_list(
            "queue_id", "user_id", "user__name", "skills"
        )
    )
    people = {user for _queue, user, _name, _skills in rows}
    open_now = scoped(actor, Case).filter(is_open=True, assignee_id__in=people)
    counted = open_now.exclude(state=WAITING).values_list("assignee_id").annotate(Count("pk"))
    loads: dict[int, int] = {user: count for user, count in counted if user is not None}
    found = Sharing()
    for queue, user, name, skills in rows:
        words = frozenset(word.strip().lower() for word in skills.split(",") if word.strip())
        found.by_queue.setdefault(queue, []).append(
            Colleague(user, name, words, loads.get(user, 0))
        )
    return found
