"""The journal of a lot: what was begun and what was answered, in a file beside the database.

A line is written before the last dot of a message and after the answer to it. Whoever is killed
leaves the journal, and it says of each message whether it was done, never began, or is in doubt;
the database alone would know only that somebody had them in hand.
"""

import fcntl
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from kantoor.kernel.mail.outgoing import one_line
from kantoor.kernel.mail.sending import Said

BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True)
class Told:
    """What a journal tells. Where not `whole` (the machine itself went down, and lines that were
    written may be lost) nothing can be said of what it does not name.
    """

    whole: bool
    begun: frozenset[int] = frozenset()
    done: dict[int, Said] = field(default_factory=dict)


class Journal:
    """The journal of a lot that is being handed in; its lock says that somebody has it in hand."""

    def __init__(self, path: Path) -> None:
        """Begin one. Raises OSError where the file can't be written, or is there already."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = fresh = path.with_suffix(".new")
        self._file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        self._open, self._full = True, False
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX)
            self._write(f"boot {_boot()}")
            # Under its name it is locked from the first moment, so that nobody takes it for left.
            if path.exists():
                raise FileExistsError(path)
            self.path = fresh.rename(path)
        except BaseException:
            self.end()
            raise

    def begin(self, key: int) -> None:
        """Note that a message is about to be complete. Raises OSError: then it must not be."""
        self._write(f"b {key}")

    def done(self, key: int, said: Said) -> None:
        """Note what was answered."""
        self._write(f"d {key} {said.state} {one_line(said.answer)}")

    def end(self) -> None:
        """The lot is settled: the journal is needed no more."""
        self.path.unlink(missing_ok=True)
        self.leave()

    def leave(self) -> None:
        """The lot could not be settled: the journal tells the next who looks. Twice is once."""
        if self._open:
            self._open = False
            os.close(self._file)

    def _write(self, line: str) -> None:
        data = (line + "\n").encode()
        # After a line that was broken off nothing is written: it would be taken for its end.
        if self._full or os.write(self._file, data) != len(data):
            self._full = True
            raise OSError("the journal is full")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()


def told(path: Path) -> Told | None:
    """What the journal of a lot tells that nobody has in hand; None while somebody has."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            content = file.read()
    except FileNotFoundError:
        return Told(whole=False)
    except BlockingIOError:
        return None
    return _read(content)


def _read(content: bytes) -> Told:
    # The last piece is empty, or a line that was broken off: what it says was not said.
    lines = content.decode(errors="replace").split("\n")[:-1]
    begun: set[int] = set()
    done: dict[int, Said] = {}
    for line in lines[1:]:
        kind, key, *rest = line.split(" ", 3)
        if kind == "b":
            begun.add(int(key))
        elif kind == "d":
            done[int(key)] = Said(rest[0], rest[1] if len(rest) > 1 else "")
    return Told(lines[:1] == [f"boot {_boot()}"], frozenset(begun), done)


def _boot() -> str:
    """Which start of the machine this is; empty where the system does not say."""
    try:
        return BOOT.read_text().strip()
    except OSError:
        return ""
