"""What Kantoor may back up itself: folders that the machine's owner named, and nothing else.

Who plans backups in a company is not who owns the machine: without this they could have any file
of it, the keys of Kantoor too, copied to a repository of theirs.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from kantoor.departments.ict.errors_servers import BackupFailed


def refuse_outside_roots(paths: Iterable[str]) -> None:
    """Refuse a path that lies in none of the folders of KANTOOR_BACKUP_ROOTS (colons between).

    Links are followed first. Raises BackupFailed.
    """
    named = os.environ.get("KANTOOR_BACKUP_ROOTS", "").split(os.pathsep)
    roots = [Path(root).resolve() for root in named if root.startswith("/")]
    for path in paths:
        if not any(Path(path).resolve().is_relative_to(root) for root in roots):
            message = _(
                "Kantoor may not back up {path}: whoever runs it has to name the folder in"
                " KANTOOR_BACKUP_ROOTS."
            )
            raise BackupFailed(message.format(path=path), field="paths")
