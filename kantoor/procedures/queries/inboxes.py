"""Whose tasks somebody sees: their own, those of their roles and teams, and of whom they stand in for."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.store.asking import Question, ask

FALLBACK_ROLE = "administrator"
"""Whose a task is that says nobody's, of an instance that nobody started."""


@dataclass(frozen=True)
class Inboxes:
    """`own` are the keys of one's own inboxes; `standing_in` those of others, with all whose they are."""

    own: frozenset[str]
    standing_in: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        """All of them."""
        return sorted(self.own | self.standing_in.keys())


THEIRS = """
WITH people AS (
    SELECT CAST(%s AS bigint) AS id
    UNION SELECT s.user_id FROM procedures_stand_in s JOIN kernel_user u ON u.id = s.user_id
    WHERE s.company_id = %s AND s.deputy_id = %s AND s.first <= %s AND s.last >= %s
      AND s.ended_at IS NULL AND u.active
)
SELECT 'user', p.id, p.id FROM people p
UNION ALL SELECT 'role', g.role_id, g.user_id FROM kernel_grant g JOIN people p ON p.id = g.user_id
    WHERE g.company_id = %s AND g.ended_at IS NULL
UNION ALL SELECT 'team', m.team_id, m.user_id FROM procedures_team_member m
    JOIN people p ON p.id = m.user_id JOIN procedures_team t ON t.id = m.team_id
    WHERE t.company_id = %s
"""
"""The inboxes of somebody and of whom they stand in for: its kind and number, and whose it is."""
OF_ADMINISTRATORS = "UNION ALL SELECT 'role', r.id, %s FROM kernel_role r WHERE r.code = %s"
"""Who may do everything works from the inbox of that role too, without having been given it."""


def inboxes_of(actor: Actor) -> Inboxes:
    """The inboxes that the actor works from, in one statement."""
    return Inboxes(frozenset()) if actor.user_id is None else ask(inboxes(actor))


def inboxes(actor: Actor) -> Question[Inboxes]:
    """What `inboxes_of` asks of a person, to be asked together with other questions."""
    company, me = actor.company_id, actor.user_id
    assert me is not None
    today = today_of(actor).isoformat()
    sql, params = THEIRS, [me, company, me, today, today, company, company]
    if "*" in actor.permissions:
        sql, params = f"{THEIRS}{OF_ADMINISTRATORS}", [*params, me, FALLBACK_ROLE]
    return Question(sql, params, partial(_inboxes, me))


def _inboxes(me: int, rows: list[tuple[Any, ...]]) -> Inboxes:
    own: set[str] = set()
    others: dict[str, tuple[int, ...]] = {}
    for kind, pk, whose in sorted(rows, key=lambda row: (str(row[0]), row[1], row[2])):
        if whose == me:
            own.add(f"{kind}/{pk}")
        else:
            others[f"{kind}/{pk}"] = (*others.get(f"{kind}/{pk}", ()), whose)
    return Inboxes(frozenset(own), {key: pk for key, pk in others.items() if key not in own})
