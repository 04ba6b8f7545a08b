"""Whether a mailing began in this data folder: what a backup brings back may have gone out since.

A file beside the journals stands for each mailing that goes out. It is in no backup, so that one
from a restored database stands still until a person lets it go on.
"""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from kantoor.departments.communication.models import Mailing


def note_begun(mailings: Iterable[Mailing]) -> None:
    """These go out from here, since they were made here or a person says so."""
    for each in mailings:
        path = _mark(each)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def began_here(mailing: Mailing) -> bool:
    """Whether that was said of a mailing."""
    return _mark(mailing).exists()


def forget_begun(mailing: Mailing) -> None:
    """It has ended, and may not go on by itself."""
    _mark(mailing).unlink(missing_ok=True)


def _mark(mailing: Mailing) -> Path:
    return Path(settings.DATA) / "mailings" / f"{mailing.uid}.begun"
