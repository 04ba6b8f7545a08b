"""A PostgreSQL server of our own, for as long as tests or benchmarks run."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dev import machine

FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"]
"""Settings for tests, whose data nobody keeps.

Tests take back what they wrote. A vacuum that comes by in the middle of one counts what is not committed
as nothing and keeps that: a table of many pages without rows, for which every plan is a nested loop.
One report then took twenty minutes.
"""

START_SECONDS = 60


class CannotStart(Exception):
    """The server did not come up; carries the end of its log."""


@contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """Run a new, empty server and give its address as a `postgres://` URL; it stops at the end.

    It listens on a unix socket in a folder of its own alone. `durable` keeps PostgreSQL's own
    promise that a commit is on the disk, which benchmarks need and tests do not.
    """
    postgres = machine.find("postgres")
    if postgres is None:
        raise CannotStart(f"No PostgreSQL {machine.OLDEST_POSTGRES}+ here.")
    folder = Path(tempfile.mkdtemp(prefix="kantoor-postgres-"))
    as_user = _unprivileged(folder)
    process = None
    try:
        _create(postgres.with_name("initdb"), folder / "data", as_user)
        process = _start(postgres, folder, as_user, [] if durable else FAST)
        yield f"postgres://kantoor@/postgres?host={quote(str(folder), safe='')}"
    finally:
        if process is not None:
            _stop(process)
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> dict[str, Any]:
    """Arguments to run as another user, since PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    names = {user.pw_name for user in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _create(initdb: Path, data: Path, as_user: dict[str, Any]) -> None:
    command = [
        str(initdb), "--pgdata", str(data), "--username=kantoor", "--auth=trust",
        "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
    ]  # fmt: skip
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, **as_user)
    if done.returncode:
        raise CannotStart(f"initdb failed:\n{done.stdout}{done.stderr}")


def _start(
    postgres: Path, folder: Path, as_user: dict[str, Any], settings: list[str]
) -> subprocess.Popen[bytes]:
    settings = [
        *settings,
        f"unix_socket_directories={folder}",
        "listen_addresses=",
        "max_connections=200",
        "shared_buffers=256MB",
        "max_wal_size=2GB",
        "timezone=UTC",
    ]
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(postgres), "-D", str(folder / "data"), *(f"--{setting}" for setting in settings)],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # ctrl-C is for the tests; the server stops after them
            preexec_fn=_die_with_parent,
            **as_user,
        )
    _wait(process, folder / "data" / "postmaster.pid", log)
    return process


def _die_with_parent() -> None:
    """Ask Linux to stop the server when this process is killed outright."""
    parent_death_signal = 1
    ctypes.CDLL(None).prctl(parent_death_signal, signal.SIGQUIT)


def _wait(process: subprocess.Popen[bytes], pid_file: Path, log: Path) -> None:
    """Return once the server takes connections: the last line of its pid file says so."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        if pid_file.exists() and pid_file.read_text().rstrip().endswith("ready"):
            return
        time.sleep(0.05)
    _stop(process)
    raise CannotStart(f"PostgreSQL did not start:\n{log.read_text()[-2000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop at once: the folder is thrown away anyhow."""
    process.send_signal(signal.SIGQUIT)
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
