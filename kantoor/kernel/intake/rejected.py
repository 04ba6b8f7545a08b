"""The file of what was refused: CloudEvents with their reason, to be mended and handed in again."""

import filecmp
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from kantoor.kernel.intake.door import Verdict
from kantoor.kernel.intake.events import as_event

SUFFIX = ".rejected.ndjson"


class RejectedFile:
    """Written beside the input, or in the data folder where that can't be; complete or not at all.

    `path` is where it will stand. One of an earlier run, which somebody may be mending, is kept
    under its name with `~`.
    """

    def __init__(self, of: Path) -> None:
        self.path, self._file = _begin(of)
        self.count = 0

    def add(self, verdicts: Iterable[Verdict]) -> None:
        """Write those of these documents that were refused."""
        for document, state, outcome in verdicts:
            if state == "rejected" and outcome.problem is not None:
                self._file.write(as_event(document, outcome.problem) + b"\n")
                self.count += 1

    def finish(self) -> str:
        """Put the file in its place; gives its path, or nothing when nothing was refused."""
        self._file.close()
        written = _part(self.path)
        if self.path.exists():
            if self.count and filecmp.cmp(self.path, written, shallow=False):
                written.unlink()
                return str(self.path)
            self.path.replace(f"{self.path}~")
        if not self.count:
            written.unlink()
            return ""
        written.replace(self.path)
        return str(self.path)

    def abandon(self) -> None:
        """Leave no half-written file behind."""
        self._file.close()
        _part(self.path).unlink(missing_ok=True)


def _begin(of: Path) -> tuple[Path, BinaryIO]:
    beside = of.with_name(of.name + SUFFIX)
    try:
        return beside, _part(beside).open("wb")
    except OSError:
        elsewhere = Path(settings.DATA) / "rejected" / beside.name
        elsewhere.parent.mkdir(parents=True, exist_ok=True)
        return elsewhere, _part(elsewhere).open("wb")


def _part(path: Path) -> Path:
    """Where it stands while it is written; a run that was killed leaves it to the next."""
    return path.with_name(f".{path.name}.part")
