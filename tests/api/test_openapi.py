"""Schemathesis sends what the document allows and what it does not: nothing may break.

No answer is a server's error, and each has a status, a kind of content, headers and a shape that
the document says. What a request writes is undone, so that one does not depend on another.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.db import connection
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from kantoor.config.wsgi import application
from kantoor.kernel.actions.registry import action_named
from kantoor.kernel.actors.tokens import create_token
from kantoor.kernel.queries import query_named
from kantoor.shell.api.answers import encoded
from kantoor.shell.api.openapi import document
from tests.complete import complete
from tests.undone import connection_kept, undone

EXAMPLES = 6
"""Random requests for each operation, beside those at the edges of its schema."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
]
KNOWN: dict[str, list[Any]] = {
    "account": ["10201", "80301"],
    "article": ["bread", "cake"],
    "customer": ["K1", "K2"],
    "party": ["K1"],
    "code": ["K1", "bread", "10201", "project"],
    "journal": ["MEM", "VRK", ""],
    "period": ["2011-01", "2011-11"],
    "year": ["2011"],
    "date": ["2011-01-31", "2010-12-01"],
    "ordered_on": ["2011-01-31"],
    "user": ["bo"],
    "sign_in": ["bo", "admin"],
    "role": ["bookkeeper"],
    "permission": ["finance.*"],
    "dimension": ["project"],
    "currency": ["EUR", "USD", ""],
    "country": ["NL", "US", ""],
    "language": ["nl"],
    "quantity": ["2"],
    "unit_price": ["12.50"],
    "amount": [100, -100],
    "name": ["shop"],
    "limit": [2],
}
"""Values that are there: random ones get no further than the first check."""


def described() -> dict[str, Any]:
    """The document, without what the tests of others declare.

    The idempotency key is tried where it is needed least often: once for each department.
    """
    found = json.loads(encoded(document()))
    keyed: set[str] = set()
    for path, methods in list(found["paths"].items()):
        if any(_of_a_test(each["operationId"]) for each in methods.values()):
            del found["paths"][path]
            continue
        posting, department = methods.get("post", {}), path.split("/")[3]
        if department in keyed:
            posting.pop("parameters", None)
        elif posting:
            keyed.add(department)
    return dict(found)


def _of_a_test(name: str) -> bool:
    declared = action_named(name) or query_named(name)
    return declared is not None and ".tests." in f"{declared.function.__module__}."


def configured() -> SchemathesisConfig:
    """Fewer of the cases that are the same for every operation."""
    phases = {
        "coverage": {"unexpected-methods": ["PUT"], "generate-duplicate-query-parameters": False}
    }
    return SchemathesisConfig.from_dict({"phases": phases})


schema = schemathesis.openapi.from_dict(described(), config=configured())


pytestmark = pytest.mark.django_db


@pytest.fixture
def _django_db_helper() -> None:
    """All tests here share one transaction (`tokens`), where others have one each."""


@pytest.fixture(scope="module")
def tokens(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[str, str]]:
    """A whole company, the token of its administrator, and one that may do next to nothing."""
    with django_db_blocker.unblock(), connection_kept(), undone():
        house = complete(tmp_path_factory.mktemp("shop"))
        poor = create_token(house.person("poor", "employee"), name="poor").token
        yield {"rich": create_token(house.administrator, name="rich").token, "poor": poor}


def familiar(value: Any, name: str, turn: int) -> Any:
    """The value with some of its parts replaced by such as are there."""
    if isinstance(value, dict):
        return {key: familiar(each, key, turn + len(key)) for key, each in value.items()}
    if isinstance(value, list):
        return [familiar(each, name, turn + n) for n, each in enumerate(value)]
    known = KNOWN.get(name)
    if known and turn % 2 and isinstance(value, type(known[0])):
        return known[turn % len(known)]
    return value


turns = iter(range(10**9))


def share() -> int:
    """Of how many requests one is sent. PostgreSQL differs only in what its columns take."""
    return 2 if connection.vendor == "sqlite" else 10


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_the_api_keeps_what_its_document_says(case: Any, tokens: dict[str, str]) -> None:
    turn = next(turns)
    if turn % share():
        return
    if isinstance(case.body, dict | list):
        case.body = familiar(case.body, "", turn)
    if case.query:
        case.query = familiar(dict(case.query), "", turn)
    for who in ("rich", "poor") if turn % 4 == 0 else ("rich",):
        with undone():
            headers = {"Authorization": f"Bearer {tokens[who]}"}
            case.call_and_validate(app=application, headers=headers, checks=CHECKS)
