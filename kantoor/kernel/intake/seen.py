"""Which documents of a file went by already, remembered on disk where they are many."""

import sqlite3
from contextlib import closing

IN_MEMORY = 100_000


class SeenKeys:
    """How often each key was counted; a bounded number in memory, the others in a scratch file."""

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self._recent: dict[str, int] = {}
        self._in_memory = in_memory
        self._disk: sqlite3.Connection | None = None

    def count(self, key: str) -> int:
        """Count the key once more; returns how often that makes it."""
        times = self._recent.get(key) or self._on_disk(key)
        self._recent[key] = times + 1
        if len(self._recent) >= self._in_memory:
            self._to_disk()
        return times + 1

    def _on_disk(self, key: str) -> int:
        if self._disk is None:
            return 0
        row = self._disk.execute("SELECT times FROM seen WHERE key = ?", (key,)).fetchone()
        return row[0] if row else 0

    def _to_disk(self) -> None:
        if self._disk is None:
            # An empty name is a private file in the temporary folder, gone when it is closed.
            self._disk = sqlite3.connect("", isolation_level=None)
            self._disk.execute("CREATE TABLE seen (key TEXT PRIMARY KEY, times INT) WITHOUT ROWID")
        with closing(self._disk.cursor()) as cursor:
            cursor.execute("BEGIN")
            cursor.executemany(
                "INSERT INTO seen VALUES (?, ?) ON CONFLICT DO UPDATE SET times = excluded.times",
                self._recent.items(),
            )
            cursor.execute("COMMIT")
        self._recent.clear()
