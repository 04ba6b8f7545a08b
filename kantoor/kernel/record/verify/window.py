"""What the record says a stretch of a table's rows should be, in bounded memory."""

import zlib
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

import msgspec

from kantoor.kernel.record import erasure
from kantoor.kernel.record.bodies import HIGHEST, SPAN, digests
from kantoor.kernel.record.verify.provers import Fault
from kantoor.kernel.store.raw import run
from kantoor.kernel.store.stream import stream
from kantoor.kernel.store.tables import DIGEST_BYTES, Row, decode, encode

ROWS = 1 << 18
"""Identifiers in one window: 17 bytes each."""
_BODIES_AT_ONCE = 32

NOTHING, GONE, SEEN, UNREADABLE, DELETED = 0, 252, 253, 254, 255
"""What a place holds when it isn't the number (from 1) of the layout that its row has."""
_DONE = bytes((NOTHING, SEEN, DELETED))


class Window:
    """The latest recorded state of each row with an identifier from `start` up to `stop`.

    It holds 16 bytes of digest for each identifier and one for its place in `layouts`.
    """

    def __init__(self, table: str, layouts: Sequence[str], start: int, stop: int) -> None:
        assert len(layouts) < GONE
        self.table, self.start, self.stop = table, start, stop
        self.numbers = {layout: number for number, layout in enumerate(layouts, 1)}
        self.places = bytearray(stop - start)
        self.digests = bytearray((stop - start) * DIGEST_BYTES)

    def fill(self, found: Callable[[Fault], None]) -> None:
        """Read the changes from the latest to the first; the first one read of a row holds."""
        sql = (
            "SELECT id FROM kernel_change WHERE tablename = %s AND last_id >= %s"
            " AND last_id <= %s AND first_id <= %s ORDER BY id DESC"
        )
        some: list[int] = []
        inside, near = self.stop - 1, min(self.stop - 1 + SPAN, HIGHEST)
        # Only keys are sorted: the bodies may be large.
        for (key,) in stream(sql, [self.table, self.start, near, inside]):
            some.append(key)
            if len(some) == _BODIES_AT_ONCE:
                self._take(some, found)
                some = []
        self._take(some, found)

    def _take(self, keys: list[int], found: Callable[[Fault], None]) -> None:
        if not keys:
            return
        slots = ", ".join(["%s"] * len(keys))
        sql = (
            "SELECT id, layout, operation, first_id, last_id, form, body FROM kernel_change"  # noqa: S608
            f" WHERE id IN ({slots}) ORDER BY id DESC"
        )
        for key, layout, operation, first, last, form, body in run(sql, keys):
            try:
                self._change(layout, operation, first, last, form, body)
            except (ValueError, TypeError, IndexError, zlib.error, msgspec.MsgspecError):
                # A body that the record holds as written can always be read.
                found(Fault("record", f"kernel_change row {key}", "its content can't be read"))

    def _change(
        self, layout: str, operation: str, first: int, last: int, form: str, body: bytes
    ) -> None:
        if form == "k":
            for key in decode(zlib.decompress(body)):
                self._put(key, DELETED, b"")
            return
        number = self.numbers.get(layout, GONE)
        if form == "d":
            self._digests(first, last, number, body)
        elif form == "s":
            for row in decode(zlib.decompress(body)):
                self._put(row[0], number, encode(row))
        elif form == "e":
            self._encrypted(number, decode(body))
        else:
            raise ValueError(form)

    def _digests(self, first: int, last: int, number: int, body: bytes) -> None:
        if len(body) != (last - first + 1) * DIGEST_BYTES:
            raise ValueError("digests of another number of rows")
        low, high = max(first, self.start), min(last + 1, self.stop)
        low_place, high_place = low - self.start, high - self.start
        part = body[(low - first) * DIGEST_BYTES : (high - first) * DIGEST_BYTES]
        if self.places.count(NOTHING, low_place, high_place) == high_place - low_place:
            self.places[low_place:high_place] = bytes([number]) * (high - low)
            self.digests[low_place * DIGEST_BYTES : high_place * DIGEST_BYTES] = part
            return
        for n, place in enumerate(range(low_place, high_place)):
            if self.places[place] == NOTHING:
                at = n * DIGEST_BYTES
                self._set(place, number, part[at : at + DIGEST_BYTES])

    def _encrypted(self, number: int, rows: list[list[Any]]) -> None:
        open_rows = [row for row in rows if self._wanted(row[0])]
        salts = erasure.salts_of(row[1] for row in open_rows if row[1] is not None)
        for key, subject, text in open_rows:
            state = text
            if subject is not None:
                salt = salts.get(subject)
                state = erasure.decrypt(salt, text) if salt is not None else None
            if state is None:
                self._put(key, UNREADABLE, b"")
            else:
                self._put(key, number, state)

    def _wanted(self, key: int) -> bool:
        return self.start <= key < self.stop and self.places[key - self.start] == NOTHING

    def _put(self, key: int, number: int, state: bytes) -> None:
        if self._wanted(key):
            digest = sha256(state).digest()[:DIGEST_BYTES] if state else bytes(DIGEST_BYTES)
            self._set(key - self.start, number, digest)

    def _set(self, place: int, number: int, digest: bytes) -> None:
        self.places[place] = number
        self.digests[place * DIGEST_BYTES : (place + 1) * DIGEST_BYTES] = digest

    def compare(self, rows: Sequence[Row], layout: str) -> list[tuple[Row, int]]:
        """Mark the rows that are as recorded under this layout as seen; gives the others.

        With each comes what its place holds. Rows recorded under another layout are passed over.
        """
        number = self.numbers.get(layout, SEEN)
        first, last = rows[0][0], rows[-1][0]
        if last - first == len(rows) - 1:  # type: ignore[operator]
            low = first - self.start  # type: ignore[operator]
            high = low + len(rows)
            if self.places.count(number, low, high) == len(rows):
                at = self.digests[low * DIGEST_BYTES : high * DIGEST_BYTES]
                if digests(rows) == at:
                    self.places[low:high] = bytes([SEEN]) * len(rows)
                    return []
        return [(row, place) for row in rows if (place := self._differs(row, number)) != SEEN]

    def _differs(self, row: Row, number: int) -> int:
        """SEEN, or what the place of a row holds that isn't as recorded."""
        place = row[0] - self.start  # type: ignore[operator]
        held = self.places[place]
        if held in self.numbers.values() and held != number:
            return SEEN  # Another layout's, to be compared with the row in that layout.
        self.places[place] = SEEN
        if held == number and digests([row]) == self._digest(place):
            return SEEN
        return held

    def matching(self, rows: Sequence[Row], layout: str) -> list[int]:
        """The keys of those rows that are as they were recorded under this layout."""
        number = self.numbers[layout]
        return [
            int(row[0])  # type: ignore[arg-type]
            for row in rows
            if self.places[row[0] - self.start] == number  # type: ignore[operator]
            and digests([row]) == self._digest(row[0] - self.start)  # type: ignore[operator]
        ]

    def held_by(self, layout: str) -> list[int]:
        """The keys of the rows that were recorded under this layout, in order."""
        number = self.numbers[layout]
        if not self.places.count(number):
            return []
        return [self.start + n for n, held in enumerate(self.places) if held == number]

    def _digest(self, place: int) -> bytes:
        return bytes(self.digests[place * DIGEST_BYTES : (place + 1) * DIGEST_BYTES])

    def unseen(self) -> list[int]:
        """The identifiers of rows that the record has and the table has not."""
        if not self.places.translate(None, _DONE):
            return []
        done = frozenset(_DONE)
        return [self.start + n for n, held in enumerate(self.places) if held not in done]
