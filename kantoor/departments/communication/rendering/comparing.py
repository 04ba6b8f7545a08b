"""Two texts side by side: line by line, and in a changed line word by word."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

import msgspec

MOST_WORDS = 1_500
"""Of a line with more words it is said only that it changed: comparing takes their square."""
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
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found.extend(Pair((Piece(line),), (Piece(line),)) for line in before[i1:i2])
        else:
            pairs = zip_longest(before[i1:i2], after[j1:j2])
            found.extend(_changed(old, new) for old, new in pairs)
    return found


def _changed(old: str | None, new: str | None) -> Pair:
    if old is None or new is None:
        only = (Piece(old or new or "", changed=True),)
        return Pair(only if new is None else None, only if old is None else None)
    words, others = _WORDS.findall(old), _WORDS.findall(new)
    if len(words) > MOST_WORDS or len(others) > MOST_WORDS:
        return Pair((Piece(old, changed=True),), (Piece(new, changed=True),))
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    steps = matcher.get_opcodes()
    left = ((words[i1:i2], tag != "equal") for tag, i1, i2, _j1, _j2 in steps)
    right = ((others[j1:j2], tag != "equal") for tag, _i1, _i2, j1, j2 in steps)
    return Pair(tuple(_pieces(left)), tuple(_pieces(right)))


def _pieces(parts: Iterator[tuple[Sequence[str], bool]]) -> Iterator[Piece]:
    return (Piece("".join(words), changed) for words, changed in parts if words)
