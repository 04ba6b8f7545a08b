"""The actor: who acts, in which company, with which permissions and limits."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.errors import NotAllowed
from kantoor.kernel.store.asking import Question, ask_together

EVERYONE = "kernel.ask"
"""The permission that everybody has: to ask, to decide on what one may do oneself, to sign in."""
INSTALLATION = 0
"""The company of an actor that acts for the installation as a whole."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or machine acting in one company. Values, not rows: safe to keep for a request.

    `permissions` are patterns (`finance.post_entry`, `finance.*`, `*`); `limits` the highest
    amount in minor units by pattern; `excluded` the permissions that two duties take away.
    """

    user_id: int | None
    name: str
    company_id: int
    currency: str = "EUR"
    country: str = "NL"
    language: str = "en"
    zone: str = "Europe/Amsterdam"
    permissions: frozenset[str] = frozenset()
    limits: Mapping[str, int] = field(default_factory=dict)
    excluded: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
    signed_in: bool = True
    """Whether they showed who they are; at the console anybody can act `--as` somebody."""

    def may(self, permission: str) -> bool:
        """Whether the actor has the permission in its company."""
        if permission == EVERYONE:
            return True
        if permission in self.excluded:
            return False
        if self.scopes and not covers(self.scopes, permission):
            return False
        return covers(self.permissions, permission)

    def limit(self, permission: str) -> int | None:
        """The highest amount it may handle alone, in minor units; None is no limit.

        Who does not have the permission at all has a limit of nothing.
        """
        # A permission given without a limit by any role is without one.
        if any(p not in self.limits and matches(p, permission) for p in self.permissions):
            return None
        found = [most for p, most in self.limits.items() if matches(p, permission)]
        return max(found, default=0)


def covers(patterns: frozenset[str], permission: str) -> bool:
    """Whether a permission is among the patterns."""
    if permission in patterns or "*" in patterns:
        return True
    return any("*" in p and matches(p, permission) for p in patterns)


@lru_cache(maxsize=4096)
def matches(pattern: str, permission: str) -> bool:
    """Whether a pattern stands for the permission; a star is any text, all else is itself."""
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), permission) is not None


GRANTED = (
    "SELECT p.permission, p.limit_minor FROM kernel_grant g"
    " JOIN kernel_role_permission p ON p.role_id = g.role_id"
    " WHERE g.user_id = %s AND g.company_id = %s AND g.ended_at IS NULL"
)
EXCLUDING = "SELECT first, second FROM kernel_excluding_duties WHERE company_id = %s"


def actor_for(user: User, company: Company, scopes: frozenset[str] = frozenset()) -> Actor:
    """The actor that a user is in a company; raises NotAllowed when they have no role there."""
    if not user.active:
        raise NotAllowed(_("This account is closed; ask an administrator."))
    # At every request: in plain words, and in one trip.
    granted, pairs = ask_together(
        Question(GRANTED, [user.pk, company.pk], list), Question(EXCLUDING, [company.pk], list)
    )
    permissions = {"*"} if user.administrator else set()
    limits: dict[str, int] = {}
    unlimited = set(permissions)
    for permission, most in granted:
        permissions.add(permission)
        if most is None:
            unlimited.add(permission)
        else:
            limits[permission] = max(most, limits.get(permission, 0))
    if not permissions:
        raise NotAllowed(_("You have no role in this company; ask an administrator."))
    return Actor(
        user_id=user.pk,
        name=user.name,
        company_id=company.pk,
        currency=company.currency,
        country=company.country,
        language=user.language,
        zone=user.zone or company.zone,
        permissions=frozenset(permissions),
        limits={p: most for p, most in limits.items() if p not in unlimited},
        excluded=_excluded(pairs, frozenset(permissions)),
        scopes=scopes,
    )


def _excluded(pairs: Iterable[tuple[str, str]], permissions: frozenset[str]) -> frozenset[str]:
    """Permissions lost because the person also has one that excludes it: both are refused."""
    lost: set[str] = set()
    for first, second in pairs:
        if covers(permissions, first) and covers(permissions, second):
            lost |= {first, second}
    return frozenset(lost)


COMPANIES = "SELECT * FROM kernel_company ORDER BY name, id"
THEIRS = (
    "SELECT * FROM kernel_company WHERE id IN"
    " (SELECT company_id FROM kernel_grant WHERE user_id = %s AND ended_at IS NULL)"
    " ORDER BY name, id"
)


def companies_of(user: User) -> list[Company]:
    """The companies in which a user may act, by name."""
    # At every request too: making up a statement costs more than performing it.
    mine = (COMPANIES, ()) if user.administrator else (THEIRS, (user.pk,))
    return list(Company.objects.raw(*mine))


PERSON = "SELECT * FROM kernel_user WHERE id = %s AND active AND kind = 'person'"


def person_of(key: int) -> User | None:
    """The person with this key whose account is open, if any."""
    return next(iter(User.objects.raw(PERSON, [key])), None)


def installation_actor() -> Actor:
    """The installation itself, acting in no company: it founds them, and keeps its own house."""
    return Actor(
        user_id=_system_user_id(),
        name="Kantoor",
        company_id=INSTALLATION,
        permissions=frozenset({"*"}),
        signed_in=False,
    )


def _system_user_id() -> int | None:
    return User.objects.filter(kind="system").values_list("pk", flat=True).first()


def console_actor(company: Company) -> Actor:
    """The installation itself, acting at the console of the machine it runs on."""
    return Actor(
        user_id=_system_user_id(),
        name="console",
        company_id=company.pk,
        currency=company.currency,
        country=company.country,
        language=company.language,
        zone=company.zone,
        permissions=frozenset({"*"}),
        signed_in=False,
    )
