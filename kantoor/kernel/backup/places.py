"""Where Kantoor's own backups lie."""

import os
from pathlib import Path

from django.conf import settings


def backups_folder() -> Path:
    """KANTOOR_BACKUPS, else `backups` in the data folder (better than nothing: same disk)."""
    return Path(os.environ.get("KANTOOR_BACKUPS") or Path(settings.DATA) / "backups")
