"""Runs every check of the source and prints one line for each, with its seconds.

`bin/check [NAME…]`; the output of a check is shown only when it fails.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from dev import machine

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable
SETTINGS = "--settings=kantoor.config.settings"

CHECKS: dict[str, list[str]] = {
    "types": [str(BIN / "mypy")],
    "lint": [str(BIN / "ruff"), "check", "--quiet", "."],
    "format": [str(BIN / "ruff"), "format", "--check", "--output-format=concise", "."],
    "imports": [str(BIN / "lint-imports")],
    "migrations": [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run", SETTINGS],
    "translations": [PYTHON, "-m", "dev.translations", "check"],
    "architecture": [PYTHON, "-m", "dev.architecture"],
}
"""The slowest first, since two run at a time."""

SHOWN = 150
"""Lines of a failed check that are printed."""


@dataclass(frozen=True)
class Result:
    """How one check went."""

    name: str
    ok: bool
    seconds: float
    output: str


def main(names: list[str]) -> int:
    """Run the checks named, or all; the exit code is 1 when one failed."""
    if unknown := set(names) - set(CHECKS):
        print(f"No check {', '.join(unknown)}; there are {', '.join(CHECKS)}.")
        return 2
    if "translations" in (names or CHECKS):
        machine.ensure(["xgettext"])
    results = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for done in as_completed(pool.submit(run, name) for name in names or CHECKS):
            result = done.result()
            results.append(result)
            verdict = "ok" if result.ok else "FAILED"
            print(f"{result.name:13} {verdict:7} {result.seconds:5.1f} s", flush=True)
    for result in results:
        if not result.ok:
            print(f"\n--- {result.name}\n{shortened(result.output)}")
    return int(not all(result.ok for result in results))


def shortened(output: str) -> str:
    """The first lines, and how to see the rest."""
    lines = output.strip().splitlines()
    if (more := len(lines) - SHOWN) > 0:
        lines[SHOWN:] = [f"… and {more} lines more"]
    return "\n".join(lines)


def run(name: str) -> Result:
    """One check, in a process of its own."""
    began = time.monotonic()
    env = {**os.environ, "NO_COLOR": "1", "DJANGO_SETTINGS_MODULE": "kantoor.config.settings"}
    done = subprocess.run(
        CHECKS[name], cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    output = done.stdout + done.stderr
    return Result(name, done.returncode == 0, time.monotonic() - began, output)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
