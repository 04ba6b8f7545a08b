"""Two texts side by side: line by line, and in a changed line word by word."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

import msgspec

MOST_PAIRS = 400_000
"""So many pairs of equal lines or words are looked at in one comparison; beyond it only what
differs at the ends is told apart. A text of one word ten thousand times would take minutes."""
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class Piece(msgspec.Struct, frozen=True):
    """A part of a line; `changed` when the other side does not have it."""

    text: str
    changed: bool = False


class Pair(msgspec.Struct, frozen=True):
    """A line of each side; None where a side has none. Equal when nothing of it changed."""

    left: tuple[Piece, ...] | None
    right: tuple[Piece, ...] | None

    @property
    def equal(self) -> bool:
        """Whether both sides say the same."""
        return self.left == self.right


def compare(left: str, right: str) -> list[Pair]:
    """The lines of two texts beside each other, what belongs together on one line."""
    before, after = left.splitlines(), right.splitlines()
    found: list[Pair] = []
    bounds = _Bounds()
    for tag, i1, i2, j1, j2 in bounds.steps(before, after):
        if tag == "equal":
            found.extend(Pair((Piece(line),), (Piece(line),)) for line in before[i1:i2])
        else:
            pairs = zip_longest(before[i1:i2], after[j1:j2])
            found.extend(_changed(old, new, bounds) for old, new in pairs)
    return found


class _Bounds:
    """What one comparison may still look at."""

    def __init__(self) -> None:
        self.pairs = MOST_PAIRS

    def steps(
        self, before: Sequence[str], after: Sequence[str]
    ) -> list[tuple[str, int, int, int, int]]:
        """How the one becomes the other: as difflib has it, or by their ends where that is too much."""
        there = Counter(after)
        self.pairs -= sum(count * there[each] for each, count in Counter(before).items())
        if self.pairs > 0:
            return list(SequenceMatcher(None, before, after, autojunk=False).get_opcodes())
        least, begun, ended = min(len(before), len(after)), 0, 0
        while begun < least and before[begun] == after[begun]:
            begun += 1
        while ended < least - begun and before[-1 - ended] == after[-1 - ended]:
            ended += 1
        i2, j2 = len(before) - ended, len(after) - ended
        parts = [("equal", 0, begun, 0, begun), ("replace", begun, i2, begun, j2)]
        return [*parts, ("equal", i2, len(before), j2, len(after))]


def _changed(old: str | None, new: str | None, bounds: _Bounds) -> Pair:
    if old is None or new is None:
        only = (Piece(old or new or "", changed=True),)
        return Pair(only if new is None else None, only if old is None else None)
    words, others = _WORDS.findall(old), _WORDS.findall(new)
    steps = bounds.steps(words, others)
    left = ((words[i1:i2], tag != "equal") for tag, i1, i2, _j1, _j2 in steps)
    right = ((others[j1:j2], tag != "equal") for tag, _i1, _i2, j1, j2 in steps)
    return Pair(tuple(_pieces(left)), tuple(_pieces(right)))


def _pieces(parts: Iterator[tuple[Sequence[str], bool]]) -> Iterator[Piece]:
    return (Piece("".join(words), changed) for words, changed in parts if words)
