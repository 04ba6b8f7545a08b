"""The process that works on jobs is told to stop, whenever that comes."""

import signal
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from kantoor.shell import job_process


class Waiting:
    """A worker that has nothing to do until it is told to stop."""

    def __init__(self, is_large: Callable[[], bool]) -> None:
        self.stop = threading.Event()

    def run(self) -> None:
        """Wait, so that a signal can come in between."""
        while not self.stop.is_set():
            time.sleep(0.02)


@pytest.fixture
def first_goes_on() -> Iterator[None]:
    """The first process takes the signal as a server does, and goes on."""
    before = signal.signal(signal.SIGTERM, lambda *_: None)
    yield
    signal.signal(signal.SIGTERM, before)


def test_told_to_stop_while_it_begins_it_stops(
    first_goes_on: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(job_process, "Worker", Waiting)
    monkeypatch.setattr(job_process, "PATIENCE_S", 5.0)
    # Long enough for the signal to come before the process has said what it does with it.
    monkeypatch.setattr(job_process, "die_with_parent", lambda: time.sleep(1))
    jobs = job_process.JobProcess(("127.0.0.1", 1), "localhost", lambda: None)
    jobs.start()
    jobs.stop()
    assert "did not come to an end" not in caplog.text
    assert signal.SIGTERM not in signal.pthread_sigmask(signal.SIG_BLOCK, [])
