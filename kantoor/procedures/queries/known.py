"""What diagrams may name, from the registries: actions, queries, events, roles, teams, procedures."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_args, get_origin

import msgspec
from django.utils.encoding import force_str

from kantoor.kernel.actions.registry import action_named
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Role
from kantoor.kernel.outbox.outgoing import event_types
from kantoor.kernel.queries import query_named, scoped
from kantoor.procedures.diagrams.known import FRONT, AnyField, KnownCall, KnownParameter
from kantoor.procedures.models import Procedure, Team


@dataclass(frozen=True)
class House:
    """What the actor's company knows; `machine` is the account of the procedure, if it has one."""

    actor: Actor
    machine: Actor | None

    def action(self, name: str) -> KnownCall | None:
        """The action of that name."""
        found = action_named(name)
        if found is None:
            return None
        return KnownCall(
            name=name,
            permission=found.permission,
            title=force_str(found.title),
            parameters=parameters_of(found.parameters),
            hidden=found.hidden,
            secret=found.answers_secret,
        )

    def query(self, name: str) -> KnownCall | None:
        """The query of that name, provided that the API shows it."""
        found = query_named(name)
        if found is None or not found.exposed:
            return None
        return KnownCall(
            name=name,
            permission=found.permission,
            title=force_str(found.title),
            parameters=parameters_of(found.parameters),
        )

    def event(self, name: str) -> frozenset[str] | None:
        """The fields of the event of that name."""
        if name.startswith(FRONT) and len(name) > len(FRONT):
            return AnyField()
        return event_fields().get(name)

    def role(self, name: str) -> bool:
        """Whether there is such a role."""
        return name in self._roles

    def team(self, name: str) -> bool:
        """Whether the company has such a team."""
        return scoped(self.actor, Team).filter(code=name).exists()

    def procedure(self, key: str) -> bool:
        """Whether the company has published such a procedure."""
        return scoped(self.actor, Procedure).filter(key=key).exclude(published=None).exists()

    def may(self, permission: str) -> bool:
        """Whether the procedure's machine account has a permission."""
        return self.machine is not None and self.machine.may(permission)

    @cached_property
    def _roles(self) -> frozenset[str]:
        return frozenset(Role.objects.values_list("code", flat=True))


def event_fields() -> Mapping[str, frozenset[str]]:
    """Every event that departments tell, by its name, with its fields."""
    return {
        name: frozenset(vars(kind)["__dataclass_fields__"]) for name, kind in event_types().items()
    }


def parameters_of(shape: type[msgspec.Struct]) -> dict[str, KnownParameter]:
    """The parameters of an action or query; records among them with their parts."""
    return {
        field.name: KnownParameter(
            name=field.name, required=field.required, parts=_parts(field.type, 3)
        )
        for field in msgspec.structs.fields(shape)
    }


def _parts(kind: Any, deep: int) -> dict[str, KnownParameter]:
    kind = _bare(kind)
    if deep == 0 or not isinstance(kind, type):
        return {}
    if issubclass(kind, msgspec.Struct):
        return {
            field.name: KnownParameter(
                name=field.name, required=field.required, parts=_parts(field.type, deep - 1)
            )
            for field in msgspec.structs.fields(kind)
        }
    return {}


def _bare(kind: Any) -> Any:
    """The record of an optional or annotated one."""
    while get_origin(kind) is not None:
        inner = [each for each in get_args(kind) if each is not type(None)]
        if get_origin(kind) in (list, tuple, set, dict, frozenset) or not inner:
            return None
        kind = inner[0]
    return kind
