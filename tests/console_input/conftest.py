"""A company at the console whose books nothing that is refused may change."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.console import Console

INIT = ("init", "--company", "Bakker", "--country", "GB", "--currency", "GBP")


@dataclass
class Heard:
    """How a command ended: its exit code, the object it printed and what it said to a person."""

    code: int
    answer: dict[str, Any]
    said: str

    @property
    def fault(self) -> dict[str, str]:
        """The first of the faults."""
        fault: dict[str, str] = self.answer["faults"][0]
        return fault


@dataclass
class Desk:
    """The console in a folder of its own, and a place to write files that are handed in."""

    console: Console
    files: Path

    def hear(self, *words: str, dutch: bool = False, **extra: str) -> Heard:
        """Perform a command; it always prints exactly one JSON object, and never a traceback."""
        self.console.extra = {"LANG": "nl_NL.UTF-8" if dutch else "C.UTF-8", **extra}
        process = self.console.start(*words)
        out, err = process.communicate(timeout=300)
        assert "Traceback" not in out + err, err
        answer = json.loads(out)
        assert isinstance(answer, dict)
        return Heard(process.returncode or 0, answer, err)

    def file(self, name: str, content: bytes | str) -> str:
        """Write a file to hand in; gives its path."""
        path = self.files / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def balances(self) -> dict[str, Any]:
        """The trial balance, once everything was proved."""
        proved = self.hear("verify")
        assert proved.answer["ok"], proved.answer["faults"]
        return self.hear("report", "trial-balance").answer


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a company that has one entry; nobody changes it."""
    folder = tmp_path_factory.mktemp("desk") / "data"
    console = Console(folder)
    console.ask(*INIT)
    good = folder.parent / "good.csv"
    good.write_text(
        "entry,date,account,amount,currency,text\n"
        "1,2026-01-05,1200,1250,GBP,paid\n1,2026-01-05,4000,-1250,GBP,sold\n"
    )
    console.ask("post", str(good))
    return folder


@pytest.fixture
def desk(begun: Path, tmp_path: Path) -> Desk:
    """A console that may be spoilt."""
    shutil.copytree(begun, tmp_path / "data")
    (tmp_path / "in").mkdir()
    return Desk(Console(tmp_path / "data"), tmp_path / "in")
