"""What may be named in a diagram, as lists for the editor: actions, questions, events, people."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.encoding import force_str

from kantoor.kernel.actions.registry import actions
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Role
from kantoor.kernel.queries import queries, scoped
from kantoor.procedures.diagrams.known import KnownParameter
from kantoor.procedures.models import Procedure, Team
from kantoor.procedures.queries.known import event_fields, parameters_of
from kantoor.procedures.web.kinds import KINDS


def catalogue(actor: Actor) -> dict[str, Any]:
    """Everything a diagram of the actor's company can name, each list by name."""
    return {
        "actions": [
            _call(each.name, each.title, parameters_of(each.parameters))
            for each in actions()
            if not each.hidden
        ],
        "queries": [
            _call(each.name, each.title, parameters_of(each.parameters))
            for each in queries()
            if each.exposed
        ],
        "events": [
            {"name": name, "title": "", "parts": [{"name": each} for each in sorted(fields)]}
            for name, fields in sorted(event_fields().items())
        ],
        "roles": [
            {"name": code, "title": ""}
            for code in Role.objects.order_by("code").values_list("code", flat=True)
        ],
        "words": {tag: force_str(word) for tag, word in KINDS.items()},
        "teams": _named(actor, Team, "code"),
        "procedures": _named(actor, Procedure, "key"),
    }


def _call(name: str, title: Any, parameters: Mapping[str, KnownParameter]) -> dict[str, Any]:
    return {"name": name, "title": force_str(title), "parts": list(_paths(parameters, ""))}


def _paths(parameters: Mapping[str, KnownParameter], before: str) -> Iterator[dict[str, Any]]:
    """Parameters, and the parts of those that are records, as inputs name them."""
    for parameter in parameters.values():
        path = before + parameter.name
        if parameter.parts:
            yield from _paths(parameter.parts, f"{path}.")
        else:
            yield {"name": path, "required": parameter.required}


def _named(actor: Actor, model: type[Any], code: str) -> list[dict[str, str]]:
    rows = scoped(actor, model).order_by(code).values_list(code, "name", "name_nl")
    dutch = actor.language == "nl"
    return [{"name": key, "title": (nl or name) if dutch else name} for key, name, nl in rows]
