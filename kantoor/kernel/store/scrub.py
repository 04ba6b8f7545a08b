"""Scrub the database after an erasure: what was deleted must not linger in its files.

SQLite leaves what is deleted in free space, copies that it made when it moved rows between pages
in their slack, and older pages in the write-ahead log. PostgreSQL keeps dead rows until it is
told not to. Both rewrite what held the data, and then it is gone.
"""

import logging
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

log = logging.getLogger(__name__)


def _wanted() -> Path:
    """A mark that outlives a restart: the scrubbing that is still to be done."""
    return Path(settings.DATA) / "scrub-wanted"


def scrub(tables: list[str]) -> bool:
    """Rewrite the database (SQLite) or these tables (PostgreSQL); False when it must wait.

    Takes about a minute for each gigabyte, in which others can read but not write. When the
    database is too busy it is done at the next `scrub_if_wanted`.
    """
    _wanted().parent.mkdir(parents=True, exist_ok=True)
    _wanted().write_text("\n".join(tables))
    if connection.in_atomic_block:
        return False
    try:
        _rewrite(tables)
    except DatabaseError as reason:
        log.warning("erased data is not scrubbed from the database yet: %s", reason)
        return False
    _wanted().unlink(missing_ok=True)
    return True


def scrub_if_wanted() -> bool:
    """Do a scrubbing that had to wait; the scheduler calls this daily. True when one was done."""
    if not _wanted().exists():
        return False
    return scrub(_wanted().read_text().split())


def _rewrite(tables: list[str]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            quoted = ", ".join(connection.ops.quote_name(table) for table in tables)
            cursor.execute(f"VACUUM (FULL) {quoted}")
            return
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()[0]
    if busy:
        raise DatabaseError("somebody is still reading, so the write-ahead log can't be emptied")
