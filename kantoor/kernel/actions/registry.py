"""All actions of the installation, as their decorators declared them.

The faces (forms, API, CLI, permissions page) are assembled from these; nothing is written twice.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_type_hints

import msgspec

from kantoor.kernel.actors.actor import Actor

Function = Callable[..., Any]
NeedsSecond = Callable[[Actor, Mapping[str, Any]], str | None]


@dataclass(frozen=True)
class Action:
    """One declared action: `finance.post_entries` with its permission, title and parameters.

    `answers_secret`: it answers with a password, token or key that is shown once and never kept.
    """

    name: str
    permission: str
    title: Any
    function: Function
    call: Function
    second_pair: NeedsSecond | None
    bulk_of: str
    hidden: bool
    answers_secret: bool = False

    @property
    def department(self) -> str:
        return self.name.partition(".")[0]

    @property
    def verb(self) -> str:
        return self.name.partition(".")[2]

    @property
    def parameters(self) -> type[msgspec.Struct]:
        """The keyword parameters as a msgspec Struct, made from the signature."""
        return _parameters(self)

    @property
    def result(self) -> Any:
        """The type that the action gives."""
        return get_type_hints(self.function).get("return", type(None))

    def summary(self) -> str:
        """The first sentence of the docstring."""
        return (inspect.getdoc(self.function) or "").partition("\n\n")[0].replace("\n", " ")


_actions: dict[str, Action] = {}
_structs: dict[str, type[msgspec.Struct]] = {}


def register(action: Action) -> None:
    known = _actions.get(action.name)
    same = known is None or known.function.__module__ == action.function.__module__
    assert same, f"two actions are called {action.name}"
    _actions[action.name] = action


def actions() -> tuple[Action, ...]:
    """Every action, by name."""
    return tuple(_actions[name] for name in sorted(_actions))


def action_named(name: str) -> Action | None:
    """The action with a full name such as `finance.post_entry`."""
    return _actions.get(name)


def _parameters(action: Action) -> type[msgspec.Struct]:
    if (known := _structs.get(action.name)) is not None:
        return known
    hints = get_type_hints(action.function, include_extras=True)
    fields: list[Any] = []
    for name, parameter in inspect.signature(action.function).parameters.items():
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            continue
        if parameter.default is inspect.Parameter.empty:
            fields.append((name, hints[name]))
        else:
            fields.append((name, hints[name], parameter.default))
    title = "".join(part.title() for part in action.name.replace(".", "_").split("_"))
    struct = msgspec.defstruct(title, fields, kw_only=True, forbid_unknown_fields=True)
    _structs[action.name] = struct
    return struct


def department_of(module: str) -> str:
    """The department (or `kernel`) that a module belongs to."""
    parts = module.split(".")
    if "departments" in parts:
        return parts[parts.index("departments") + 1]
    return parts[1] if len(parts) > 1 else parts[0]
