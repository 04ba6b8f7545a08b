"""Runs the whole test suite on SQLite and then on a PostgreSQL server of its own.

`bin/test [--sqlite | --postgres] [PYTEST ARGUMENT…]`. With CI=true nothing may be missing.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from dev import machine, postgres

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = (
    "borg",
    "chromium",
    "fusioninventory-agent",
    "hledger",
    "prometheus-alertmanager",
    "restic",
    "xgettext",
)
NO_TESTS = 5
"""pytest's exit code when it ran nothing."""


def main(arguments: list[str]) -> int:
    """Run what was asked for; the exit code is 0 only when every run passed and one had tests."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGHUP, lambda *_: sys.exit(129))
    databases = [name for name in ("sqlite", "postgres") if f"--{name}" in arguments]
    databases = databases or ["sqlite", "postgres"]
    arguments = [word for word in arguments if word not in ("--sqlite", "--postgres")]

    missing = machine.ensure(PROGRAMS)
    if "postgres" in databases and "KANTOOR_TEST_POSTGRES" not in os.environ:
        missing += machine.ensure(["postgres"])
    notes = [f"MISSING {name}: {machine.advice([name])}" for name in missing]
    print("".join(f"Set-up: {note}\n" for note in notes), end="", flush=True)
    if missing and in_ci():
        print("With CI=true nothing may be missing.")
        return 1
    if "postgres" in missing:
        databases.remove("postgres")
        notes.append("NOT RUN on PostgreSQL")
    return run_all(databases, arguments, notes)


def in_ci() -> bool:
    """Whether this run must not skip anything."""
    return os.environ.get("CI", "").lower() in ("1", "true")


def run_all(databases: Sequence[str], arguments: Sequence[str], notes: list[str]) -> int:
    """One pytest run for each database; notes are printed above the closing line of the last."""
    codes = []
    for database in databases:
        if database == "sqlite":
            codes.append(pytest(database, arguments, notes))
        else:
            with postgres_url() as url:
                codes.append(pytest(database, arguments, notes, KANTOOR_TEST_POSTGRES=url))
        if codes[-1]:
            notes.append(f"The run on {database} ended with exit code {codes[-1]}: see above")
    if arguments:  # tests chosen by hand may have nothing to do with one of the databases
        codes = [code for code in codes if code != NO_TESTS] or [NO_TESTS]
    return max(codes)


def postgres_url() -> AbstractContextManager[str]:
    """The server named in the environment, else one that is started for this run."""
    given = os.environ.get("KANTOOR_TEST_POSTGRES")
    return nullcontext(given) if given else postgres.server()


def pytest(database: str, arguments: Sequence[str], notes: Sequence[str], **more: str) -> int:
    """One run; on ctrl-C pytest closes down by itself first."""
    command = [sys.executable, "-m", "pytest", f"--database={database}", *parallel(arguments)]
    print(f"\nTests on {database}", flush=True)
    env = {**os.environ, "KANTOOR_TEST_NOTES": "\n".join(notes), **more}
    process = subprocess.Popen([*command, *arguments], cwd=ROOT, env=env)
    try:
        return process.wait()
    except BaseException as why:
        if not isinstance(why, KeyboardInterrupt):  # which the terminal gave to pytest as well
            process.send_signal(signal.SIGINT)
        close_down(process)
        raise


def close_down(process: subprocess.Popen[bytes]) -> None:
    """Let pytest end its tests and throw its data away; make an end of it when it will not."""
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def parallel(arguments: Sequence[str]) -> list[str]:
    """Whole runs use every core; a run of chosen tests starts faster in one process."""
    words = [*arguments, *os.environ.get("PYTEST_ADDOPTS", "").split()]
    decided = any(word.startswith(("-n", "--numprocesses", "--pdb")) for word in words)
    chosen = any(not word.startswith("-") for word in arguments)
    if decided or chosen:
        return []
    return [f"--numprocesses={min(len(os.sched_getaffinity(0)), 8)}", "--dist=loadgroup"]


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except postgres.CannotStart as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit(130)
