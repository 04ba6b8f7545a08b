"""Statements whose plans PostgreSQL keeps for a connection.

Django's own cursors put the values into the text of a statement, so that the server parses and
plans each anew: about as much work as performing one that writes a row.

The driver is loaded when it is first needed: on SQLite it would take 10 MB for nothing.
"""

from functools import cache
from threading import local
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg
    from psycopg.abc import Buffer
    from psycopg.adapt import Dumper

_thread = local()


@cache
def _any_integer() -> "type[Dumper]":
    """An integer of the type that the statement wants.

    By itself psycopg sends the smallest type that holds it, and each mix of types is a plan apart.
    """
    from psycopg.adapt import Dumper

    class AnyInteger(Dumper):
        oid = 0

        def dump(self, obj: Any) -> "Buffer":
            return b"%d" % obj

    return AnyInteger


class Cursors:
    """Cursors of the server's side on one connection, used again: making one costs a statement."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self.connection = connection
        self._made: list[psycopg.Cursor[Any]] = []

    def __getitem__(self, place: int) -> "psycopg.Cursor[Any]":
        while place >= len(self._made):
            from psycopg import Cursor

            cursor = Cursor(self.connection)
            cursor.adapters.register_dumper(int, _any_integer())
            self._made.append(cursor)
        return self._made[place]


def cursors(connection: "psycopg.Connection[Any]") -> Cursors:
    """Those of this thread's connection; each place holds the rows of one statement at a time."""
    kept: Cursors | None = getattr(_thread, "cursors", None)
    if kept is None or kept.connection is not connection:
        kept = _thread.cursors = Cursors(connection)
    return kept
