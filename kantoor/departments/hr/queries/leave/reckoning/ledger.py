"""The ledger of one person's leave: which lot each minute comes from, and when what is left lapses.

It is reckoned anew from the beginning whenever something is added, so that leave of a day long
past is taken from the lot that was there then, also across the turn of a year. On a day what
lapses goes first, then comes what is granted, then is taken; of two lots the one that lapses
first is taken from first, of those the statutory one. What can't be taken from any lot is a debt,
that the next lot pays.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from heapq import heappop, heappush

GRANTED, TAKEN, LAPSED, CORRECTED, OWED = "granted", "taken", "lapsed", "corrected", "owed"
PAID_OUT = "paid_out"
"""Leave that was left at the end of an employment and paid: off the ledger on the last day."""


@dataclass(frozen=True, slots=True)
class Lot:
    """Leave that comes and goes together: `key` is its own, and orders what is else alike."""

    key: int
    lapses: date
    statutory: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that befalls the ledger on a day.

    A grant or correction of a lot has its key and signed minutes; leave that is taken has the
    key of its request, no lot, and the minutes taken above nought.
    """

    on: date
    minutes: int
    lot: int | None = None
    request: int | None = None
    what: str = GRANTED


@dataclass(frozen=True, slots=True)
class Move:
    """A line of the ledger: signed minutes of a lot, or of none where it is owed."""

    on: date
    what: str
    minutes: int
    lot: int | None
    request: int | None = None


@dataclass(slots=True)
class _Left:
    """The ledger while it is reckoned: what is left of each lot, and what is owed."""

    lots: dict[int, Lot]
    left: dict[int, int] = field(default_factory=dict)
    owed: int = 0
    open: list[tuple[date, bool, int]] = field(default_factory=list)
    """Lots from which may be taken, the first to lapse in front."""

    def add(self, entry: Entry) -> Iterator[Move]:
        """What comes to a lot, or goes off it by a correction."""
        assert entry.lot is not None
        lot = self.lots[entry.lot]
        known = entry.lot in self.left
        yield Move(entry.on, entry.what, entry.minutes, lot.key)
        if entry.on >= lot.lapses:
            # It comes when the lot is gone already: that is said, and nothing stays of it.
            yield Move(entry.on, LAPSED, -entry.minutes, lot.key)
            return
        left = self.left.get(lot.key, 0) + entry.minutes
        self.left[lot.key] = max(left, 0)
        if not known:
            heappush(self.open, (lot.lapses, not lot.statutory, lot.key))
        if left < 0:
            # More is taken off than is left of it: the rest comes from what else there is.
            yield Move(entry.on, OWED, -left, lot.key)
            yield from self.take(Entry(entry.on, -left, what=OWED))
        elif self.owed and left:
            yield from self._pay(entry.on, lot.key)

    def _pay(self, on: date, lot: int) -> Iterator[Move]:
        paid = min(self.owed, self.left[lot])
        self.left[lot] -= paid
        self.owed -= paid
        yield Move(on, OWED, -paid, lot)
        yield Move(on, OWED, paid, None)

    def take(self, entry: Entry) -> Iterator[Move]:
        """Take from the lots that lapse first."""
        wanted = entry.minutes
        kept = []
        while wanted and self.open:
            found = self.open[0]
            taken = min(wanted, self.left[found[2]])
            if taken:
                self.left[found[2]] -= taken
                wanted -= taken
                yield Move(entry.on, entry.what, -taken, found[2], entry.request)
            if wanted:
                # Empty, though a later grant may add to it: it is put back.
                kept.append(heappop(self.open))
        for each in kept:
            heappush(self.open, each)
        if wanted:
            self.owed += wanted
            yield Move(entry.on, entry.what, -wanted, None, entry.request)

    def lapse(self, until: date) -> Iterator[Move]:
        """Let go what is gone by a day."""
        while self.open and self.open[0][0] <= until:
            lapses, _, key = heappop(self.open)
            if self.left[key]:
                yield Move(lapses, LAPSED, -self.left[key], key)
                self.left[key] = 0


def replay(lots: Sequence[Lot], entries: Iterable[Entry]) -> list[Move]:
    """The lines of the ledger in their order, up to the lapse of the last lot."""
    state = _Left({lot.key: lot for lot in lots})
    moves: list[Move] = []
    for entry in sorted(entries, key=_order):
        moves.extend(state.lapse(entry.on))
        moves.extend(state.take(entry) if entry.lot is None else state.add(entry))
    moves.extend(state.lapse(date.max))
    return moves


def _order(entry: Entry) -> tuple[date, int, int, int]:
    kind = 0 if entry.lot is not None else 2 if entry.what == PAID_OUT else 1
    return (entry.on, kind, entry.lot or 0, entry.request or 0)


def left_on(moves: Iterable[Move], day: date) -> int:
    """What is left at the end of a day; below nought is owed."""
    return sum(move.minutes for move in moves if move.on <= day)
