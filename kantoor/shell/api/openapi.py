"""The OpenAPI 3.1 document, assembled from the actions and queries as they are declared."""

import inspect
from functools import cache
from typing import Any

from django.utils.encoding import force_str
from django.utils.translation import override

from kantoor import __version__
from kantoor.kernel.actions.once import FIELD, LONGEST_KEY
from kantoor.kernel.actions.registry import Action, actions
from kantoor.kernel.intake.http import EventOutcome
from kantoor.kernel.paging import LARGEST_PAGE
from kantoor.kernel.queries import Query, queries
from kantoor.shell.api.problems import TITLES, Problem
from kantoor.shell.api.schemas import Json, needed, resolved, schemas_of

REFUSALS = (400, 401, 403, 404, 409, 413, 415, 422, 503)
ASKED = (400, 401, 403, 404, 409, 422, 503)
"""What a query may answer instead: it has no body."""
WAITS = 202
ONCE = {
    "name": FIELD,
    "in": "header",
    "description": (
        "The same key again gives the same answer and does nothing more; for another request it"
        " is refused (409, `idempotency.reused`). Keys are the caller's own, in one company."
    ),
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"},
}


@cache
def document() -> Json:
    """The whole document; it does not change while the process lives."""
    acts = [each for each in actions() if not each.hidden]
    asks = [each for each in queries() if each.exposed]
    both: list[Action | Query] = [*acts, *asks]
    kinds: list[Any] = [Problem, list[EventOutcome]]
    for each in both:
        kinds += [each.parameters, each.result]
    schemas, components = schemas_of(kinds)
    problem, outcomes, *rest = schemas
    pairs = zip(rest[::2], rest[1::2], strict=True)
    paths: dict[str, Json] = {
        "/api/v1/openapi.json": _itself(),
        "/api/v1/intake": _intake(outcomes),
    }
    for act, (parameters, result) in zip(acts, pairs, strict=False):
        wanted = resolved(parameters, components).get("required", ())
        paths[path_of(act)] = {"post": _posting(act, parameters, result, bool(wanted))}
    for ask, (parameters, result) in zip(asks, pairs, strict=True):
        paths.setdefault(path_of(ask), {})["get"] = _asking(
            ask, resolved(parameters, components), result
        )
    responses = {_response(status): _problem(status, problem) for status in (WAITS, *REFUSALS)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kantoor",
            "version": __version__,
            "description": _ABOUT,
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": "/"}],
        "security": [{"bearer": []}],
        "tags": [{"name": name} for name in sorted({_department(each) for each in both})],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": needed(components, paths, responses),
            "responses": responses,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


_ABOUT = (
    "Reads are GET, actions are POST. Amounts are integers in minor units of their currency, days"
    " ISO 8601, moments RFC 3339 in UTC. A list gives a page and `next_cursor` (empty on the last"
    " page), which asks the next one as `cursor`. What is refused is a problem (RFC 9457) with a"
    " stable `code`; 202 means that the request waits for a second person. Texts follow"
    " `Accept-Language` (nl, en), else the caller's own language."
)


def path_of(declared: Action | Query) -> str:
    """The address of an action or query: `/api/v1/finance/post-entry`."""
    department, _, name = declared.name.partition(".")
    return f"/api/v1/{department}/{name.replace('_', '-')}"


def _posting(act: Action, parameters: Json, result: Json, required: bool) -> Json:
    return {
        **_described(act),
        "parameters": [ONCE],
        "requestBody": {
            "required": required,
            "content": {"application/json": {"schema": parameters}},
        },
        "responses": _answers(result, (WAITS, *REFUSALS)),
    }


def _asking(ask: Query, shape: Json, result: Json) -> Json:
    required = set(shape.get("required", ()))
    return {
        **_described(ask),
        "parameters": [
            {
                "name": name,
                "in": "query",
                "required": name in required,
                "schema": _in_address(name, schema),
            }
            for name, schema in shape.get("properties", {}).items()
        ],
        "responses": _answers(result, ASKED),
    }


def _in_address(name: str, schema: Json) -> Json:
    """The schema of a parameter in the address: what is nothing is left out there."""
    if name == "limit" and schema.get("type") == "integer":
        return {**schema, "minimum": 1, "maximum": LARGEST_PAGE}
    choices = [each for each in schema.get("anyOf", ()) if each != {"type": "null"}]
    if not choices:
        return schema
    kept = {key: value for key, value in schema.items() if key not in ("anyOf", "default")}
    return {**kept, **(choices[0] if len(choices) == 1 else {"anyOf": choices})}


def _itself() -> Json:
    described = {"application/json": {"schema": {"type": "object"}}}
    return {
        "get": {
            "operationId": "openapi",
            "summary": "This document",
            "security": [],
            "responses": {"200": {"description": "Done", "content": described}},
        }
    }


def _intake(outcomes: Json) -> Json:
    content = {
        "application/cloudevents+json": {"schema": _EVENT},
        "application/cloudevents-batch+json": {"schema": {"type": "array", "items": _EVENT}},
    }
    return {
        "post": {
            "operationId": "intake",
            "summary": "Take in events of the front office",
            "description": (
                "CloudEvents 1.0: structured, binary (`ce-` headers) or a batch. `source` and `id`"
                " name an event: the same again is a duplicate and changes nothing. When every"
                " event is refused the answer is a problem; they are kept, with the reasons."
                "\n\nPermission: `kernel.take_in`."
            ),
            "tags": ["kernel"],
            "requestBody": {"required": True, "content": content},
            "responses": _answers(outcomes, REFUSALS),
        }
    }


_EVENT: Json = {
    "type": "object",
    "required": ["specversion", "id", "source", "type"],
    "properties": {
        "specversion": {"const": "1.0"},
        "id": {"type": "string", "minLength": 1},
        "source": {"type": "string", "minLength": 1},
        "type": {"type": "string", "minLength": 1},
        "subject": {"type": "string"},
        "time": {"type": "string", "format": "date-time"},
        "datacontenttype": {"type": "string"},
        "data": {},
    },
}


def _described(declared: Action | Query) -> Json:
    text = inspect.getdoc(declared.function) or ""
    return {
        "operationId": declared.name,
        "summary": _english(declared.title) or declared.name,
        "description": f"{text}\n\nPermission: `{declared.permission}`.",
        "tags": [_department(declared)],
    }


def _department(declared: Action | Query) -> str:
    return declared.name.partition(".")[0]


def _answers(result: Json, refusals: tuple[int, ...]) -> Json:
    done = {"description": "Done", "content": {"application/json": {"schema": result}}}
    refused = {str(n): {"$ref": f"#/components/responses/{_response(n)}"} for n in refusals}
    return {"200": done, **refused}


def _response(status: int) -> str:
    return f"Problem{status}"


def _problem(status: int, problem: Json) -> Json:
    said: Json = {
        "description": _english(TITLES[status]),
        "content": {"application/problem+json": {"schema": problem}},
    }
    if status == 401:
        said["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}}}
    return said


def _english(text: object) -> str:
    with override("en"):
        return force_str(text)
