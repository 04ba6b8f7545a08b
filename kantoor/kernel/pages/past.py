"""Why and History: what stands beside every record, from the record itself."""

from collections.abc import Sequence
from typing import Any

from django.utils.encoding import force_str
from django.utils.translation import gettext

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.form_fields import MONEY_NAMES
from kantoor.kernel.pages.references import is_quiet, links, words_for
from kantoor.kernel.pages.words import words_of
from kantoor.kernel.record.history import READ_HISTORY, FieldStep, Step, history
from kantoor.kernel.record.why import Because, why
from kantoor.kernel.ui.cells import Cell, Link, Money
from kantoor.kernel.ui.record_page import Cause, Change, FieldChange

HIDDEN = {
    "erased": lambda: gettext("The person's data was erased."),
    "personal": lambda: gettext("Personal data: shown to who may read it."),
}


_unsaid: dict[str, frozenset[str]] = {}


def leave_unsaid(kind: str, *fields: str) -> None:
    """Leave fields out of the history on a record's page: what only the machine reads of a row.

    The record itself has them all the same.
    """
    _unsaid[kind] = _unsaid.get(kind, frozenset()) | frozenset(fields)


def record_url(seq: int) -> str:
    """The page of an act of the record."""
    return f"/management/record/{seq}"


def causes_of(actor: Actor, reference: str) -> list[Cause]:
    """The chain of causes of a thing, each opening where the actor may go."""
    if not reference or not actor.may(READ_HISTORY):
        return []
    try:
        chain = why(actor, reference=reference)
    except NotFound:
        return []
    shown = [because for because in chain if not is_quiet(because.reference)]
    pages = links(actor, [because.reference for because in shown])
    causes = [_cause(because, pages.get(because.reference), reference) for because in shown]
    # An event and the row that keeps it are one thing to people, on one page.
    return [each for n, each in enumerate(causes) if not _is_again(each, causes[n + 1 : n + 2])]


def _is_again(cause: Cause, following: Sequence[Cause]) -> bool:
    return bool(cause.url) and any(cause.url == each.url for each in following)


def _cause(because: Because, page: Link | None, itself: str) -> Cause:
    title = because.title
    url = record_url(because.seq) if because.seq else ""
    if because.reference != itself and (because.kind != "action" or not title):
        named = words_for(because.reference, page)
        title = f"{named}: {title}" if title else named
        url = (page.url if page else "") or url
    came_in = because.kind == "event" or because.reference.startswith("kernel.intake_event/")
    kind: Any = "event" if came_in else "action"
    # A front-office event has a moment only where the row that keeps it says so.
    return Cause(title, because.at, because.who, url, kind)  # type: ignore[arg-type]


def history_of_record(actor: Actor, kind: str, row: int | None) -> tuple[list[Change], str]:
    """What happened to a row, the latest first, and where the proof of its first act is."""
    if row is None or not actor.may(READ_HISTORY):
        return [], ""
    try:
        steps = history(actor, of=kind, key=row)
    except NotFound:
        return [], ""
    changes = [_change(actor, kind, step) for step in steps]
    return changes, record_url(steps[-1].seq) if steps else ""


def _change(actor: Actor, kind: str, step: Step) -> Change:
    what = step.title
    if step.hidden in HIDDEN:
        what = f"{what} ({HIDDEN[step.hidden]()})"
    # What a row began with stands on the page itself; a change tells from what to what.
    fields = [] if step.operation == "created" else field_changes(actor, kind, step.fields)
    return Change(step.who, what, step.at, fields, record_url(step.seq))


def field_changes(actor: Actor, kind: str, fields: Sequence[FieldStep]) -> list[FieldChange]:
    """The fields of a change, with names and values as people read them."""
    unsaid = _unsaid.get(kind, frozenset())
    return [
        FieldChange(
            force_str(words_of(kind, each.field).label),
            as_cell(actor, each.field, each.before),
            as_cell(actor, each.field, each.after),
        )
        for each in fields
        if each.field not in unsaid
    ]


def as_cell(actor: Actor, name: str, value: Any) -> Cell:
    """A value of a row as a page shows it."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, int) and (name.endswith("_minor") or name in MONEY_NAMES):
        return Money(value, exponent(actor.currency), actor.currency)
    cell: Cell = value
    return cell
