"""The data of an event as the value its type says, or what is wrong with it."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.intake.incoming import Incoming, Outcome
from kantoor.kernel.intake.problems import Problem

T = TypeVar("T", bound=msgspec.Struct)
_PLACE = re.compile(r" - at `\$\.?(?P<place>[^`]*)`$")


def decoded(document: Incoming, shape: type[T]) -> T | Problem:
    """The event's data; a problem names the field."""
    event = document.content
    if event.data is None or not event.holds_json:
        message = _("This event needs data as JSON.")
        return Problem(document.line, "data", "event.data", message)
    if b"\\u0000" in event.data:
        message = _("The data has a NUL character.")
        return Problem(document.line, "data", "event.data", message)
    try:
        return msgspec.json.decode(event.data, type=shape)
    except msgspec.MsgspecError as reason:
        text = str(reason)
        place = _PLACE.search(text)
        field = place["place"] if place else "data"
        return Problem(document.line, field, "event.data", _PLACE.sub("", text) + ".")


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
