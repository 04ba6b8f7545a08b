"""`kill -9` between and within the steps of procedures: each goes on where it was acknowledged.

KANTOOR_KILLS sets how often (acceptance: 100); the default keeps the suite short.
"""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.console import PROJECT, Console
from tests.own_database import own_database

KILLS = int(os.environ.get("KANTOOR_KILLS", "3"))
SEED = int(os.environ.get("KANTOOR_SEED", "1"))
STEPS = ("ask", "write", "left", "now", "within")


def asked(console: Console, question: str) -> Sequence[Sequence[Any]]:
    """Rows of the company's database, looked at from without."""
    file = console.folder / "kantoor.sqlite3"
    with psycopg.connect(console.url) if console.url else sqlite3.connect(file) as database:
        return database.execute(question).fetchall()


def driven(console: Console, lines: int | None, wait_s: float) -> list[str]:
    """Work on until so many lines were said, and kill it a moment later; None: to its end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.driving"],
        cwd=PROJECT,
        env={
            **console.environment(),
            "KANTOOR_DATA": str(console.folder),
            "DATABASE_URL": console.url,
            "KANTOOR_INSTANCES": str(2 * KILLS),
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    said: list[str] = []
    while lines is None or len(said) < lines:
        line = process.stdout.readline()
        if not line:
            break
        said.append(line.strip())
    if lines is not None:
        time.sleep(wait_s)
        process.send_signal(signal.SIGKILL)
        rest, _err = process.communicate(timeout=60)
        # A last line may be half written; what it says whole was acknowledged.
        said += [line for line in rest.split("\n")[:-1] if line]
    else:
        assert process.wait(timeout=60) == 0
    return said


@pytest.mark.databases
def test_killed_procedures_go_on_where_they_were(tmp_path: Path) -> None:
    chosen = random.Random(SEED)
    with own_database() as url:
        console = Console(tmp_path / "data", url)
        console.ask("init", "--company", "Bakker BV", "--country", "NL", "--currency", "EUR")
        acknowledged: list[str] = []
        for _kill in range(KILLS):
            said = driven(console, chosen.randint(1, 9), chosen.uniform(0.0, 0.03))
            acknowledged += [line for line in said if line.startswith("done ")]
        acknowledged += [line for line in driven(console, None, 0) if line.startswith("done ")]

        done = {
            row[0] for row in asked(console, "SELECT id FROM procedures_task WHERE state = 'done'")
        }
        keys = [int(line.removeprefix("done ")) for line in acknowledged]
        assert len(keys) == len(set(keys))
        assert set(keys) <= done
        states = asked(console, "SELECT state FROM procedures_instance")
        assert [row[0] for row in states] == ["ended"] * (2 * KILLS)
        steps = Counter(
            (instance, element)
            for instance, element in asked(
                console, "SELECT instance_id, element FROM procedures_step"
            )
        )
        assert set(steps.values()) == {1}
        assert {element for _instance, element in steps} >= set(STEPS)
        written = asked(
            console, "SELECT count(*), count(DISTINCT code) FROM kernel_party WHERE code LIKE 'E%'"
        )
        assert tuple(written[0]) == (2 * KILLS, 2 * KILLS)
        answer = console.ask("verify")
        assert answer["ok"], answer["faults"]
