"""The data of an event as the value its type says, or what is wrong with it."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.bounds import refuse_out_of_bounds
from kantoor.kernel.actions.misfits import invalid
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.intake.incoming import Incoming, Outcome
from kantoor.kernel.intake.problems import Problem

T = TypeVar("T", bound=msgspec.Struct)


def decoded(document: Incoming, shape: type[T]) -> T | Problem:
    """The event's data; a problem names the field."""
    event = document.content
    if event.data is None or not event.holds_json:
        message = _("This event needs data as JSON.")
        return Problem(document.line, "data", "event.data", message)
    try:
        value = msgspec.json.decode(event.data, type=shape)
        refuse_out_of_bounds({name: getattr(value, name) for name in value.__struct_fields__})
    except msgspec.ValidationError as reason:
        return _problem(document, invalid(reason))
    except InvalidInput as reason:
        return _problem(document, reason)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Problem(document.line, "data", "event.data", _("The data is not JSON in UTF-8."))
    return value


def _problem(document: Incoming, reason: InvalidInput) -> Problem:
    return Problem(document.line, reason.place.field or "data", "event.data", str(reason.message))


def each_decoded(
    actor: Actor,
    documents: Sequence[Incoming],
    shape: type[T],
    take: Callable[[Actor, Sequence[Incoming], Sequence[T]], Sequence[str]],
) -> list[Outcome]:
    """Take those that can be read, all at once; `take` gives what each became."""
    outcomes: list[Outcome] = []
    good: list[Incoming] = []
    data: list[T] = []
    places: list[int] = []
    for place, document in enumerate(documents):
        value = decoded(document, shape)
        outcomes.append(Outcome(problem=value) if isinstance(value, Problem) else Outcome())
        if not isinstance(value, Problem):
            places.append(place)
            good.append(document)
            data.append(value)
    if good:
        for place, result in zip(places, take(actor, good, data), strict=True):
            outcomes[place] = Outcome(result)
    return outcomes
