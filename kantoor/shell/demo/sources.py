"""Where the demonstration's sales come from: half a year if it lies near, else a month of it."""

import os
from pathlib import Path

import kantoor

PACKAGE = Path(kantoor.__file__).parent
INSIDE = Path("data/online-retail/online_retail.csv.gz")
MONTH = PACKAGE / "departments" / "sales" / "demo" / "online_retail_2010-12.csv.gz"


def sales_file() -> Path:
    """The file of sales: from `KANTOOR_SHARED`, beside the project, or the month that comes along."""
    shared = os.environ.get("KANTOOR_SHARED", "")
    near = [Path(shared)] if shared else [PACKAGE.parent.parent / "shared"]
    found = (folder / INSIDE for folder in near)
    return next((file for file in found if file.is_file()), MONTH)
