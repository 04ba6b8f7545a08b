"""Proof that the series of devices have no gaps, and of the number of devices with a program."""

from collections.abc import Iterable, Iterator

from kantoor.kernel.numbering.numbers import Used, counted
from kantoor.kernel.record.verify.provers import Fault, prover
from kantoor.kernel.store.lookup import fetch

SERIES = {
    "device": "ict_device",
    "handover": "ict_handover",
    "licence": "ict_licence",
    "stock_take": "ict_stock_take",
}


@counted("ict.devices")
def numbers_in_use() -> Iterable[Used]:
    """Each series of devices as its rows show it, for `verify`."""
    for name, table in SERIES.items():
        rows = fetch(
            "SELECT company_id, min(number), max(number), count(*)"  # noqa: S608
            f" FROM {table} GROUP BY company_id ORDER BY company_id"
        )
        for company_id, first, last, count in rows:
            yield f"ict.{name}/{company_id}", first, last, count


@prover("ict_software_count")
def software_counts() -> Iterator[Fault]:
    """On how many devices each title is, against what is installed on each."""
    meant = dict(
        fetch(
            "SELECT version.title_id, count(DISTINCT here.device_id) FROM ict_installation here"
            " JOIN ict_software_version version ON version.id = here.version_id"
            " JOIN ict_device device ON device.id = here.device_id"
            " WHERE device.merged_into_id IS NULL GROUP BY version.title_id"
        )
    )
    kept = dict(fetch("SELECT title_id, devices FROM ict_software_count"))
    for title in sorted(meant.keys() | kept.keys(), key=str):
        # Nought where it was taken off again is as good as no row.
        if (n := meant.get(title, 0)) != kept.get(title, 0):
            where = f"ict_software_count row {title} column devices"
            yield Fault("derived", where, f"is {kept.get(title, 0)}, and on {n} devices it is")
