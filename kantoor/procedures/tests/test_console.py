"""`kantoor import procedure`."""

from pathlib import Path

import pytest

from kantoor.procedures.tests.drawn import drawn
from tests.console import Console

GOOD = drawn(
    "good", '<startEvent id="s"/><userTask id="u" name="U"/><endEvent id="e"/>', "s > u > e"
)
BAD = drawn(
    "bad", '<startEvent id="s"/><scriptTask id="x" name="X"/><endEvent id="e"/>', "s > x > e"
)


@pytest.fixture
def console(tmp_path: Path) -> Console:
    console = Console(tmp_path / "data")
    console.ask("init", "--company", "Bakker BV", "--country", "NL", "--currency", "EUR")
    return console


def test_diagrams_are_kept_and_what_can_not_run_is_listed(console: Console, tmp_path: Path) -> None:
    files = {"good.bpmn": GOOD, "bad.bpmn": BAD, "none.bpmn": "<a/>"}
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    paths = [str(tmp_path / name) for name in (*files, "absent.bpmn")]
    told = console.ask("import", "procedure", *paths, "--publish", code=1)
    assert (told["ok"], told["failed"]) == (2, 2)
    good, bad, none, absent = told["files"]
    assert good == {"file": paths[0], "ok": True, "what": "good 1", "errors": []}
    assert bad["ok"] and bad["what"] == "bad 1"
    assert [each["rule"] for each in bad["errors"]] == ["script.never_runs"]
    assert bad["errors"][0]["message"].startswith("x: ")
    assert not none["ok"] and none["errors"][0]["rule"] == "procedures.not_a_diagram"
    assert not absent["ok"] and absent["errors"][0]["rule"] == "file"
    assert console.ask("verify")["ok"]
