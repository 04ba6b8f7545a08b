"""Two companies, people in every role of one of them, and ways to reach the program as each."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection
from django.test import Client
from django.utils import timezone

from kantoor.kernel.actions import runner
from kantoor.kernel.actions.registry import Action, actions
from kantoor.kernel.actors.actor import EVERYONE, Actor
from kantoor.kernel.actors.companies import MANAGE_INSTALLATION
from kantoor.kernel.actors.models import ExcludingDuties, User
from kantoor.kernel.actors.roles import Permitted, add_role, allow_duties, exclude_duties
from kantoor.kernel.actors.standard import ROLES
from kantoor.kernel.actors.tokens import create_token
from kantoor.kernel.departments import departments
from kantoor.kernel.jobs.models import Job
from kantoor.kernel.outbox.models import Delivery, Endpoint
from kantoor.kernel.parties.actions import link_users
from kantoor.kernel.queries import Query, queries
from kantoor.shell.signing_in import session
from tests.access.mirror import Mirror, mirror
from tests.complete import complete
from tests.founded import House

EVERYTHING = "everything"
"""A role of the tests: all that anything asks, but the installation itself."""
CODES = [*(role.code for role in ROLES), EVERYTHING]
ON_SQLITE = os.environ.get("KANTOOR_TEST_DATABASE", "sqlite") == "sqlite"
ASKED = CODES if ON_SQLITE else ["employee", EVERYTHING]
"""The roles for whom everything is tried: who may do what is decided before a database is asked,
so that on PostgreSQL one who may do nearly nothing and one who may do all are enough."""


class Call(NamedTuple):
    """An action that was performed, with its parameters."""

    action: Action
    parameters: Mapping[str, Any]


@dataclass
class Office:
    """The house with somebody in each role, called after it, and its mirror."""

    house: House
    mirror: Mirror
    people: dict[str, Actor]
    tokens: dict[str, str]
    calls: list[Call]
    """The actions by which all of it came about."""
    browsers: dict[str, Client]
    """A browser for each role, in which its person is signed in."""

    def careful_browser(self, role: str) -> Client:
        """A browser as strict as real ones with forms of other sites."""
        return _signed_in(self.people[role], Client(enforce_csrf_checks=True))


def furnish(folder: Path) -> Office:
    """Let everything happen in a company, put people in it, and its mirror beside it."""
    with overheard() as calls:
        house = complete(folder)
    for pair in ExcludingDuties.objects.all():
        allow_duties(house.administrator, first=pair.first, second=pair.second)
    exclude_duties(house.administrator, first="tests.one", second="tests.other")
    waiting(house)
    departments_of_all = {code.partition(".")[0] for code in asked() - {MANAGE_INSTALLATION}}
    add_role(
        house.administrator,
        code=EVERYTHING,
        name_en="Everything",
        name_nl="Alles",
        permissions=[Permitted(f"{name}.*") for name in sorted(departments_of_all)],
    )
    people = {code: house.person(f"a-{code.replace('_', '-')}", code) for code in CODES}
    link_users(house.administrator, parties={f"a-{EVERYTHING}": "M1"})
    tokens = {code: create_token(people[code], name="matrix").token for code in CODES}
    browsers = {code: _signed_in(people[code], Client()) for code in CODES}
    return Office(house, mirror(house.company), people, tokens, calls, browsers)


def waiting(house: House) -> None:
    """A job and a delivery, which no action makes by itself."""
    now = timezone.now()
    Job.objects.create(
        key="job",
        name="kernel.job",
        company=house.company,
        user_id=house.administrator.user_id,
        parameters="{}",
        created_at=now,
        run_at=now,
    )
    Delivery.objects.create(
        endpoint=Endpoint.objects.filter(company=house.company).earliest("pk"),
        message_id="message",
        event_type="finance.posted",
        body="{}",
        next_at=now,
        created_at=now,
    )


@contextmanager
def overheard() -> Iterator[list[Call]]:
    """Note the actions that are performed within, those that others call too."""
    calls: list[Call] = []
    perform = runner.perform

    def note(declared: Action, actor: Actor, parameters: Mapping[str, Any], *rest: Any) -> Any:
        calls.append(Call(declared, dict(parameters)))
        return perform(declared, actor, parameters, *rest)

    runner.perform = note  # type: ignore[assignment]
    try:
        yield calls
    finally:
        runner.perform = perform


def declared() -> list[Action | Query]:
    """Every action and query of the program, without those that tests declare."""
    every: list[Action | Query] = [*actions(), *queries()]
    return [each for each in every if not is_of_tests(each)]


def is_of_tests(each: Action | Query) -> bool:
    """Whether only tests declare it."""
    return "tests" in each.function.__module__.split(".")


def asked() -> set[str]:
    """Every permission that anything asks or offers."""
    offered = {each.code for department in departments() for each in department.permissions}
    return offered | {each.permission for each in declared()}


def permits(role: str, permission: str) -> bool:
    """Whether a role permits something: read from its rows, by a matcher of its own."""
    return permission == EVERYONE or any(
        _stands_for(pattern, permission) for pattern in _patterns(role)
    )


@cache
def _patterns(role: str) -> list[str]:
    """What a role permits; nobody changes roles once the office stands."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT permission FROM kernel_role_permission p JOIN kernel_role r ON r.id = p.role_id"
            " WHERE r.code = %s",
            [role],
        )
        patterns = [pattern for (pattern,) in cursor.fetchall()]
    assert patterns, f"there is no role {role}"
    return patterns


def _stands_for(pattern: str, permission: str) -> bool:
    parts = [re.escape(part) for part in pattern.split("*")]
    return re.fullmatch(".*".join(parts), permission) is not None


def _signed_in(actor: Actor, client: Client) -> Client:
    person = User.objects.get(pk=actor.user_id or 0)
    store = client.session
    store[session.USER], store[session.SALT] = person.pk, person.session_salt
    store.save()
    return client


@cache
def _client() -> Client:
    """One for all calls: each new one would set up the middleware again."""
    return Client(raise_request_exception=False)


def api(token: str, method: str, path: str, body: bytes = b"", query: str = "") -> Any:
    """A call of the API."""
    headers: Mapping[str, str] = {"Authorization": f"Bearer {token}"} if token else {}
    return _client().generic(
        method,
        path,
        body,
        content_type="application/json",
        headers={**headers, "Accept-Language": "en"},
        QUERY_STRING=query,
    )
