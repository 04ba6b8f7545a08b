"""Filters of a list, declared once: read from the address and handed to the query's parameters."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import msgspec
from django.utils.encoding import force_str

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.pages import shapes
from kantoor.kernel.queries import Query
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.filters import Choice, Filter, FilterKind, Narrowed, read_filters

Choices = Mapping[str, Any]
SEARCH_NAMES = ("search", "q", "words", "text")
"""The parameters in which a query may take words to search for."""


@dataclass(frozen=True, kw_only=True)
class Narrow:
    """A filter. `choices` are {value: word}, or a function of the actor that gives them.

    It is handed to the query's parameter of the same key; a range to `<key>_from` and `<key>_to`
    (dates; also `start` and `end`) or `<key>_min` and `<key>_max` (amounts, which a query takes in
    minor units). Where the query names them otherwise, `to` says how.
    """

    key: str
    title: Any
    kind: FilterKind = "choice"
    choices: Choices | Callable[[Actor], Choices] = field(default_factory=dict)
    hint: Any = ""
    to: tuple[str, ...] = ()

    def shown(self, actor: Actor) -> Filter:
        """The filter as the page shows it."""
        found = self.choices(actor) if callable(self.choices) else self.choices
        return Filter(
            self.key,
            force_str(self.title),
            self.kind,
            [Choice(value, force_str(word)) for value, word in found.items()],
            force_str(self.hint),
        )

    def parameters(self, query: Query) -> tuple[str, ...]:
        """The parameters of the query it fills."""
        usual = Filter(self.key, "", self.kind).names
        if self.to or self.kind != "date_range":
            return self.to or usual
        known = query.parameters.__struct_fields__
        pairs = (usual, ("start", "end"), ("since", "until"))
        return next((pair for pair in pairs if pair[0] in known), usual)


def asked_of(
    query: Query, narrows: Sequence[Narrow], actor: Actor, address: Address
) -> dict[str, Any]:
    """The parameters that the address asks of the query; what can't be read narrows nothing."""
    shown = [narrow.shown(actor) for narrow in narrows]
    by_key = {narrow.key: narrow for narrow in narrows}
    asked: dict[str, Any] = {}
    for narrowed in read_filters(shown, address):
        if not narrowed.fault:
            asked |= _given(query, by_key[narrowed.key], narrowed, actor)
    if (words := address.get("q")) and (name := search_name(query)):
        asked[name] = words[:200]
    return asked


def search_name(query: Query) -> str:
    """The parameter in which the query takes words to search for, or nothing."""
    known = query.parameters.__struct_fields__
    return next((name for name in SEARCH_NAMES if name in known), "")


def _given(query: Query, narrow: Narrow, asked: Narrowed, actor: Actor) -> dict[str, Any]:
    names = narrow.parameters(query)
    if narrow.kind == "boolean":
        return {names[0]: asked.truth}
    if narrow.kind == "date_range":
        return _set(names, asked.start, asked.end)
    if narrow.kind == "amount_range":
        low, high = (_minor(value, actor) for value in (asked.low, asked.high))
        return _set(names, low, high)
    several = shapes.takes_several(query.parameters, names[0])
    if not asked.values:
        return {}
    try:
        wanted = shapes.field_type(query.parameters, names[0])
        value = list(asked.values) if several else asked.values[0]
        return {names[0]: msgspec.convert(value, wanted, strict=False)}
    except msgspec.ValidationError:
        return {}


def _set(names: tuple[str, ...], first: Any, second: Any) -> dict[str, Any]:
    pairs = zip((names[0], names[-1]), (first, second), strict=True)
    return {name: value for name, value in pairs if value is not None}


def _minor(value: Decimal | None, actor: Actor) -> int | None:
    if value is None:
        return None
    # A bound may lie between two cents: then the nearest amount within is meant.
    return int(value.scaleb(exponent(actor.currency)).to_integral_value())


def without_surplus(query: Query, narrows: Sequence[Narrow], address: Address) -> Address:
    """The address with one value for each filter whose parameter takes only one."""
    for narrow in narrows:
        values = address.all(narrow.key)
        several = narrow.kind == "choice" and len(values) > 1
        if several and not shapes.takes_several(query.parameters, narrow.parameters(query)[0]):
            address = address.put(narrow.key, values[-1])
    return address
