"""The console as a person or a script uses it: a real process with its own data folder."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import kantoor

PROJECT = Path(kantoor.__file__).parent.parent


@dataclass
class Console:
    """`kantoor --data FOLDER …` in processes of their own; `url` puts it on PostgreSQL."""

    folder: Path
    url: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    def start(
        self, *words: str, json_wanted: bool = True, output: Any = subprocess.PIPE
    ) -> "subprocess.Popen[str]":
        """Begin a command without waiting for it; `output` is where its words go."""
        flags = ["--json"] if json_wanted else []
        command = [sys.executable, "-m", "kantoor", "--data", str(self.folder), *flags, *words]
        return subprocess.Popen(
            command,
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
