"""The keys of a table in stretches, without those in between that nothing was ever given."""

from collections.abc import Iterator

from django.db import connection

from kantoor.kernel.record.bodies import SPAN
from kantoor.kernel.store.raw import run


def stretches(table: str, key: str, last: int, size: int) -> Iterator[tuple[int, int]]:
    """Stretches from a key up to another, not itself in it, that all rows up to `last` lie in.

    Rows that the table has, in its column `key`, and those that the record has of it. None is
    longer than `size`.
    """
    quote = connection.ops.quote_name
    first_held = f"SELECT min({quote(key)}) FROM {quote(table)} WHERE {quote(key)} >= %s"  # noqa: S608
    # The change that ends first; one that ends later begins at most a SPAN before that.
    first_recorded = (
        "SELECT last_id FROM kernel_change WHERE tablename = %s AND last_id >= %s"
        " ORDER BY last_id LIMIT 1"
    )
    start, end = 1, last + 1
    while start < end:
        ((held,),) = run(first_held, [start])
        recorded = [ends - SPAN + 1 for (ends,) in run(first_recorded, [table, start])]
        start = max(start, min([end, *recorded, *([] if held is None else [held])]))
        if start < end:
            yield start, min(start + size, end)
        start += size
