"""For whom a task is: a person, a role or a team; and who may not have it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Grant, User
from kantoor.kernel.errors import NotFound
from kantoor.kernel.expressions import Value, read_expression
from kantoor.kernel.store.lookup import fetch
from kantoor.procedures.diagrams.elements import Element
from kantoor.procedures.engine.running import Scope
from kantoor.procedures.models import Instance, Step, Team
from kantoor.procedures.queries.inboxes import FALLBACK_ROLE

REQUESTER = "requester"


def user_key(pk: int) -> str:
    """The inbox of a person."""
    return f"user/{pk}"


def barred_text(users: Iterable[int]) -> str:
    """Who may not do a task, so that one name can be looked for in it."""
    listed = sorted(set(users))
    return f",{','.join(map(str, listed))}," if listed else ""


def is_barred(barred: str, user: int | None) -> bool:
    """Whether somebody is among those who may not do a task."""
    return user is not None and f",{user}," in barred


@dataclass(eq=False)
class Addressing:
    """Finds for whom tasks are; what it looked up once it knows."""

    actor: Actor
    roles: dict[str, int] = field(default_factory=dict)
    _teams: dict[str, int] = field(default_factory=dict)
    _users: dict[str, int] = field(default_factory=dict)

    def pool(self, element: Element, scope: Scope, instance: Instance) -> tuple[str, str]:
        """To whom a task is offered, and whose it is from the beginning; raises NotFound."""
        if element.person:
            name = read_expression(element.person).value(scope)
            mine = user_key(self._user(name))
            return mine, mine
        if element.role:
            key = f"role/{self.role(element.role)}"
        elif element.team:
            key = f"team/{self.team(element.team)}"
        elif instance.requester_id is not None:
            key = user_key(instance.requester_id)
        else:
            key = f"role/{self.role(FALLBACK_ROLE)}"
        return key, key

    def role(self, code: str) -> int:
        """The role of that code; raises NotFound."""
        if code not in self.roles:
            rows = fetch("SELECT id FROM kernel_role WHERE code = %s", [code])
            if not rows:
                raise NotFound(_("There is no role “{role}”.").format(role=code))
            self.roles[code] = rows[0][0]
        return self.roles[code]

    def team(self, code: str) -> int:
        """The team of that code; raises NotFound."""
        if code not in self._teams:
            teams = Team.objects.filter(company=self.actor.company_id, code=code)
            found = teams.values_list("pk", flat=True).first()
            if found is None:
                raise NotFound(_("There is no team “{team}”.").format(team=code))
            self._teams[code] = found
        return self._teams[code]

    def _user(self, name: Value) -> int:
        sign_in = str(name or "").lower()
        if sign_in not in self._users:
            granted = Grant.objects.filter(
                user__sign_in=sign_in,
                user__active=True,
                user__kind="person",
                company=self.actor.company_id,
                ended_at=None,
            )
            found = granted.values_list("user_id", flat=True).first()
            if found is None:
                raise NotFound(_("“{user}” works here no more, or not yet.").format(user=sign_in))
            self._users[sign_in] = found
        return self._users[sign_in]


def barred_by(
    elements: Sequence[str], instance: Instance, done: Mapping[tuple[int, str], set[int]]
) -> str:
    """Who may not do a task that `notBy` keeps from the requester and who did other tasks."""
    users: set[int] = set()
    for name in elements:
        if name == REQUESTER:
            users |= {instance.requester_id} if instance.requester_id is not None else set()
        else:
            users |= done.get((instance.pk, name), set())
    return barred_text(users)


def done_by(instances: Iterable[int]) -> dict[tuple[int, str], set[int]]:
    """Who did which elements of these instances, deputies and those they stood in for alike."""
    found: dict[tuple[int, str], set[int]] = {}
    steps = Step.objects.filter(instance_id__in=list(instances), user__isnull=False)
    for instance, element, user, principal in steps.values_list(
        "instance_id", "element", "user_id", "deputy_for_id"
    ):
        doers = found.setdefault((instance, element), set())
        doers |= {user, principal} - {None}
    return found


def people_named(sign_ins: Iterable[str]) -> dict[str, int]:
    """The people with these sign-in names whose accounts are open."""
    found = User.objects.filter(sign_in__in=list(sign_ins), active=True, kind="person")
    return dict(found.values_list("sign_in", "pk"))
