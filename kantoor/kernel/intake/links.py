"""Where events come from, for the chain of causes: `event:webshop/536365` to the row that keeps it."""

from collections.abc import Iterable

from kantoor.kernel.record.links import origin_of, origin_of_events
from kantoor.kernel.store.lookup import fetch


@origin_of_events
def rows_of_event(company_id: int, event: str) -> Iterable[str]:
    """The row of an event given as `source/id`; either may have slashes of its own."""
    parts = event.split("/")
    for cut in range(1, len(parts)):
        rows = fetch(
            "SELECT id FROM kernel_intake_event WHERE company_id = %s AND source = %s"
            " AND event_id = %s AND state = 'accepted'",
            [company_id, "/".join(parts[:cut]), "/".join(parts[cut:])],
        )
        for (key,) in rows:
            yield f"kernel.intake_event/{key}"


@origin_of("kernel.intake_event")
def origin_of_event(company_id: int, key: int) -> Iterable[str]:
    """The file that an event came in, if it came in one."""
    rows = fetch(
        "SELECT raw.file_id FROM kernel_intake_event event"
        " JOIN kernel_intake_raw raw ON raw.id = event.raw_id"
        " WHERE event.company_id = %s AND event.id = %s AND raw.file_id IS NOT NULL",
        [company_id, key],
    )
    return [f"kernel.intake_file/{file_id}" for (file_id,) in rows]
