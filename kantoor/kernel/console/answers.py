"""How a command answers: one JSON object for programs, text for people, progress on the side."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kantoor.kernel.actors.actor import Actor

Told = Callable[[int, int | None], None]
"""Tells how much is done, of how much when that is known."""


class Answers:
    """The way back to who called: `json` asks for one object on standard output.

    `company` is the name given with `--company`, or empty.
    """

    def __init__(self, *, json: bool, company: str = "") -> None:
        self.json = json
        self.company = company
        self.given = False

    def give(self, result: object, text: Callable[[], object] | None = None) -> None:
        """Answer: the object as JSON, or what `text` prints for a person."""
        assert not self.given, "a command gives one answer"
        self.given = True
        if self.json:
            print(_json(result))
        elif text is not None:
            text()

    def say(self, text: object) -> None:
        """A line for the person at the console, never on standard output."""
        print(text, file=sys.stderr)

    def table(
        self, heads: Sequence[object], rows: Sequence[Sequence[object]], right: str = ""
    ) -> None:
        """Print a compact table; `right` has an `r` at the place of each column aligned right."""
        print_table(heads, rows, right)

    @contextmanager
    def progress(self, title: object) -> Iterator[Told]:
        """Show progress on standard error while something long goes on."""
        if not sys.stderr.isatty():
            yield _told_to_nobody
            return
        from kantoor.kernel.console.progress import shown

        with shown(str(title)) as told:
            yield told

    def actor(self, user: str = "") -> "Actor":
        """Who acts: the installation itself, or a user (`--as`), in the company chosen."""
        from kantoor.kernel.console.acting import actor_at_console

        return actor_at_console(self.company, user)


def _told_to_nobody(_done: int, _total: int | None = None) -> None:
    pass


def _json(result: object) -> str:
    import msgspec

    return msgspec.json.encode(result, enc_hook=str).decode()


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a command was refused: a stable code, the file, line or field, and a sentence."""

    check: str
    where: str
    what: str


def json_faults(faults: Sequence[Fault]) -> str:
    """The object that a refused command answers with."""
    return json.dumps({"faults": [asdict(fault) for fault in faults]})


def print_table(heads: Sequence[object], rows: Sequence[Sequence[object]], right: str) -> None:
    """Columns as wide as their widest cell, two spaces between, a line under the heads."""
    cells = [[_cell(value) for value in row] for row in (heads, *rows)]
    widths = [max(len(row[n]) for row in cells) for n in range(len(heads))]
    for number, row in enumerate(cells):
        parts = [
            cell.rjust(width) if right[n : n + 1] == "r" else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(parts).rstrip())
        if number == 0:
            print("  ".join("-" * width for width in widths))


def _cell(value: Any) -> str:
    return "" if value is None else str(value)
