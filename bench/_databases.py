"""Runs the measuring half of a benchmark once on each database, each time in a fresh process."""

import json
import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

Measured = dict[str, Any]


def on_each_database(module: str, *words: str) -> dict[str, Measured]:
    """What `python -m module WORDS` printed as JSON, by database; PostgreSQL where there is one."""
    found = {"SQLite": measure(module, *words)}
    if server := os.environ.get("KANTOOR_BENCH_POSTGRES"):
        with database_on(server) as url:
            found["PostgreSQL"] = measure(module, *words, url=url)
    return found


def measure(module: str, *words: str, url: str = "") -> Measured:
    """One run in a data folder of its own, on the disk: durability is part of what is measured."""
    with tempfile.TemporaryDirectory(prefix="kantoor-bench-") as folder:
        environment = {**os.environ, "KANTOOR_DATA": folder, "DATABASE_URL": url}
        environment["DJANGO_SETTINGS_MODULE"] = "kantoor.config.settings"
        done = subprocess.run(
            [sys.executable, "-m", module, *words],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    measured: Measured = json.loads(done.stdout.splitlines()[-1])
    return measured


@contextmanager
def database_on(server: str) -> Iterator[str]:
    """A new database on a server, dropped at the end."""
    import psycopg

    name = f"bench_{uuid.uuid4().hex[:12]}"
    base, _, query = server.partition("?")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{base.rpartition('/')[0]}/{name}?{query}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
