"""Prove the clocks of cases anew from their timelines, for `kantoor verify`."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from kantoor.departments.ict.models import Clock, ClockSpan
from kantoor.departments.ict.queries.clocks.loading import agreements, all_timelines, reckoned
from kantoor.kernel.calendars.engine import moment_of
from kantoor.kernel.record.verify.provers import Fault, prover
from kantoor.kernel.store.instants import FORM
from kantoor.kernel.store.tables import layout_of

LOT = 500
Rows = dict[tuple[int, str], list[tuple[Any, ...]]]


@prover("ict_clock")
def clocks() -> Iterator[Fault]:
    """Every clock against what its timeline and service level say."""
    yield from _compared(Clock, "ict_clock")


@prover("ict_clock_span")
def clock_spans() -> Iterator[Fault]:
    """Every interval of every clock against its timeline."""
    yield from _compared(ClockSpan, "ict_clock_span")


def _compared(model: type[Clock] | type[ClockSpan], table: str) -> Iterator[Fault]:
    proved = 0
    timelines = all_timelines()
    while lot := list(islice(timelines, LOT)):
        agreed = agreements(each.version_id for each in lot)
        meant: Rows = {}
        for each in lot:
            for clock in reckoned(each, agreed):
                rows = (
                    [
                        (each.company_id, clock.state, clock.allowed, clock.spent,
                         _at(clock.since), _at(clock.due), _at(clock.warn), clock.misses)
                    ]
                    if model is Clock
                    else [
                        (_at(span.start), _at(span.end), int(span.running), int(span.begins),
                         span.why, span.priority, span.spent)
                        for span in clock.intervals
                    ]
                )  # fmt: skip
                meant[each.case_id, clock.clock] = rows
        kept = _kept(model, [each.case_id for each in lot])
        proved += sum([len(rows) for rows in kept.values()])
        for key in sorted(meant.keys() | kept.keys()):
            if meant.get(key) != kept.get(key):
                what = "the timeline of the case says otherwise; reckon all clocks anew"
                yield Fault("derived", f"{table} case {key[0]} {key[1]}", what)
    if (count := model.objects.count()) != proved:
        yield Fault("derived", table, f"{count - proved} rows belong to no case with a level")


def _kept(model: type[Clock] | type[ClockSpan], cases: Sequence[int]) -> Rows:
    layout = layout_of(model)
    slots = ", ".join(["%s"] * len(cases))
    found: Rows = {}
    for row in layout.read(f"WHERE case_id IN ({slots})", cases):
        named = dict(zip(layout.columns, row, strict=True))
        key = (named.pop("case_id"), named.pop("clock"))
        named.pop("id")
        found.setdefault(key, []).append(tuple(named.values()))  # type: ignore[arg-type]
    return found


def _at(seconds: int | None) -> str | None:
    return None if seconds is None else moment_of(seconds).strftime(FORM)
