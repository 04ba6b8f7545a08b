"""Where the bodies of a long action's changes lie until it is recorded: a scratch file.

Sixteen bytes a row is little until an action writes tens of millions of them.
"""

import tempfile
from typing import IO, Any, NamedTuple

IN_MEMORY = 16 * 1024 * 1024
"""Bytes of bodies that stay in memory; what comes after lies aside."""

Change = tuple[Any, ...]
"""What one act wrote to one table; its last part is the body."""


class Piece(NamedTuple):
    """A body that lies in the scratch file."""

    at: int
    length: int


class Aside:
    """The bodies of one unit of work: the first in memory, the others in a file without a name."""

    __slots__ = ("_file", "_held")

    def __init__(self) -> None:
        self._held = 0
        self._file: IO[bytes] | None = None

    @property
    def used(self) -> bool:
        """Whether anything lies in the file."""
        return self._file is not None

    def laid(self, change: Change) -> Change:
        """The change as it is kept from now on."""
        body = change[-1]
        self._held += len(body)
        if self._held <= IN_MEMORY:
            return change
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="kantoor-")  # noqa: SIM115 (see close)
        at = self._file.seek(0, 2)
        self._file.write(body)
        return (*change[:-1], Piece(at, len(body)))

    def whole(self, change: Change) -> Change:
        """The change with its body."""
        body = change[-1]
        if not isinstance(body, Piece):
            return change
        assert self._file is not None
        self._file.seek(body.at)
        return (*change[:-1], self._file.read(body.length))

    def close(self) -> None:
        """Throw the file away."""
        if self._file is not None:
            self._file.close()
