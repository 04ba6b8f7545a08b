"""What a procedure does itself: actions and queries by name, as its machine account."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from django.db import OperationalError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kantoor.kernel.actions.attempt import attempt
from kantoor.kernel.actions.bounds import refuse_out_of_bounds
from kantoor.kernel.actions.context import because_of
from kantoor.kernel.actions.registry import Action, action_named
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.approvals import request_approval
from kantoor.kernel.errors import DomainError, InvalidInput
from kantoor.kernel.expressions import Value, plain
from kantoor.kernel.queries import query_named
from kantoor.procedures.diagrams.elements import Element
from kantoor.procedures.engine.running import Asked, Perform, Scope, WentWrong, inputs_of
from kantoor.procedures.models import Instance

log = logging.getLogger(__name__)
Parameters = dict[str, Any]
SOMETHING_WRONG = gettext_lazy("Something went wrong here that is ours to mend; it is in the log.")


class NotThere(DomainError):
    """An element names an action or query that this installation does not have."""

    code = "procedures.not_there"


def performing(machine: Callable[[], Actor], instance: Instance) -> Perform:
    """How the elements of an instance are performed: each as a whole or not at all."""

    def perform(element: Element, scope: Scope) -> Value:
        try:
            return done(element, scope)
        except (DomainError, Asked, OperationalError):
            raise
        except Exception as fault:
            log.exception("instance %s at %s", instance.pk, element.id)
            raise WentWrong(SOMETHING_WRONG) from fault

    def done(element: Element, scope: Scope) -> Value:
        if element.query:
            return ask_query(machine(), element, scope)
        declared = declared_of(element)
        given = inputs_of(element, scope, element.inputs)
        return act(machine(), declared, given, instance)

    return perform


def ask_query(machine: Actor, element: Element, scope: Scope) -> Value:
    """What the query that an element names answers to the procedure."""
    declared = query_named(element.query)
    if declared is None:
        raise NotThere(_("There is no query “{name}” here.").format(name=element.query))
    given = converted(inputs_of(element, scope, element.inputs), declared.parameters)
    return plain(declared.call(machine, **given))


def declared_of(element: Element) -> Action:
    """The action that an element names."""
    declared = action_named(element.action)
    if declared is None or declared.hidden:
        raise NotThere(_("There is no action “{name}” here.").format(name=element.action))
    return declared


def act(actor: Actor, declared: Action, given: Mapping[str, Value], instance: Instance) -> Value:
    """Perform an action within the procedure; raises Asked when a second person has to see it."""
    parameters = converted(given, declared.parameters)
    cause = because_of(reference(instance))
    if declared.second_pair and (why := declared.second_pair(actor, parameters)):
        with cause:
            text = msgspec.json.encode(parameters).decode()
            raise Asked(
                request_approval(actor, action_name=declared.name, parameters=text, why=why)
            )
    with cause, attempt():
        result = declared.call(actor, **parameters)
    return None if declared.answers_secret else plain(result)


def converted(given: Mapping[str, Value], shape: type[msgspec.Struct]) -> Parameters:
    """Values as the parameters that an action or query takes; raises InvalidInput."""
    try:
        read = msgspec.convert(dict(given), shape, strict=False)
    except msgspec.ValidationError as error:
        raise InvalidInput(str(error)) from None
    parameters = {name: getattr(read, name) for name in read.__struct_fields__}
    refuse_out_of_bounds(parameters)
    return parameters


def reference(instance: Instance) -> str:
    """How the record names an instance."""
    return f"procedures.instance/{instance.pk}"
