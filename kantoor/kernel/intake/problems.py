"""What is wrong with something handed in: a value with its place, for people and for programs."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from django.utils.text import format_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SHOWN = 40
"""Characters of someone's input that a message repeats."""

Given = tuple[str, ...] | bytes


@dataclass(frozen=True, slots=True)
class Problem:
    """Why one row, event or file is refused; `code` is stable, `message` says what to do.

    `line` counts from 1 (of an event in a JSON batch: its place in the array). `given` is the
    refused row or event as it came, as far as it could be read. After a `fatal` problem the rest
    of the file could not be read.
    """

    line: int | None
    field: str
    code: str
    message: "_StrPromise | str"
    given: Given = ()
    fatal: bool = False

    def at(self, line: int, given: Given) -> Self:
        """The same, of this line and what stood there."""
        return replace(self, line=line, given=given)


class Refused(ValueError):
    """A value that cannot be read; whoever knows its place makes it a Problem (`at`)."""

    def __init__(
        self, code: str, message: "_StrPromise", *, field: str = "", **values: object
    ) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.message = format_lazy(message, **values) if values else message

    def at(self, *, line: int | None, field: str = "", given: Given = ()) -> Problem:
        """The problem, once it is known where the value stood."""
        return Problem(line, field or self.field, self.code, self.message, given)

    def __str__(self) -> str:
        return str(self.message)


class Broken(Exception):
    """Nothing more can be read from this file; readers hand its problem on as the last one."""

    def __init__(
        self, code: str, message: "_StrPromise", line: int | None = None, **values: object
    ):
        super().__init__(code)
        shown = format_lazy(message, **values) if values else message
        self.problem = Problem(line, "", code, shown, fatal=True)


def shown(text: str) -> str:
    """Someone's input short and printable enough to stand in a message."""
    start = text[:SHOWN] + ("…" if len(text) > SHOWN else "")
    return "".join(letter if letter.isprintable() else "�" for letter in start)
