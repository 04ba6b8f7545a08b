"""Kantoor's own backup: made while work goes on, put back elsewhere, proved; nothing half done."""

import csv
import hashlib
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kantoor.kernel.backup.errors import BackupUnusable
from kantoor.kernel.backup.reading import check
from kantoor.kernel.backup.recovery import identities_in
from tests.console import Console
from tests.own_database import own_database

pytestmark = pytest.mark.databases
INIT = ("init", "--company", "Bakker BV", "--country", "NL", "--currency", "EUR")
BALANCES = ("report", "trial-balance")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    """A company with entries in its books, whose recovery keys are copied to a folder apart."""
    folder = tmp_path_factory.mktemp("company")
    with own_database() as url:
        console = Console(folder / "data", url, {"KANTOOR_RECOVERY_DIR": str(folder / "safe")})
        console.ask(*INIT)
        console.ask("post", str(entries(folder / "entries.csv", 50)))
        yield console


@pytest.fixture(scope="module")
def made(company: Console, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A backup of it."""
    answer: dict[str, Any] = company.ask("backup", "--to", str(tmp_path_factory.mktemp("backups")))
    return answer


def entries(path: Path, count: int, first: int = 0) -> Path:
    """So many entries of two lines."""
    with path.open("w", newline="") as file:
        write = csv.writer(file).writerow
        write(["entry", "date", "account", "amount", "currency", "text"])
        for number in range(first, first + count):
            day = f"2025-{number % 12 + 1:02}-01"
            write([number, day, "10201", number + 1, "EUR", "rent"])
            write([number, day, "13011", -number - 1, "EUR", "rent"])
    return path


def spoilt(source: Path, target: Path, at: int) -> Path:
    """A copy with one bit turned."""
    content = bytearray(source.read_bytes())
    content[at] ^= 1
    target.write_bytes(content)
    return target


def test_a_backup_comes_back_on_another_machine_and_is_proved(
    company: Console, made: dict[str, Any], elsewhere: Console, tmp_path: Path
) -> None:
    assert made["ok"]
    content = Path(made["file"]).read_bytes()
    assert (made["bytes"], made["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert content.startswith(b"age-encryption.org/v1\n")
    assert Path(made["file"]).stat().st_mode & 0o77 == 0

    elsewhere.extra = company.extra
    back = elsewhere.ask("restore", str(Path(made["file"]).parent))
    assert back["ok"]
    assert (back["sha256"], back["bytes"]) == (made["sha256"], made["bytes"])
    assert elsewhere.ask(*BALANCES) == company.ask(*BALANCES)
    assert {f.name for f in (elsewhere.folder / "keys").iterdir()} >= {
        "record-signing.pem", "sealing.key", "erasure.key", "recovery.key",
    }  # fmt: skip
    # And it lives on: identifiers and numbers go on where they were.
    elsewhere.ask("post", str(entries(tmp_path / "more.csv", 5, 100)))
    assert elsewhere.ask("verify")["ok"]


@pytest.mark.postgres_only
def test_a_backup_of_postgresql_comes_back_on_sqlite(
    company: Console, made: dict[str, Any], tmp_path: Path
) -> None:
    there = Console(tmp_path / "there", extra=company.extra)
    assert Console(company.folder, extra=company.extra).ask(
        "restore", made["file"], "--into", str(there.folder)
    )["ok"]
    assert there.ask(*BALANCES) == company.ask(*BALANCES)


def test_nothing_is_overwritten_and_without_its_key_nobody_opens_it(
    company: Console, made: dict[str, Any], tmp_path: Path
) -> None:
    refused = company.ask("restore", made["file"], code=1)
    assert refused["faults"][0]["check"] == "restore.taken"

    stranger = Console(tmp_path / "new", extra={"KANTOOR_RECOVERY_DIR": str(tmp_path / "none")})
    refused = stranger.ask("restore", made["file"], code=1)
    assert refused["faults"][0]["check"] == "backup.unusable"
    assert not stranger.folder.exists()
    content = Path(made["file"]).read_bytes()
    for secret in ("sealing.key", "erasure.key"):
        assert (company.folder / "keys" / secret).read_bytes().strip() not in content


def test_any_changed_or_missing_byte_is_found_before_anything_is_there(
    company: Console, made: dict[str, Any], tmp_path: Path
) -> None:
    source = Path(made["file"])
    keys = identities_in(company.folder / "keys" / "recovery.key")
    size = source.stat().st_size
    assert check(source, keys).rows["kernel_company"] == 1
    for at in (10, size // 2, size - 1):
        with pytest.raises(BackupUnusable):
            check(spoilt(source, tmp_path / "spoilt.tar.age", at), keys)
    (tmp_path / "short.tar.age").write_bytes(source.read_bytes()[: size // 2])
    with pytest.raises(BackupUnusable):
        check(tmp_path / "short.tar.age", keys)

    there = Console(tmp_path / "there", extra=company.extra)
    refused = there.ask("restore", str(tmp_path / "spoilt.tar.age"), code=1)
    assert refused["faults"][0]["check"] == "backup.unusable"
    assert list(tmp_path.glob("*there*")) == []


def test_a_drill_proves_that_the_newest_comes_back(company: Console) -> None:
    drilled = company.ask("restore-drill")
    assert drilled["ok"]
    assert drilled["rows"] > 0
    assert Path(drilled["file"]).parent == company.folder / "backups"


@pytest.mark.sqlite_only
def test_a_drill_tells_of_rows_that_were_changed_behind_the_record(
    company: Console, tmp_path: Path
) -> None:
    shutil.copytree(company.folder, tmp_path / "copy", ignore=shutil.ignore_patterns("backups"))
    with sqlite3.connect(tmp_path / "copy" / "kantoor.sqlite3") as books:
        books.execute("UPDATE finance_account SET name_en = 'Mine' WHERE id = 1")
    drilled = Console(tmp_path / "copy", extra=company.extra).ask("restore-drill", code=1)
    assert any("finance_account row 1" in fault["where"] for fault in drilled["faults"])


def test_work_goes_on_while_a_backup_is_made(
    company: Console, elsewhere: Console, tmp_path: Path
) -> None:
    posting = company.start("post", str(entries(tmp_path / "many.csv", 3_000, 1_000)))
    during = company.ask("backup", "--to", str(tmp_path / "backups"))
    posting.communicate(timeout=120)
    assert posting.returncode == 0
    elsewhere.extra = company.extra
    assert elsewhere.ask("restore", during["file"])["ok"]
    before, after = sum(range(1, 51)), sum(range(1, 51)) + sum(range(1_001, 4_001))
    assert elsewhere.ask(*BALANCES)["debit"] in (before, after)


@pytest.mark.sqlite_only
def test_killed_in_the_middle_nothing_is_half_there(
    company: Console, made: dict[str, Any], tmp_path: Path
) -> None:
    chosen, backups = random.Random(4), tmp_path / "backups"
    keys = identities_in(company.folder / "keys" / "recovery.key")
    began = time.perf_counter()
    company.ask("backup", "--to", str(backups))
    longest = time.perf_counter() - began
    for _ in range(2):
        _killed(company, chosen.uniform(longest / 2, longest), "backup", "--to", str(backups))
    for found in backups.glob("kantoor-*"):
        check(found, keys)
    there = Console(tmp_path / "there", extra=company.extra)
    _killed(there, chosen.uniform(longest / 2, longest), "restore", made["file"])
    if not there.folder.exists():
        assert there.ask("restore", made["file"])["ok"]
    assert there.ask("verify")["ok"]
    assert not list(tmp_path.glob(".there*"))


def _killed(console: Console, after: float, *words: str) -> None:
    process = console.start(*words)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
