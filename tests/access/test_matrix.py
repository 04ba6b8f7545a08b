"""Every action, query and route against every role: allowed exactly when the role says so.

Nothing is listed here but what is open by its nature; new departments are covered by declaring
themselves. A route that asks nothing of who opens it, and is not listed, fails.
"""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from kantoor.kernel.actions.registry import Action, actions
from kantoor.kernel.actors.actor import EVERYONE
from kantoor.kernel.actors.companies import MANAGE_INSTALLATION
from kantoor.kernel.actors.models import Token
from kantoor.kernel.actors.tokens import create_token, revoke_token
from kantoor.kernel.errors import NotAllowed
from kantoor.shell.api.openapi import document, path_of
from tests.access.mirror import NOBODY, NOWHERE
from tests.access.office import (
    ASKED,
    CODES,
    EVERYTHING,
    Office,
    api,
    declared,
    is_of_tests,
    permits,
)
from tests.access.routes import FOR_ALL, OPEN, Route, routes
from tests.undone import undone

pytestmark = pytest.mark.django_db


def served() -> list[tuple[str, str, str]]:
    """Every operation of the API: its method, its address, and the permission it needs."""
    needs = {(kind(each), path_of(each)): each.permission for each in declared()}
    return [
        (method.upper(), path, needs[method.upper(), path])
        for path, methods in document()["paths"].items()
        for method in methods
        if (method.upper(), path) in needs
    ]


def kind(each: object) -> str:
    return "POST" if isinstance(each, Action) else "GET"


def odd_call(token: str, method: str, path: str) -> Any:
    """A call that nothing can come of: whoever may make it hears that it does not fit."""
    if method == "POST":
        return api(token, method, path, b'{"\\u0001": 1}')
    return api(token, method, path, query="%01=1")


@pytest.mark.parametrize("role", ASKED)
def test_the_api_allows_what_the_role_permits_and_nothing_else(office: Office, role: str) -> None:
    wrong = []
    for method, path, permission in served():
        status = odd_call(office.tokens[role], method, path).status_code
        if status != (422 if permits(role, permission) else 403):
            wrong.append(f"{method} {path} needs {permission} and gives {role} {status}")
    assert wrong == []


@pytest.mark.parametrize("role", ASKED)
def test_actions_and_queries_that_no_face_shows_ask_the_same(office: Office, role: str) -> None:
    wrong = []
    for each in declared():
        with undone():
            try:
                each.call(office.people[role])
                allowed = True
            except NotAllowed as refusal:
                allowed = refusal.code != "not_allowed"
            except Exception:
                allowed = True  # It went on, and missed its parameters.
        if allowed is not permits(role, each.permission) and each.permission != EVERYONE:
            wrong.append(f"{each.name} needs {each.permission} and allows {role}: {allowed}")
    assert wrong == []


OF_EVERY_EMPLOYEE = {
    "communication.see_news",
    "ict.ask_help",
    "hr.use_own",
    "procedures.start",
    "procedures.take_part",
}
"""What one may do as an employee: it touches nothing but what is one's own."""


def test_what_the_standard_roles_are_for() -> None:
    """Said by hand, so that a pattern too wide is seen."""
    for act in actions():
        if act.permission in (EVERYONE, "kernel.verify") or is_of_tests(act):
            continue
        name = f"{act.name} ({act.permission})"
        assert not permits("auditor", act.permission), f"an auditor only looks: {name}"
        if act.permission not in OF_EVERY_EMPLOYEE:
            assert not permits("employee", act.permission), f"an employee has nothing here: {name}"
        if act.department in ("finance", "sales"):
            for role in ("help_desk", "ict_manager", "hr_officer", "payroll_officer"):
                assert not permits(role, act.permission), f"they keep no books: {name}"
        if act.department == "hr" and act.permission != "hr.use_own":
            for role in ("help_desk", "ict_manager", "sales_desk", "bookkeeper"):
                assert not permits(role, act.permission), f"HR is not theirs: {name}"
        if act.permission in ("hr.manage_pay", "hr.run_payroll"):
            assert not permits("hr_officer", act.permission), f"of those who pay: {name}"
        if act.department == "finance" and act.permission != "finance.issue_invoice":
            assert not permits("sales_desk", act.permission), f"sales keeps no books: {name}"
        if act.permission == MANAGE_INSTALLATION:
            for role in CODES:
                assert not permits(role, act.permission), f"for administrators alone: {name}"


def test_who_is_not_signed_in_or_no_more_gets_nothing(office: Office) -> None:
    actor = office.people[EVERYTHING]
    ended = {name: create_token(actor, name=name).token for name in ("expired", "revoked")}
    past = timezone.now() - timedelta(seconds=1)
    QuerySet(Token).filter(name="expired").update(expires_at=past)
    revoke_token(actor, name="revoked")
    for token in ("", "kb.nobody", *ended.values()):
        for method, path, _permission in served():
            assert api(token, method, path).status_code == 401, path


@pytest.mark.parametrize("scope", ["*.read_*", "finance.*", "kernel.read_users"])
def test_a_scope_narrows_what_the_role_permits(office: Office, scope: str) -> None:
    pattern = re.compile(re.escape(scope).replace(r"\*", ".*"))
    token = create_token(office.people["bookkeeper"], name=scope, scopes=[scope]).token
    wrong = []
    for method, path, permission in served():
        within = permission == EVERYONE or pattern.fullmatch(permission) is not None
        status = odd_call(token, method, path).status_code
        if status != (422 if within and permits("bookkeeper", permission) else 403):
            wrong.append(f"{method} {path} needs {permission} and gives {scope} {status}")
    assert wrong == []


def test_who_has_no_role_in_a_company_is_nobody_there(office: Office) -> None:
    secret = create_token(office.people[EVERYTHING], name="there").token
    QuerySet(Token).filter(name="there").update(company_id=office.mirror.company_id)
    for method, path, _permission in served():
        assert odd_call(secret, method, path).status_code == 403, path
    browser = office.browsers[EVERYTHING]
    assert browser.post("/company", {"company": office.mirror.company_id}).status_code == 400


# --- pages


def empty(route: Route) -> str:
    """The address with parts that nothing is called."""
    made = {"int": NOWHERE}
    return route.url(**{name: made.get(kind, NOBODY) for name, kind in route.parts.items()})


def pages() -> list[Route]:
    """Routes that need somebody signed in, but the forms of actions."""
    return [each for each in routes() if each.name not in (*OPEN, "action")]


def test_only_what_is_open_by_its_nature_is_open() -> None:
    assert {each.name for each in routes() if each.open_to_all} == set(OPEN)
    assert all(each.name for each in routes()), "every route has a name"


def test_every_page_says_what_it_asks() -> None:
    unknown = [each.pattern for each in pages() if each.needs() is None]
    assert unknown == [], "give the view a permission or a query, or say in routes.py what it asks"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_who_is_not_signed_in_is_sent_to_the_sign_in(office: Office, method: str) -> None:
    stranger = Client()
    for route in pages():
        answer = stranger.generic(method, empty(route))
        sent = answer.status_code == 302 and answer["Location"].startswith("/sign-in?")
        assert sent or answer.status_code in (401, 403, 405), route.pattern
        part = stranger.generic(method, empty(route), headers={"HX-Request": "true"})
        assert part.status_code != 200, route.pattern


@pytest.mark.parametrize("role", ASKED)
def test_a_page_opens_when_the_role_permits_it_and_not_otherwise(office: Office, role: str) -> None:
    browser, wrong = office.browsers[role], []
    for route in pages():
        needs = route.needs() or ()
        allowed = any(permits(role, permission) for permission in needs)
        if within := route.within():
            allowed = allowed and any(permits(role, permission) for permission in within)
        for method in ("GET", "POST") if not allowed or role == EVERYTHING else ("GET",):
            with undone():
                status = browser.generic(method, empty(route)).status_code
            refused = status == 403
            if status != 405 and (status >= 500 or refused is allowed):
                wrong.append(f"{method} {route.pattern} ({needs}) gives {role} {status}")
    assert wrong == []


@pytest.mark.parametrize("role", ASKED)
def test_the_form_of_an_action_opens_for_who_may_perform_it(office: Office, role: str) -> None:
    browser, wrong = office.browsers[role], []
    for act in (each for each in declared() if isinstance(each, Action)):
        url = f"/{act.department}/do/{act.verb.replace('_', '-')}"
        status = browser.get(url).status_code
        expected = (200,) if permits(role, act.permission) else (403,)
        if status not in ((404,) if act.hidden else expected):
            wrong.append(f"{url} ({act.permission}) gives {role} {status}")
        if not permits(role, act.permission) and not act.hidden:
            with undone():
                status = browser.post(url).status_code
            if status != 403:
                wrong.append(f"POST {url} gives {role} {status}")
    assert wrong == []


FOR_MACHINES = ("api-", "door-", "alerts-", "communication.unsubscribe")
"""Routes whose callers show a token with each call, or are known by where they are."""


def test_no_page_takes_a_post_from_elsewhere(office: Office) -> None:
    browser = office.careful_browser(EVERYTHING)
    for route in routes():
        if route.name.startswith(FOR_MACHINES):
            assert getattr(route.callback, "csrf_exempt", False), route.pattern
            continue
        assert not getattr(route.callback, "csrf_exempt", False), route.pattern
        answer = browser.post(empty(route))
        assert answer.status_code in (403, 405), route.pattern
    assert {"password", "company"} <= set(FOR_ALL)
