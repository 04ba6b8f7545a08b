"""Actions and queries that a diagram names: that they exist, may be used, and get what they ask."""

from collections import Counter
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from kantoor.procedures.diagrams.elements import Element, Fault
from kantoor.procedures.diagrams.known import PROCEDURES, STARTING, KnownCall, KnownParameter
from kantoor.procedures.diagrams.rules.looking import CALLING_TASKS, WAITING_TASKS, Look, at


def actions(look: Look) -> Iterator[Fault]:
    """Actions of people and of the procedure itself."""
    for element in look.of_tags(CALLING_TASKS | WAITING_TASKS):
        by_itself = element.tag in CALLING_TASKS
        if not element.action:
            if by_itself:
                yield at(element, "action.missing", _("Choose the action that this task performs."))
            elif element.inputs or element.offers:
                yield at(element, "input.without_action", _("There is no action to give this to."))
            continue
        action = look.known.action(element.action)
        if action is None:
            yield at(
                element, "action.unknown",
                _("There is no action {action}; choose one that is.").format(action=element.action),
            )  # fmt: skip
            continue
        yield from _usable(look, element, action, by_itself)
        yield from _given(element, action, by_itself)


def _usable(look: Look, element: Element, action: KnownCall, by_itself: bool) -> Iterator[Fault]:
    if action.hidden:
        yield at(
            element, "action.hidden",
            _("{action} can't be used in a procedure.").format(action=action.name),
        )  # fmt: skip
    elif action.name.startswith(PROCEDURES) and action.name not in STARTING:
        yield at(
            element, "action.moves_procedures",
            _("A procedure can start another, but can't {action}; let it wait for an event.").format(
                action=action.name
            ),
        )  # fmt: skip
    elif by_itself and action.secret:
        yield at(
            element, "action.secret",
            _("{action} answers with a secret that only a person may see.").format(
                action=action.name
            ),
        )  # fmt: skip
    elif by_itself and not look.known.may(action.permission):
        yield at(
            element, "action.not_allowed",
            _("The procedure may not {action}: its account needs the permission {permission}.").format(
                action=action.name, permission=action.permission
            ),
        )  # fmt: skip


def queries(look: Look) -> Iterator[Fault]:
    """Questions that the procedure asks, and what it waits to observe."""
    for element in look.elements:
        asks = element.tag == "businessRuleTask"
        if not asks and not element.query:
            continue
        if not element.query:
            yield at(element, "query.missing", _("Choose the question that this task asks."))
            continue
        query = look.known.query(element.query)
        if query is None:
            yield at(
                element, "query.unknown",
                _("There is no query {query}; choose one that is.").format(query=element.query),
            )  # fmt: skip
            continue
        if not look.known.may(query.permission):
            yield at(
                element, "query.not_allowed",
                _("The procedure may not see {query}: its account needs the permission {permission}.").format(
                    query=query.name, permission=query.permission
                ),
            )  # fmt: skip
        yield from _given(element, query, True)


def calls(look: Look) -> Iterator[Fault]:
    """Other procedures that it calls."""
    for element in look.of_tags(frozenset({"callActivity"})):
        if not element.calls:
            yield at(element, "call.missing", _("Say which procedure is called."))
        elif element.calls == look.diagram.key:
            yield at(element, "call.itself", _("A procedure can't call itself."))
        elif not look.known.procedure(element.calls):
            yield at(
                element, "call.unknown",
                _("There is no published procedure {key}.").format(key=element.calls),
            )  # fmt: skip


def _given(element: Element, call: KnownCall, by_itself: bool) -> Iterator[Fault]:
    names = [one.name for one in (*element.inputs, *element.offers)]
    for name, count in Counter(names).items():
        if count > 1:
            yield at(element, "input.twice", _("“{name}” is given twice.").format(name=name))
        if not _known(name, call.parameters):
            yield at(
                element, "input.unknown_parameter",
                _("{call} has no parameter {name}.").format(call=call.name, name=name),
            )  # fmt: skip
    if by_itself:
        for name in _lacking(set(names), call.parameters, ""):
            yield at(
                element, "input.missing",
                _("{call} needs {name}; say where it comes from.").format(
                    call=call.name, name=name
                ),
            )  # fmt: skip


def _known(path: str, parameters: Mapping[str, KnownParameter]) -> bool:
    first, _dot, rest = path.partition(".")
    parameter = parameters.get(first)
    if parameter is None:
        return False
    return not rest or _known(rest, parameter.parts)


def _lacking(
    names: set[str], parameters: Mapping[str, KnownParameter], before: str
) -> Iterator[str]:
    """What is required and given neither whole nor by its parts."""
    for parameter in parameters.values():
        path = before + parameter.name
        if path in names:
            continue
        by_parts = any(name.startswith(f"{path}.") for name in names)
        if by_parts:
            yield from _lacking(names, parameter.parts, f"{path}.")
        elif parameter.required:
            yield path
