"""A console with nothing begun yet, on the database of the run."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.console import Console


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    """A console with an empty data folder, and an empty database of its own."""
    server = os.environ.get("KANTOOR_TEST_POSTGRES", "")
    if os.environ["KANTOOR_TEST_DATABASE"] != "postgres":
        yield Console(tmp_path / "data")
        return
    name = f"console_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as postgres:
        postgres.execute(f'CREATE DATABASE "{name}"')
    base, _, query = server.partition("?")
    url = f"{base.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")
    yield Console(tmp_path / "data", url)
    with psycopg.connect(server, autocommit=True) as postgres:
        postgres.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
