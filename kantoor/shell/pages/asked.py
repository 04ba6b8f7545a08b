"""What exactly an action was asked to do, as people read it: facts, and lines as a table."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.form_fields import MONEY_NAMES
from kantoor.kernel.pages.words import values_of, words_of
from kantoor.kernel.ui.cells import Cell, Money
from kantoor.kernel.ui.listing import Column, ColumnKind, Row
from kantoor.kernel.ui.record_page import Document, Fact

Parameters = Mapping[str, Any]


def facts_of(actor: Actor, action: str, parameters: Parameters, within: str = "") -> list[Fact]:
    """The single values that were asked, with their labels."""
    facts: list[Fact] = []
    for name, value in parameters.items():
        path = f"{within}.{name}" if within else name
        if isinstance(value, Mapping):
            facts += facts_of(actor, action, value, path)
        elif not _is_table(value) and value not in (None, "", []):
            label = force_str(words_of(action, path).label)
            facts.append(Fact(label, cell_of(actor, action, path, value)))
    return facts


def lines_of(
    actor: Actor, action: str, parameters: Parameters, within: str = ""
) -> Document | None:
    """The first table among what was asked."""
    for name, value in parameters.items():
        path = f"{within}.{name}" if within else name
        if _is_table(value):
            return _document(actor, action, path, value)
        if isinstance(value, Mapping) and (found := lines_of(actor, action, value, path)):
            return found
    return None


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, Mapping) for v in value)


def _document(actor: Actor, action: str, path: str, rows: Sequence[Parameters]) -> Document:
    names = [name for name in rows[0] if name != "line" and any(row.get(name) for row in rows)]
    columns = []
    for name in names:
        money = name.endswith("_minor") or name in MONEY_NAMES
        kind: ColumnKind = "money" if money else "text"
        label = force_str(words_of(action, f"{path}.{name}").label)
        columns.append(Column(name, label, kind, currency=actor.currency if money else ""))
    lines = [
        Row(str(n), {name: _in_table(actor, action, f"{path}.{name}", row) for name in names})
        for n, row in enumerate(rows, start=1)
    ]
    return Document(columns=columns, lines=lines)


def _in_table(actor: Actor, action: str, path: str, row: Parameters) -> Cell:
    cell = cell_of(actor, action, path, row.get(path.rpartition(".")[2]))
    return Money(cell.minor, cell.exponent) if isinstance(cell, Money) else cell


def cell_of(actor: Actor, action: str, path: str, value: Any) -> Cell:
    """A value as JSON has it, as a page shows it."""
    name = path.rpartition(".")[2]
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int) and (name.endswith("_minor") or name in MONEY_NAMES):
        return Money(value, exponent(actor.currency), actor.currency)
    if isinstance(value, str):
        return _text(actor, action, path, value)
    if isinstance(value, int) or value is None:
        return value
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return str(value)


def _text(actor: Actor, action: str, path: str, value: str) -> Cell:
    named = values_of(action, path, actor) or {}
    if value in named:
        return named[value]
    try:
        return date.fromisoformat(value) if len(value) == 10 else value
    except ValueError:
        return value
