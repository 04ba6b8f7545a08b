"""The file of what was refused: CloudEvents with their reason, to be mended and handed in again."""

import filecmp
import glob
import os
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
        return beside, _open(beside)
    except OSError:
        elsewhere = Path(settings.DATA) / "rejected" / beside.name
        elsewhere.parent.mkdir(parents=True, exist_ok=True)
        return elsewhere, _open(elsewhere)


def _open(path: Path) -> BinaryIO:
    """Begin it; what a run that was killed left behind goes."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*.part"):
        if not _runs(left.name.split(".")[-2]):
            left.unlink(missing_ok=True)
    return _part(path).open("wb")


def _runs(process: str) -> bool:
    """Whether there is a process of this number; the file of one may not be ours to judge."""
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except (ValueError, OverflowError, OSError):
        return True
    return True


def _part(path: Path) -> Path:
    """Where it stands while it is written: apart for each process, of which two may read at once
    what is not theirs alone.
    """
    return path.with_name(f".{path.name}.{os.getpid()}.part")
