"""Real input that is too large to keep here: it lies in a folder `shared` beside the project."""

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[4] / "shared"


def shared_file(*parts: str) -> Path:
    """A file of `$KANTOOR_SHARED/data`, else of `../shared/data`; skips the test without it."""
    path = Path(os.environ.get("KANTOOR_SHARED", BESIDE), "data", *parts)
    if not path.exists():
        pytest.skip(f"REAL INPUT IS MISSING: {path}; set KANTOOR_SHARED to the folder that has it")
    return path
