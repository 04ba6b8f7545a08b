"""Take numbers from a gapless series, and prove that a series has no gaps."""

from collections.abc import Callable, Iterable

from kantoor.kernel.store.raw import here, run_often

Used = tuple[str, int, int, int]
"""A series as its rows show it: key, first number, last number, how many."""

_counted: dict[str, Callable[[], Iterable[Used]]] = {}


def take_numbers(series: str, count: int) -> int:
    """The first of `count` numbers that follow the last one given; begins at 1.

    The counter's row stays locked until the transaction ends: a rollback gives them back.
    """
    assert count > 0 and here().in_atomic_block
    found = run_often(
        "INSERT INTO kernel_series (key, last) VALUES (%s, %s)"
        " ON CONFLICT (key) DO UPDATE SET last = kernel_series.last + excluded.last"
        " RETURNING last",
        [series, count],
    )
    return int(found[0][0]) - count + 1


def counted(prefix: str) -> Callable[[Callable[[], Iterable[Used]]], Callable[[], Iterable[Used]]]:
    """Register how the series beginning with a prefix are seen in their rows, for `verify`."""

    def note(function: Callable[[], Iterable[Used]]) -> Callable[[], Iterable[Used]]:
        _counted[prefix] = function
        return function

    return note


def series_in_use() -> Iterable[Used]:
    """Every series as its rows show it."""
    for function in _counted.values():
        yield from function()
