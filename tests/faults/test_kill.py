"""`kill -9` in the middle of `post` and `intake`: nothing half done, nothing acknowledged lost.

KANTOOR_KILLS sets how often each is killed (acceptance: 100); the default keeps the suite short.
"""

import csv
import json
import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.console import Console
from tests.own_database import own_database

KILLS = int(os.environ.get("KANTOOR_KILLS", "3"))
SEED = int(os.environ.get("KANTOOR_SEED", "1"))
ENTRIES = 20_000
ORDERS = 1_200


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    """A company with nothing in its books."""
    with own_database() as url:
        console = Console(tmp_path_factory.mktemp("begun") / "data", url)
        console.ask("init", "--company", "Bakker BV", "--country", "NL", "--currency", "EUR")
        yield console


@contextmanager
def copy(begun: Console, folder: Path) -> Iterator[Console]:
    """The same company once more, for as long as it is needed."""
    shutil.copytree(begun.folder, folder)
    with own_database(like=begun.url) as url:
        yield Console(folder, url)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def entries_file(tmp_path_factory: pytest.TempPathFactory, begun: Console) -> Path:
    """Entries of two lines each, for `post`."""
    codes = _two_accounts(begun)
    path = tmp_path_factory.mktemp("entries") / "entries.csv"
    with path.open("w", newline="") as file:
        write = csv.writer(file).writerow
        write(["entry", "date", "account", "amount", "currency", "text"])
        for number in range(ENTRIES):
            day = f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}"
            write([number, day, codes[0], number + 1, "EUR", "rent"])
            write([number, day, codes[1], -number - 1, "EUR", "rent"])
    return path


def _two_accounts(begun: Console) -> list[str]:
    question = "SELECT code FROM finance_account ORDER BY code LIMIT 2"
    file = begun.folder / "kantoor.sqlite3"
    with psycopg.connect(begun.url) if begun.url else sqlite3.connect(file) as books:
        return [code for (code,) in books.execute(question).fetchall()]


@pytest.fixture(scope="module")
def orders_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Orders in the web shop's own form, three lines each, some of them cancellations."""
    path = tmp_path_factory.mktemp("orders") / "orders.csv"
    chosen = random.Random(SEED)
    columns = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
    with path.open("w", newline="") as file:
        write = csv.writer(file).writerow
        write(columns.split(","))
        for number in range(ORDERS):
            back = number % 10 == 9
            name = f"C{600000 + number}" if back else str(600000 + number)
            stamp = f"2011-0{number % 9 + 1}-{number % 28 + 1:02} 10:00:00"
            for line in range(3):
                quantity = chosen.randint(1, 50) * (-1 if back else 1)
                price = f"{chosen.randint(1, 2000) / 100:.2f}"
                customer = 12000 + number % 40
                write([name, f"A{line}", f"ARTICLE {line}", quantity, stamp, price, customer,
                       "United Kingdom"])  # fmt: skip
    return path


def killed(console: Console, longest: float, chosen: random.Random, *words: str) -> str:
    """Begin a command, kill it at a random moment; gives what it had printed by then."""
    process = console.start(*words)
    time.sleep(chosen.uniform(0.0, longest))
    process.send_signal(signal.SIGKILL)
    out, _err = process.communicate(timeout=60)
    return out


def copies(begun: Console, target: Path) -> Iterator[Console]:
    """As many fresh copies of a company as there are kills, one after another."""
    for number in range(KILLS):
        with copy(begun, target / str(number)) as console:
            yield console


def proved(console: Console) -> dict[str, Any]:
    """What `verify` says, which must be good."""
    answer: dict[str, Any] = console.ask("verify")
    assert answer["ok"], answer["faults"]
    return answer


@pytest.mark.databases
def test_a_killed_post_leaves_all_entries_or_none(
    begun: Console, entries_file: Path, tmp_path: Path
) -> None:
    chosen = random.Random(SEED)
    with copy(begun, tmp_path / "whole") as whole:
        longest = _seconds_of(whole, "post", str(entries_file))
    for console in copies(begun, tmp_path):
        said = killed(console, longest, chosen, "post", str(entries_file))
        moved = console.ask("report", "trial-balance")
        assert moved["debit"] == moved["credit"]
        total = ENTRIES * (ENTRIES + 1) // 2
        assert moved["debit"] in (0, total)
        if said.strip():
            assert json.loads(said)["entries"] == ENTRIES
            assert moved["debit"] == total
        proved(console)


@pytest.mark.databases
def test_a_killed_intake_goes_on_where_it_was(
    begun: Console, orders_file: Path, tmp_path: Path
) -> None:
    chosen = random.Random(SEED + 1)
    words = ("intake", str(orders_file), "--source", "webshop")
    with copy(begun, tmp_path / "whole") as whole:
        longest = _seconds_of(whole, *words)
        wanted = whole.ask("report", "trial-balance")
    for console in copies(begun, tmp_path):
        killed(console, longest, chosen, *words)
        proved(console)
        answer = console.ask(*words)
        assert answer["received"] == ORDERS * 3
        assert answer["rejected"] == 0
        assert answer["accepted"] + answer["duplicates"] == ORDERS * 3
        assert console.ask("report", "trial-balance") == wanted
        assert console.ask(*words)["accepted"] == 0
        proved(console)


def _seconds_of(console: Console, *words: str) -> float:
    """How long a command takes when nobody kills it, so that kills fall within it."""
    start = time.perf_counter()
    console.ask(*words)
    return time.perf_counter() - start
