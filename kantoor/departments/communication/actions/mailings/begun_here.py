"""Whether a mailing began in this data folder: what a backup brings back may have gone out since.

A file beside the journals stands for each mailing that goes out. It is in no backup, so that one
from a restored database stands still until a person lets it go on.
"""

import time
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from kantoor.departments.communication.models import Mailing
from kantoor.departments.communication.models.mailings.mailing import GATHERING, PAUSED, SENDING

SETTLED_AFTER_S = 3_600.0
"""A younger mark may be of an act that is not committed yet."""


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


def sweep_begun() -> None:
    """Put away the marks of mailings that ended: stopped, withdrawn, or done by who was killed then.

    Whatever goes wrong, a mailing without its mark stands still until a person looks.
    """
    old = time.time() - SETTLED_AFTER_S
    marks = {path.stem: path for path in _folder().glob("*.begun") if _said_at(path) < old}
    if not marks:
        return
    open_ones = Mailing.objects.filter(uid__in=marks, state__in=(GATHERING, SENDING, PAUSED))
    for uid in marks.keys() - set(open_ones.values_list("uid", flat=True)):
        marks[uid].unlink(missing_ok=True)


def _said_at(path: Path) -> float:
    """When it was last said to go out from here; of one that another has just put away, now."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return time.time()


def _folder() -> Path:
    return Path(settings.DATA) / "mailings"


def _mark(mailing: Mailing) -> Path:
    return _folder() / f"{mailing.uid}.begun"
