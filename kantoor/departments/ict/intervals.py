"""Spans of time: joined, cut and summed exactly. Pure; a span is from its begin up to its end."""

from collections.abc import Iterable
from datetime import datetime, timedelta

Span = tuple[datetime, datetime]


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same time in as few spans as there can be, in order."""
    found: list[Span] = []
    for begin, end in sorted(spans):
        if begin >= end:
            continue
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return found


def within(spans: Iterable[Span], begin: datetime, end: datetime) -> list[Span]:
    """What lies between two moments."""
    cut = ((max(b, begin), min(e, end)) for b, e in spans)
    return [(b, e) for b, e in cut if b < e]


def without(spans: Iterable[Span], gone: Iterable[Span]) -> list[Span]:
    """The time of the first that is not in the second."""
    left = joined(spans)
    for begin, end in joined(gone):
        cut = []
        for b, e in left:
            cut += [(b, min(e, begin)), (max(b, end), e)]
        left = [(b, e) for b, e in cut if b < e]
    return left


def seconds(spans: Iterable[Span]) -> int:
    """Whole seconds of spans that do not overlap."""
    return sum((end - begin for begin, end in spans), timedelta()) // timedelta(seconds=1)
