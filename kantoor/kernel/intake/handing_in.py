"""Files that people hand in on a page: kept in the data folder, then taken in by a job."""

import re
import secrets
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.intake.files import intake_file
from kantoor.kernel.intake.mapping_files import shipped_directories
from kantoor.kernel.intake.result import IntakeResult
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.work import Work

_ODD = re.compile(r"[^\w.-]+")


def folder() -> Path:
    """Where files wait that were handed in, and where what was refused of them is kept."""
    return Path(settings.DATA) / "handed-in"


def place_for(name: str) -> Path:
    """A fresh place for a file, under the name it came with as far as a file can have it."""
    plain = _ODD.sub("-", name.replace("\\", "/").rpartition("/")[2]).strip(".-")[-100:] or "file"
    place = folder() / secrets.token_hex(8)
    place.mkdir(mode=0o700, parents=True)
    return place / plain


def kept_upload(file: "UploadedFile[bytes]") -> Path:
    """Put a file that was sent to a page in the data folder; gives where it lies.

    It is moved where it lies on disk already, else written in pieces.
    """
    path = place_for(file.name or "")
    if isinstance(file, TemporaryUploadedFile):
        try:
            Path(file.temporary_file_path()).rename(path)
            return path
        except OSError:
            pass  # On another disk: copied.
    with path.open("wb") as target:
        for chunk in file.chunks():
            target.write(chunk)
    return path


def known_sources() -> list[str]:
    """The sources whose files Kantoor knows the columns of."""
    found = {file.stem for place in shipped_directories() for file in place.glob("*.toml")}
    return sorted(found)


@job(title=_("Take in a file"))
def take_in_file(work: Work, /, *, path: str, source: str) -> IntakeResult:
    """Take in a file that was handed in; broken off, it begins anew and finds duplicates."""

    def tell(result: IntakeResult) -> None:
        work.progress(result.received, None, "")

    result = intake_file(work.actor, Path(path), source, progress=tell)
    work.progress(result.received, result.received, "")
    if not result.rejected_file:
        Path(path).unlink(missing_ok=True)
    return result
