"""Buttons from actions: an action by its name becomes a link to its form, or does it at once."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from django.utils.encoding import force_str
from django.utils.http import urlencode

from kantoor.kernel.actions.registry import Action, action_named
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.ui.listing import Act


def url_of_action(name: str, given: Mapping[str, Any] | None = None) -> str:
    """The address of an action's form, with what is known filled in."""
    department, _, verb = name.partition(".")
    address = f"/{department}/do/{verb.replace('_', '-')}"
    pairs = in_address(given or {})
    return f"{address}?{urlencode(pairs)}" if pairs else address


def in_address(given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Parameters as an address carries them: plain, or JSON where they are many or nested."""
    return [(name, _text(value)) for name, value in given.items() if value is not None]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple, dict, msgspec.Struct)):
        return msgspec.json.encode(value).decode()
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else force_str(value)


def known_action(name: str) -> Action:
    """The action of that name; our own mistake when there is none."""
    found = action_named(name)
    assert found is not None, f"there is no action {name}"
    return found


def act_for(
    actor: Actor,
    name: str,
    values: Mapping[str, Any] | None = None,
    *,
    label: Any = "",
    key: str = "",
    icon: str = "",
    tone: Any = "",
    hint: Any = "",
    at_once: bool = False,
    back: str = "",
    **given: Any,
) -> Act | None:
    """The button for an action with what is known filled in; None when the actor may not do it.

    What is known is `given` by name, or by `values` where a name is taken here (`key`).
    `at_once` performs it without a form: for what can be undone and asks nothing more. `back`
    is where the person comes afterwards, when not at what the action made.
    """
    declared = known_action(name)
    if not actor.may(declared.permission):
        return None
    asked = {**(values or {}), **given, **({"next": back} if back else {})}
    return Act(
        label=force_str(label or declared.title),
        url=url_of_action(name) if at_once else url_of_action(name, asked),
        method="post" if at_once else "get",
        key=key,
        icon=icon,
        tone=tone,
        hint=force_str(hint),
        fields=[*in_address(asked), ("at_once", "1")] if at_once else (),
    )


def acts(*found: Act | None) -> list[Act]:
    """Those of the buttons that the actor may press."""
    return [act for act in found if act is not None]
