"""Keep on how many devices each title is, in the transaction that changes what is installed."""

from collections.abc import Mapping

from kantoor.departments.ict.models import Device
from kantoor.kernel.store.raw import on_postgres, run

SOME = 400
_ADD = (
    " ON CONFLICT (title_id) DO UPDATE SET devices = ict_software_count.devices + excluded.devices"
)


def count_titles(more: Mapping[int, int]) -> None:
    """Add to the numbers of devices, by the keys of titles."""
    rows = sorted((title, n) for title, n in more.items() if n)
    if not rows:
        return
    if on_postgres():
        # As two lists: to take hundreds of parameters apart costs more than to write them.
        run(
            "INSERT INTO ict_software_count (title_id, devices)"  # noqa: S608
            f" SELECT * FROM unnest(%s::bigint[], %s::integer[]){_ADD}",
            [[title for title, _n in rows], [n for _title, n in rows]],
        )
        return
    for start in range(0, len(rows), SOME):
        some = rows[start : start + SOME]
        slots = ", ".join(["(%s, %s)"] * len(some))
        run(
            f"INSERT INTO ict_software_count (title_id, devices) VALUES {slots}{_ADD}",  # noqa: S608
            [value for row in some for value in row],
        )


def count_device(device: Device, sign: int) -> None:
    """Count what is on a device once more (1), or no longer (-1)."""
    run(
        "INSERT INTO ict_software_count (title_id, devices)"  # noqa: S608
        " SELECT version.title_id, CAST(%s AS integer) FROM ict_installation here"
        " JOIN ict_software_version version ON version.id = here.version_id"
        f" WHERE here.device_id = %s GROUP BY version.title_id ORDER BY version.title_id{_ADD}",
        [sign, device.pk],
    )
