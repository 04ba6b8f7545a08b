"""Databases that a test has to itself, for processes of its own."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg


@contextmanager
def own_database(like: str = "") -> Iterator[str]:
    """The address of a new database on the server of the run; empty on SQLite.

    It has in it what the one at the address `like` has, or nothing.
    """
    server = os.environ.get("KANTOOR_TEST_POSTGRES", "")
    if os.environ["KANTOOR_TEST_DATABASE"] != "postgres":
        yield ""
        return
    name = f"console_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as postgres:
        copied = like.partition("?")[0].rpartition("/")[2] or "template1"
        postgres.execute(f'CREATE DATABASE "{name}" TEMPLATE "{copied}"')
    base, _, query = server.partition("?")
    yield f"{base.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")
    with psycopg.connect(server, autocommit=True) as postgres:
        postgres.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
