"""The real Alertmanager over the wire: it fires, repeats and resolves; one incident, right state."""

import json
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kantoor.departments.ict.actions.cases.noting import add_note
from kantoor.departments.ict.drafts import NoteDraft
from kantoor.departments.ict.models import Alert, AlertBody, Case
from kantoor.departments.ict.tests.people import begin_desk
from kantoor.departments.ict.tests.servers.watched import cases, states
from kantoor.kernel.actors.tokens import create_token
from kantoor.kernel.record.verify.system import verify
from tests.committed import committed

__all__ = ["committed"]

pytestmark = [pytest.mark.databases, pytest.mark.needs("prometheus-alertmanager")]
PROGRAM = "prometheus-alertmanager"

CONFIG = """
route:
  receiver: kantoor
  group_by: [alertname]
  group_wait: 0s
  group_interval: 1s
  repeat_interval: 1s
receivers:
  - name: kantoor
    webhook_configs:
      - url: {url}/alerts/alertmanager
        send_resolved: true
        http_config:
          authorization: {{ credentials: "{token}" }}
"""


class Alertmanager:
    """A running Alertmanager, to which a Prometheus would report."""

    def __init__(self, folder: Path, url: str, token: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        config = folder / "alertmanager.yml"
        config.write_text(CONFIG.format(url=url, token=token))
        self.log = (folder / "log").open("w+")
        program = shutil.which(PROGRAM)
        assert program is not None
        self.process = subprocess.Popen(
            [
                program, f"--config.file={config}", f"--storage.path={folder / 'data'}",
                f"--web.listen-address={self.address}", "--cluster.listen-address=",
            ],
            stdout=self.log, stderr=self.log,
        )  # fmt: skip
        until(self._answers, "Alertmanager does not begin")

    def report(self, name: str, *, over: bool = False) -> None:
        """Tell it of an alert, as Prometheus does."""
        now = datetime.now(UTC)
        ends = now - timedelta(seconds=1) if over else now + timedelta(hours=1)
        given = [{
            "labels": {"alertname": name, "instance": "web-01:9100", "severity": "critical"},
            "annotations": {"summary": f"{name} on web-01"},
            "startsAt": (now - timedelta(minutes=5)).isoformat(),
            "endsAt": ends.isoformat(),
        }]  # fmt: skip
        request = urllib.request.Request(
            f"http://{self.address}/api/v2/alerts",
            json.dumps(given).encode(),
            {"Content-Type": "application/json"},
        )
        urllib.request.urlopen(request, timeout=10).close()

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"http://{self.address}/-/ready", timeout=2).close()
        except OSError:
            return False
        return True


def until(holds: Callable[[], bool], otherwise: str, seconds: float = 60.0) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, otherwise
        time.sleep(0.1)


@pytest.fixture
def manager(committed: None, live_server: Any, tmp_path: Path) -> Iterator[Alertmanager]:
    """An Alertmanager that reports to a Kantoor that really serves."""
    desk = begin_desk("Bakker BV")
    desk.house.machine("prometheus", "ict_manager")
    token = create_token(desk.anne, name="t", user="prometheus", scopes=["ict.report_alerts"])
    running = Alertmanager(tmp_path, live_server.url, token.token)
    running.desk = desk  # type: ignore[attr-defined]
    yield running
    running.process.terminate()
    running.process.wait(20)


def test_it_fires_repeats_and_resolves_over_the_wire(manager: Alertmanager) -> None:
    manager.report("HostDown")
    until(lambda: Case.objects.exists(), "nothing was reported")
    # It repeats every second; another alert of the group joins the incident of its own thing.
    repeated = AlertBody.objects.count()
    time.sleep(2.5)
    assert (Alert.objects.count(), states()) == (1, ["new"])
    assert AlertBody.objects.count() - repeated <= 1
    manager.report("HostDown", over=True)
    until(lambda: states() == ["resolved"], "it did not resolve")
    assert Alert.objects.get().ends_at is not None

    manager.report("DiskFull")
    until(lambda: len(states()) == 2, "the second was not reported")
    bo = manager.desk.bo  # type: ignore[attr-defined]
    add_note(bo, note=NoteDraft(case=str(cases()[1]), text="I look at it"))
    manager.report("DiskFull", over=True)
    until(lambda: not Alert.objects.filter(state="firing").exists(), "it did not resolve")
    assert states() == ["resolved", "new"]
    assert verify().ok
