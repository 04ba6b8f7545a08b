"""References to things, and where the rows of a department come from.

A reference names a thing in the record: `finance.entry/12` is a row, `record:7` an act,
`event:webshop/536365` a front-office event. A department tells in its `links.py` (found by its
name) what its rows come from:

    @origin_of("finance.entry")
    def origin_of_entry(company_id: int, key: int) -> Iterable[str]:
        ...
        return [entry.origin]
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db import models

Origins = Callable[[int, int], Iterable[str]]
_ROW = re.compile(r"(?P<kind>[a-z]+\.[a-z_]+)/(?P<key>\d{1,19})", re.ASCII)
_ACT = re.compile(r"record:(?P<seq>\d{1,19})", re.ASCII)
_origins: dict[str, Origins] = {}


def origin_of(kind: str) -> Callable[[Origins], Origins]:
    """Tell where rows of a kind come from: references, the nearest first, of the same company."""

    def note(function: Origins) -> Origins:
        _origins[kind] = function
        return function

    return note


def origins(company_id: int, kind: str, key: int) -> list[str]:
    """What a row comes from; empty when its department says nothing of it."""
    function = _origins.get(kind)
    return [reference for reference in function(company_id, key) if reference] if function else []


EventOrigins = Callable[[int, str], Iterable[str]]
_event_origins: list[EventOrigins] = []


def origin_of_events(function: EventOrigins) -> EventOrigins:
    """Tell what keeps a front-office event, given as `source/id`."""
    if function not in _event_origins:
        _event_origins.append(function)
    return function


def event_origins(company_id: int, event: str) -> list[str]:
    """The rows that keep a front-office event."""
    return [row for function in _event_origins for row in function(company_id, event)]


@dataclass(frozen=True, slots=True)
class RowReference:
    """A row that a reference names."""

    kind: str
    key: int
    model: type[models.Model]

    @property
    def text(self) -> str:
        return f"{self.kind}/{self.key}"


def row_of(reference: str) -> RowReference | None:
    """The row that a reference names, if it names one of a table there is."""
    found = _ROW.fullmatch(reference)
    model = model_of(found["kind"]) if found else None
    return None if found is None or model is None else RowReference(found["kind"], int(found["key"]), model)  # fmt: skip


def act_of(reference: str) -> int | None:
    """The sequence number in `record:7`."""
    found = _ACT.fullmatch(reference)
    return int(found["seq"]) if found else None


def model_of(kind: str) -> type[models.Model] | None:
    """The model of a kind such as `sales.order_line`."""
    label, _, name = kind.partition(".")
    try:
        return apps.get_model(label, name.replace("_", ""))
    except LookupError:
        return None


def model_of_table(table: str) -> type[models.Model] | None:
    """The model of a table."""
    found = (m for m in apps.get_models(include_auto_created=True) if m._meta.db_table == table)
    return next(found, None)
