"""Prove the clocks of cases anew from their timelines, for `kantoor verify`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from kantoor.departments.ict.models import Clock, ClockSpan
from kantoor.departments.ict.models.clocks.clocks import RUNNING
from kantoor.departments.ict.queries.clocks.loading import (
    Timeline,
    agreements,
    all_timelines,
    reckoned,
)
from kantoor.departments.ict.queries.clocks.reckoning import Reckoned
from kantoor.kernel.calendars.engine import moment_of
from kantoor.kernel.record.verify.provers import Fault, prover
from kantoor.kernel.store.instants import FORM
from kantoor.kernel.store.tables import layout_of

LOT = 500
Row = tuple[Any, ...]
Meant = Callable[[Timeline, Reckoned], Iterable[tuple[str, Row]]]
"""The rows of a clock by their keys, as they should be."""


@prover("ict_clock")
def clocks() -> Iterator[Fault]:
    """Every clock against what its timeline and service level say."""
    yield from _compared(Clock, ("case_id", "clock"), _clock)


@prover("ict_clock_span")
def clock_spans() -> Iterator[Fault]:
    """Every interval of every clock against its timeline."""
    yield from _compared(ClockSpan, ("case_id", "clock", "place"), _spans)


def _clock(each: Timeline, clock: Reckoned) -> Iterator[tuple[str, Row]]:
    row = (
        each.company_id, clock.state, int(clock.state == RUNNING), clock.allowed, clock.spent, _at(clock.since),
        _at(clock.due), _at(clock.warn), clock.misses,
    )  # fmt: skip
    yield f"{each.case_id}/{clock.clock}", row


def _spans(each: Timeline, clock: Reckoned) -> Iterator[tuple[str, Row]]:
    for place, span in enumerate(clock.intervals, 1):
        row = (
            _at(span.start), _at(span.end), int(span.running), int(span.begins), span.why,
            span.priority, span.spent,
        )  # fmt: skip
        yield f"{each.case_id}/{clock.clock}/{place}", row


def _compared(
    model: type[Clock] | type[ClockSpan], key: Sequence[str], meant_of: Meant
) -> Iterator[Fault]:
    table, timelines, last = model._meta.db_table, all_timelines(), -1
    while lot := list(islice(timelines, LOT)):
        agreed = agreements(each.version_id for each in lot)
        meant = {
            name: row
            for each in lot
            for clock in reckoned(each, agreed)
            for name, row in meant_of(each, clock)
        }
        until = lot[-1].case_id
        yield from _faults(table, meant, _kept(model, key, last, until))
        last = until
    yield from _faults(table, {}, _kept(model, key, last, None))


def _faults(table: str, meant: dict[str, Row], kept: dict[str, Row]) -> Iterator[Fault]:
    for name in sorted(meant.keys() | kept.keys()):
        if meant.get(name) != kept.get(name):
            what = "the timeline of the case says otherwise; reckon all clocks anew"
            yield Fault("derived", f"{table} row {name}", what)


def _kept(
    model: type[Clock] | type[ClockSpan], key: Sequence[str], after: int, until: int | None
) -> dict[str, Row]:
    """The rows of cases after one and up to another; what is no number at all comes last."""
    layout = layout_of(model)
    where, params = "WHERE case_id > %s", [after]
    if until is not None:
        where, params = "WHERE case_id > %s AND case_id <= %s", [after, until]
    rest = [n for n, column in enumerate(layout.columns) if column not in key]
    places = [layout.columns.index(column) for column in key]
    return {
        "/".join(str(row[place]) for place in places): tuple(row[n] for n in rest)
        for row in layout.read(where, params)
    }


def _at(seconds: int | None) -> str | None:
    return None if seconds is None else moment_of(seconds).strftime(FORM)
