"""A console with nothing begun yet, on the database of the run."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.console import Console


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    """A console with an empty data folder, and an empty database of its own."""
    with empty_database() as url:
        yield Console(tmp_path / "data", url)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Console]:
    """Another machine: a folder and a database with nothing in them."""
    with empty_database() as url:
        yield Console(tmp_path / "elsewhere", url)


@contextmanager
def empty_database() -> Iterator[str]:
    """The address of a new database on the server of the run; empty on SQLite."""
    server = os.environ.get("KANTOOR_TEST_POSTGRES", "")
    if os.environ["KANTOOR_TEST_DATABASE"] != "postgres":
        yield ""
        return
    name = f"console_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as postgres:
        postgres.execute(f'CREATE DATABASE "{name}"')
    base, _, query = server.partition("?")
    yield f"{base.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")
    with psycopg.connect(server, autocommit=True) as postgres:
        postgres.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
