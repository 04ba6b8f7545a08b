"""Take numbers from a gapless series, and prove that a series has no gaps."""

from collections.abc import Callable, Iterable, Mapping

from kantoor.kernel.store.asking import Question, ask
from kantoor.kernel.store.raw import here

Used = tuple[str, int, int, int]
"""A series as its rows show it: key, first number, last number, how many."""

_counted: dict[str, Callable[[], Iterable[Used]]] = {}


def take_numbers(series: str, count: int) -> int:
    """The first of `count` numbers that follow the last one given; begins at 1.

    The counter's row stays locked until the transaction ends: a rollback gives them back.
    """
    return ask(numbers_of({series: count}))[series]


def numbers_of(wanted: Mapping[str, int]) -> Question[dict[str, int]]:
    """The same for several series: the first of so many numbers of each.

    The counters are locked in the order of their keys, so that two who number at once never wait
    for each other in a circle.
    """
    assert here().in_atomic_block
    assert all(count > 0 for count in wanted.values())
    slots = ", ".join(["(%s, %s)"] * len(wanted))
    return Question(
        f"INSERT INTO kernel_series (key, last) VALUES {slots}"  # noqa: S608
        " ON CONFLICT (key) DO UPDATE SET last = kernel_series.last + excluded.last"
        " RETURNING key, last",
        [value for each in sorted(wanted.items()) for value in each],
        lambda rows: {key: int(last) - wanted[key] + 1 for key, last in rows},
    )


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
