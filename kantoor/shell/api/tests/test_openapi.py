"""The document: valid OpenAPI 3.1, and true to what the API does."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec
import pytest
from django.utils.functional import Promise
from openapi_spec_validator import OpenAPIV31SpecValidator

from kantoor.kernel.actions.registry import Action, actions
from kantoor.kernel.paging import Page
from kantoor.kernel.queries import Query, queries
from kantoor.shell.api.openapi import document, path_of
from kantoor.shell.api.schemas import schemas_of
from kantoor.shell.api.tests.conftest import Api
from kantoor.shell.api.views import served


def test_the_document_is_valid_and_every_name_in_it_leads_somewhere(db: None) -> None:
    found = Api().get("openapi.json")
    assert found.status_code == 200
    assert list(OpenAPIV31SpecValidator(found.json()).iter_errors()) == []
    text = json.dumps(found.json())
    for reference in set(re.findall(r'"#/([^"]+)"', text)):
        place = found.json()
        for step in reference.split("/"):
            place = place[step]


def of_the_product(declared: Action | Query) -> bool:
    """Whether it is declared elsewhere than in tests, which may come after the document."""
    return "tests" not in declared.function.__module__.split(".")


def test_every_action_and_exposed_query_is_in_it_and_nothing_hidden() -> None:
    paths = document()["paths"]
    for act in filter(of_the_product, actions()):
        assert ("post" in paths.get(path_of(act), {})) is not act.hidden, act.name
    for ask in filter(of_the_product, queries()):
        assert ("get" in paths.get(path_of(ask), {})) is ask.exposed, ask.name
    names = [each["operationId"] for path in paths.values() for each in path.values()]
    assert len(names) == len(set(names))


def test_every_path_is_served() -> None:
    for path, methods in document()["paths"].items():
        if path.count("/") == 4:
            department, name = path.split("/")[3:]
            act, ask = served(f"{department}.{name.replace('-', '_')}")
            assert (act is not None, ask is not None) == ("post" in methods, "get" in methods)


def test_every_operation_asks_a_token_but_the_document_itself() -> None:
    assert document()["security"] == [{"bearer": []}]
    open_ones = [
        path
        for path, methods in document()["paths"].items()
        for each in methods.values()
        if "security" in each
    ]
    assert open_ones == ["/api/v1/openapi.json"]


def test_every_query_takes_what_an_address_can_say() -> None:
    for path, methods in document()["paths"].items():
        for parameter in methods.get("get", {}).get("parameters", ()):
            schema = parameter["schema"]
            plain = [each.get("type") for each in schema.get("anyOf", [schema])]
            assert "object" not in plain, f"{path} {parameter['name']}"
            assert "$ref" not in json.dumps(schema), f"{path} {parameter['name']}"


class Pair(NamedTuple):
    """A pair."""

    key: str
    amount: int = 0


class Row(msgspec.Struct):
    """A row
    of two lines.

    And more.
    """

    at: datetime
    until: datetime | None
    moments: list[datetime]
    price: Decimal
    words: Promise
    pairs: list[Pair]
    named: Mapping[str, int]


def test_types_are_told_as_json_has_them() -> None:
    (page,), components = schemas_of([Page[Row]])
    assert page == {"$ref": "#/components/schemas/Page_Row_"}
    row = components["Row"]["properties"]
    moment = {"type": "string", "format": "date-time"}
    assert row["at"] == moment
    assert row["until"] == {"anyOf": [moment, {"type": "null"}]}
    assert row["moments"] == {"type": "array", "items": moment}
    assert row["price"] == {"type": "string", "format": "decimal"}
    assert row["words"] == {"type": "string"}
    assert row["named"]["additionalProperties"]["maximum"] == 2**63 - 1
    assert components["Pair"]["prefixItems"][1]["default"] == 0
    assert components["Row"]["description"] == "A row of two lines.\n\nAnd more."


def test_pages_of_rows_that_two_departments_call_alike_are_told_apart() -> None:
    one = msgspec.defstruct("Line", [("code", str)], module="kantoor.one")
    other = msgspec.defstruct("Line", [("number", int)], module="kantoor.other")
    (first, second), components = schemas_of([Page[one], Page[other]])  # type: ignore[valid-type]
    assert first == {"$ref": "#/components/schemas/Page_kantoor.one.Line_"}
    assert second == {"$ref": "#/components/schemas/Page_kantoor.other.Line_"}
    page = components["Page_kantoor.one.Line_"]
    assert page["required"] == ["rows"]
    assert page["properties"]["rows"]["items"] == {"$ref": "#/components/schemas/kantoor.one.Line"}
    assert list(components["kantoor.other.Line"]["properties"]) == ["number"]


def test_a_type_that_json_does_not_have_is_our_mistake() -> None:
    with pytest.raises(TypeError, match="give a Struct"):
        schemas_of([complex])


def test_what_the_document_says_of_an_answer_holds(api: Api) -> None:
    users: Any = api.get("kernel/users").json()
    schema = document()["components"]["schemas"]["UserRow"]
    assert set(users["rows"][0]) == set(schema["properties"]) == set(schema["required"])
