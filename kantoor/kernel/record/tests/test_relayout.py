"""Migrations that add columns to tables with recorded rows."""

from pathlib import Path

import pytest

from kantoor.kernel.record.tests.elsewhere import run_elsewhere
from kantoor.kernel.record.tests.growing import grow


@pytest.mark.sqlite_only
def test_rows_are_proved_with_a_column_that_was_added(tmp_path: Path) -> None:
    assert run_elsewhere(grow, tmp_path) == "grown\n"


@pytest.mark.postgres_only
def test_rows_are_proved_with_a_column_that_was_added_on_postgresql(db: None) -> None:
    grow()
