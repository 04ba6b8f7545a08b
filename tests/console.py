"""The console as a person or a script uses it: a real process with its own data folder."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import kantoor

PROJECT = Path(kantoor.__file__).parent.parent
WHILE_LOADING = {"KANTOOR_WITHOUT", "DATABASE_URL"}
"""What must be known, and can be wrong, while Kantoor is loaded."""


@dataclass
class Console:
    """`kantoor --data FOLDER …` in processes of their own; `url` puts it on PostgreSQL."""

    folder: Path
    url: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    def start(self, *words: str, json_wanted: bool = True) -> "Running | subprocess.Popen[str]":
        """Begin a command without waiting for it."""
        if WHILE_LOADING & set(self.extra):
            return self.start_from_nothing(*words, json_wanted=json_wanted)
        return Running(self._words(words, json_wanted=json_wanted), self.environment())

    def start_from_nothing(
        self, *words: str, json_wanted: bool = False, output: Any = subprocess.PIPE
    ) -> "subprocess.Popen[str]":
        """The same as a shell does it, in a process that has to load everything."""
        return subprocess.Popen(
            [sys.executable, "-m", "kantoor", *self._words(words, json_wanted=json_wanted)],
            cwd=PROJECT,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            text=True,
        )

    def ask(self, *words: str, code: int | None = 0) -> Any:
        """Perform a command to its end; gives the JSON object it printed."""
        process = self.start(*words)
        out, err = process.communicate(timeout=600)
        assert code is None or process.returncode == code, f"{words}: {out}{err}"
        return json.loads(out) if out.strip() else {}

    def environment(self) -> dict[str, str]:
        """What its processes see of the machine: no database and folder but its own."""
        dropped = {"DATABASE_URL", "KANTOOR_DATA", "DJANGO_SETTINGS_MODULE"}
        kept = {name: value for name, value in os.environ.items() if name not in dropped}
        return {**kept, "DATABASE_URL": self.url, "LANG": "C.UTF-8", **self.extra}

    def _words(self, words: Sequence[str], *, json_wanted: bool) -> list[str]:
        return ["--data", str(self.folder), *(["--json"] if json_wanted else []), *words]


class Running:
    """A command at work, in a process forked off one in which Kantoor is loaded already."""

    def __init__(self, words: Sequence[str], environment: dict[str, str]) -> None:
        # They are read and closed when the command ended.
        self._files = [NamedTemporaryFile("r", prefix="kantoor-") for _ in range(2)]  # noqa: SIM115
        out, err = (file.name for file in self._files)
        given = (list(words), environment, str(PROJECT), out, err)
        self._process = _loaded().Process(target=_perform, args=given)
        self._process.start()

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    @property
    def returncode(self) -> int | None:
        """Its exit code, the number of a signal below zero, nothing while it works."""
        code: int | None = self._process.exitcode
        return code

    def send_signal(self, number: signal.Signals) -> None:
        """Send it a signal, when it is still there."""
        if self.returncode is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def communicate(self, timeout: float = 600) -> tuple[str, str]:
        """Wait for its end; what it printed to its two outputs."""
        self._process.join(timeout)
        if self.returncode is None:
            self.kill()
            raise subprocess.TimeoutExpired(str(self.pid), timeout)
        out, err = (file.read() for file in self._files)
        for file in self._files:
            file.close()
        return out, err


@cache
def _loaded() -> Any:
    """The server that forks: one for this process."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.loaded"])
    return context


def _perform(*given: Any) -> None:
    from tests.loaded import perform

    perform(*given)
