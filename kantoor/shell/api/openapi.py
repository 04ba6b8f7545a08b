"""The OpenAPI 3.1 document, assembled from the actions and queries as they are declared."""

import re
from functools import cache
from typing import Any

import msgspec
from django.utils.encoding import force_str
from django.utils.translation import override

from kantoor import __version__
from kantoor.kernel.actions.registry import Action, actions
from kantoor.kernel.queries import Query, queries
from kantoor.shell.api.problems import TITLES, Problem

Json = dict[str, Any]
REFUSALS = (400, 401, 403, 404, 409, 413, 415, 422)


@cache
def document() -> Json:
    """The whole document; it does not change while the process lives."""
    posted = [each for each in actions() if not each.hidden]
    asked = [each for each in queries() if each.exposed]
    shapes: list[Any] = [Problem]
    for act in posted:
        shapes += [act.parameters, act.result]
    shapes += [ask.result for ask in asked] + [ask.parameters for ask in asked]
    schemas, components = msgspec.json.schema_components(
        shapes, schema_hook=_foreign, ref_template="#/components/schemas/{name}"
    )
    problem, rest = schemas[0], iter(schemas[1:])
    paths: dict[str, Json] = {}
    for act in posted:
        paths[_path(act)] = {"post": _posting(act, next(rest), next(rest))}
    results = [next(rest) for _ in asked]
    for ask, result in zip(asked, results, strict=True):
        shape = components[next(rest)["$ref"].rpartition("/")[2]]
        paths.setdefault(_path(ask), {})["get"] = _asking(ask, shape, result)
    _drop_unused(paths, components)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Kantoor", "version": __version__, "license": {
            "name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"}},
        "servers": [{"url": "/"}],
        "security": [{"bearer": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(components.items())),
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "responses": {
                str(status): {
                    "description": _english(TITLES[status]),
                    "content": {"application/problem+json": {"schema": problem}},
                }
                for status in (202, *REFUSALS)
            },
        },
    }  # fmt: skip


def _path(declared: Action | Query) -> str:
    department, _, name = declared.name.partition(".")
    return f"/api/v1/{department}/{name.replace('_', '-')}"


def _posting(act: Action, parameters: Json, result: Json) -> Json:
    return {
        **_described(act),
        "parameters": [
            {
                "name": "Idempotency-Key",
                "in": "header",
                "description": "the same key again gives the same answer and does nothing",
                "schema": {"type": "string", "maxLength": 200},
            }
        ],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": parameters}},
        },
        "responses": _answers(result),
    }


def _asking(ask: Query, shape: Json, result: Json) -> Json:
    required = set(shape.get("required", ()))
    return {
        **_described(ask),
        "parameters": [
            {"name": name, "in": "query", "required": name in required, "schema": schema}
            for name, schema in shape.get("properties", {}).items()
        ],
        "responses": _answers(result),
    }


def _described(declared: Action | Query) -> Json:
    return {
        "operationId": declared.name,
        "summary": _english(declared.title) or declared.name,
        "description": f"{declared.summary()}\n\nPermission: `{declared.permission}`.",
        "tags": [declared.name.partition(".")[0]],
    }


def _answers(result: Json) -> Json:
    done = {"description": "Done", "content": {"application/json": {"schema": result}}}
    refused = {str(n): {"$ref": f"#/components/responses/{n}"} for n in (202, *REFUSALS)}
    return {"200": done, **refused}


def _english(text: object) -> str:
    with override("en"):
        return force_str(text)


def _foreign(_: type) -> Json:
    """A type that msgspec does not know is sent as its text."""
    return {"type": "string"}


def _drop_unused(paths: Json, components: Json) -> None:
    """The shapes of query parameters stand in the parameters themselves."""
    used: set[str] = {"Problem", "Fault"}
    waiting = [repr(paths), *(repr(components[name]) for name in used if name in components)]
    while waiting:
        for name in re.findall(r"#/components/schemas/([^'\"]+)", waiting.pop()):
            if name not in used:
                used.add(name)
                waiting.append(repr(components[name]))
    for name in set(components) - used:
        del components[name]
