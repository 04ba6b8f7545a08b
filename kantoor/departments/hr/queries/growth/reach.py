"""Whose reviews and objectives one reaches: one's own, those of one's people, or, as HR, all."""

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from kantoor.departments.hr.queries.people.own import find_own_party, people_of
from kantoor.kernel.actors.actor import Actor

OWN = "hr.use_own"
MANAGE = "hr.manage_growth"
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Reach:
    """`own` is one's own party, `people` are those one manages today, `all` is for HR."""

    own: int | None
    people: frozenset[int]
    all: bool

    def is_manager_of(self, party: int) -> bool:
        """Whether one speaks for the company to this person; never to oneself."""
        return party != self.own and (self.all or party in self.people)

    def sees(self, party: int) -> bool:
        """Whether it is one's own, or one is their manager."""
        return party == self.own or self.is_manager_of(party)

    def mine(self, rows: "QuerySet[M]") -> "QuerySet[M]":
        """The rows of oneself and one's people, by their column `party`."""
        return rows.filter(Q(party=self.own) | Q(party__in=self.people))

    def seen(self, rows: "QuerySet[M]") -> "QuerySet[M]":
        """The rows that one may see."""
        return rows if self.all else self.mine(rows)


def reach_of(actor: Actor) -> Reach:
    """What an actor reaches today."""
    own = find_own_party(actor)
    people = people_of(actor, timezone.localdate())
    return Reach(own.pk if own else None, people, actor.may(MANAGE))
