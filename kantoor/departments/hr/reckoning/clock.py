"""From marks of the clock to time worked: pairs of in and out, and what is wrong among them.

Marks are instants in whole minutes, so that what lies between them is exact across midnight and
when clocks are put forward or back.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

IN, OUT = "in", "out"
LONGEST = timedelta(hours=16)
"""Nobody works longer at one go: who is in for longer forgot to clock out."""
ONE_MINUTE = timedelta(minutes=1)
TWICE = timedelta(minutes=2)
"""Who presses the button twice means it once."""
FORGOTTEN, ALONE = "forgotten", "alone"


class Mark(NamedTuple):
    """A mark that was not taken back."""

    id: int
    at: datetime
    kind: str
    zone: str

    @property
    def day(self) -> date:
        """The day it lies in, where it was made."""
        return local_day(self.at, self.zone)

    @property
    def local(self) -> datetime:
        """What the clock on the wall showed, without a zone."""
        return self.at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)


class Span(NamedTuple):
    """From clocking in to clocking out."""

    begin: Mark
    end: Mark

    @property
    def day(self) -> date:
        """The day it counts for: the one it began on, also past midnight."""
        return self.begin.day

    @property
    def minutes(self) -> int:
        """Whole minutes that passed."""
        return (self.end.at - self.begin.at) // ONE_MINUTE


class Fault(NamedTuple):
    """A mark without the other that belongs to it: somebody forgot to clock out, or in."""

    mark: Mark
    what: str


@dataclass(slots=True)
class Clocked:
    """One person's marks, read; `inside` is the mark of who is at work now."""

    spans: list[Span] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    inside: Mark | None = None


@lru_cache(maxsize=65_536)
def local_day(at: datetime, zone: str) -> date:
    """The date of an instant in a zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def read_marks(marks: Iterable[Mark], now: datetime) -> Clocked:
    """Pair one person's marks, each in with the out that follows within LONGEST.

    The same again within TWICE is the same press of a button, and counts for nothing.
    """
    found = Clocked()
    inside: Mark | None = None
    last: Mark | None = None
    for mark in _in_order(marks):
        if last is not None and mark.kind == last.kind and mark.at - last.at < TWICE:
            continue
        last = mark
        if mark.kind == IN:
            if inside is not None:
                found.faults.append(Fault(inside, FORGOTTEN))
            inside = mark
        elif inside is None:
            found.faults.append(Fault(mark, ALONE))
        else:
            if mark.at - inside.at <= LONGEST:
                found.spans.append(Span(inside, mark))
            else:
                found.faults += [Fault(inside, FORGOTTEN), Fault(mark, ALONE)]
            inside = None
    if inside is not None and now - inside.at > LONGEST:
        found.faults.append(Fault(inside, FORGOTTEN))
        inside = None
    found.inside = inside
    return found


def _in_order(marks: Iterable[Mark]) -> list[Mark]:
    """By time; of one minute, each time the one that fits what came before."""
    waiting = sorted(marks, key=lambda mark: (mark.at, mark.id), reverse=True)
    ordered: list[Mark] = []
    wanted = IN
    while waiting:
        at = waiting[-1].at
        same = [n for n, mark in enumerate(waiting) if mark.at == at and mark.kind == wanted]
        mark = waiting.pop(same[-1] if same else -1)
        ordered.append(mark)
        wanted = OUT if mark.kind == IN else IN
    return ordered
