"""A console with nothing begun yet, on the database of the run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.console import Console
from tests.own_database import own_database


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    """A console with an empty data folder, and an empty database of its own."""
    with own_database() as url:
        yield Console(tmp_path / "data", url)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Console]:
    """Another machine: a folder and a database with nothing in them."""
    with own_database() as url:
        yield Console(tmp_path / "elsewhere", url)
