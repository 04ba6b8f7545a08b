"""Which keys a long file had before, in bounded memory: what doesn't fit lies in a scratch file."""

import sqlite3
from typing import Self

AT_ONCE = 200_000
"""Keys kept in memory before they are put away."""


class FirstSeen:
    """The keys of a file; says which one comes a second time, at the latest at the end."""

    def __init__(self) -> None:
        self._recent: dict[str, int] = {}
        self._scratch: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._scratch is not None:
            self._scratch.close()

    def add(self, key: str, line: int) -> tuple[str, int] | None:
        """Note a key; gives one that came before, with the line where it came again.

        That can be a key noted a while ago: those put away are compared many at a time.
        """
        if key in self._recent:
            return key, line
        self._recent[key] = line
        return self._put_away() if len(self._recent) >= AT_ONCE else None

    def at_end(self) -> tuple[str, int] | None:
        """As `add`, after the last key."""
        return self._put_away() if self._scratch is not None else None

    def _put_away(self) -> tuple[str, int] | None:
        if self._scratch is None:
            # No name: a file of its own that is gone when the connection is.
            self._scratch = sqlite3.connect("", isolation_level=None)
            self._scratch.execute("PRAGMA journal_mode = OFF")
            self._scratch.execute("CREATE TABLE seen (key TEXT PRIMARY KEY) WITHOUT ROWID")
        insert = "INSERT OR IGNORE INTO seen VALUES (?)"
        self._scratch.execute("BEGIN")
        again = [
            (line, key)
            for key, line in sorted(self._recent.items())
            if self._scratch.execute(insert, (key,)).rowcount == 0
        ]
        self._scratch.execute("COMMIT")
        self._recent.clear()
        return min(again)[::-1] if again else None
