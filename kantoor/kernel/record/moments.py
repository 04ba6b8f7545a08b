"""When a row was recorded, for those who tell of many rows in one SELECT."""

import datetime

from django.utils import timezone


def recorded_at(table: str, key: str) -> str:
    """SQL for the moment that the row with a key was added, in microseconds since 1970 UTC.

    One seek in the index of changes for each row; NULL for a row that no act of the record added.
    """
    return (
        "(SELECT act.at FROM kernel_change noted JOIN kernel_record act ON act.seq = noted.seq"  # noqa: S608
        f" WHERE noted.tablename = '{table}' AND noted.last_id >= {key}"
        f" AND noted.first_id <= {key} AND noted.operation = 'i'"
        " ORDER BY noted.last_id LIMIT 1)"
    )


def day_of(moment: int) -> datetime.date:
    """The day that such a moment is on here."""
    seconds, micro = divmod(moment, 1_000_000)
    at = datetime.datetime.fromtimestamp(seconds, datetime.UTC).replace(microsecond=micro)
    return timezone.localdate(at)
