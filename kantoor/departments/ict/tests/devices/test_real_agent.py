"""Debian's fusioninventory-agent registers this machine over the wire, as a company's own would."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from kantoor.departments.ict.actions.devices.conflicts import decide_conflict
from kantoor.departments.ict.models import Device, InventoryConflict
from kantoor.departments.ict.tests.devices.desk import Desk, begin, parts, programs
from tests.committed import committed as committed

AGENT = shutil.which("fusioninventory-agent")
pytestmark = pytest.mark.skipif(AGENT is None, reason="NOT RUN: fusioninventory-agent is missing")
LIBRARY = "/usr/share/fusioninventory"
SETUP = """package setup;
use parent qw(Exporter);
our @EXPORT = ('%setup');
our %setup = (datadir => "{library}", libdir => "{library}/lib", vardir => "{state}");
1;
"""
"""Debian's own has one folder for the agent's name; the tests give it others."""


@pytest.fixture
def desk(committed: None) -> Desk:
    return begin()


def run(url: str, folder: Path, *options: str) -> str:
    """Run the agent once, with a state folder of its own; gives what it said."""
    folder.mkdir(exist_ok=True)
    (folder / "setup.pm").write_text(SETUP.format(library=LIBRARY, state=folder))
    done = subprocess.run(
        [str(AGENT), "--server", f"{url}/inventory", "--tasks=inventory", "--force", *options],
        capture_output=True, text=True, timeout=120,
        env={**os.environ, "PERL5OPT": f"-I{folder} -Msetup"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "[error]" not in done.stderr, done.stderr
    return done.stderr


def test_the_real_agent_registers_this_machine(
    desk: Desk, live_server: Any, tmp_path: Path
) -> None:
    run(live_server.url, tmp_path / "one")
    [device] = [str(row) for row in Device.objects.all()]
    installed, hardware = programs(device), parts(device)
    assert "bash" in installed
    assert hardware

    run(live_server.url, tmp_path / "one", "--no-category=software,cpu,drive")
    assert programs(device) == installed
    assert parts(device) == hardware
    assert Device.objects.count() == 1

    # With another state folder the same machine calls itself by another name.
    run(live_server.url, tmp_path / "two")
    assert Device.objects.count() == 1
    [row] = InventoryConflict.objects.all()
    assert (row.reason, row.candidates) == ("other_agent", device)
    decide_conflict(desk.iris, conflict=row.pk, decision="merge")
    run(live_server.url, tmp_path / "two")
    assert Device.objects.count() == 1
