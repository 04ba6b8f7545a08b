"""Takes in the Online Retail file, or half of it; prints JSON (see bench/intake.py)."""

import gzip
import itertools
import json
import os
import resource
import sys
import tempfile
from pathlib import Path

from bench._ledger import company

PROJECT = Path(__file__).parent.parent
NAME = "online-retail/online_retail.csv.gz"


def source() -> Path:
    """The shared file where there is one, else the month that is kept in the project."""
    for folder in (os.environ.get("KANTOOR_SHARED", ""), PROJECT.parent / "shared" / "data"):
        if folder and (Path(folder) / NAME).exists():
            return Path(folder) / NAME
    demo = PROJECT / "kantoor" / "departments" / "sales" / "demo"
    return next(demo.glob("*.csv.gz"))


def half(whole: Path) -> Path:
    """The first half of the rows, in a file of its own."""
    with gzip.open(whole, "rt", encoding="utf-8") as rows:
        count = sum(1 for _ in rows)
        rows.seek(0)
        part = Path(tempfile.mkdtemp()) / "half.csv"
        part.write_text("".join(itertools.islice(rows, count // 2)), encoding="utf-8")
    return part


def main(size: str) -> None:
    actor = company("GB", "GBP")
    from kantoor.departments.finance.models import Invoice
    from kantoor.kernel.intake.files import intake_file

    path = source() if size == "whole" else half(source())
    result = intake_file(actor, path, source="webshop")
    print(
        json.dumps(
            {
                "seconds": result.seconds,
                "invoices": Invoice.objects.count(),
                "rows": result.received,
                "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1])
