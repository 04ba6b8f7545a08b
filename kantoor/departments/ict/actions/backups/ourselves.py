"""Backups of Kantoor itself as a plan like others: made, proved and raised in the same ways.

They go to the folder that the machine's owner chose (KANTOOR_BACKUPS), and nowhere that somebody
in a company could name: they hold all companies. What makes and restores them is loaded when that is
done: it brings along encryption, archives and migrations, which a server has no other use for.
"""

from pathlib import Path

import msgspec
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from kantoor.departments.ict.backing.drills import Drilled
from kantoor.kernel.errors import DomainError


def backed_up() -> str:
    """Make a backup of Kantoor; gives the report of the run, in our own form."""
    from kantoor.kernel.backup.making import make_backup
    from kantoor.kernel.backup.places import backups_folder

    began = timezone.now()
    made = make_backup(backups_folder())
    report = {
        "began_at": began,
        "ended_at": timezone.now(),
        "ok": not made.faults,
        "snapshot": made.path.name,
        "files": made.files,
        "size": made.written.size,
        "message": "; ".join(f"{each.where}: {each.what}" for each in made.faults[:5])[:500],
    }
    return msgspec.json.encode(report).decode()


def drilled(snapshot: str) -> Drilled:
    """Restore a backup of Kantoor into a sandbox, where all of it is proved by its record."""
    from kantoor.kernel.backup.drilling import drill
    from kantoor.kernel.backup.places import backups_folder
    from kantoor.kernel.backup.recovery import known_identities

    path = backups_folder() / Path(snapshot).name
    try:
        found = drill(path, known_identities(None, Path(settings.DATA) / "keys"))
    except (DomainError, OSError) as reason:
        return Drilled(False, 0, 0, 0, str(reason)[:500], f"{reason}\n")
    size = path.stat().st_size
    lines = [f"{each.where}: {each.what}" for each in found.faults]
    evidence = msgspec.json.format(msgspec.json.encode(found.answer)).decode()
    files, rows = int(found.answer.get("files", 0)), int(found.answer.get("rows", 0))
    if lines:
        message = "; ".join(lines)[:500]
    else:
        message = _("{rows} rows and {files} files came back, proved by their record.").format(
            rows=rows, files=files
        )
    text = "\n".join([*lines, evidence])
    return Drilled(not lines, files, size, len(lines), message, f"{text}\n")


def read_whole() -> tuple[bool, str]:
    """Decrypt every backup of Kantoor that is kept, and hold it to its manifest."""
    from kantoor.kernel.backup.places import backups_folder
    from kantoor.kernel.backup.reading import check
    from kantoor.kernel.backup.recovery import known_identities

    identities = known_identities(None, Path(settings.DATA) / "keys")
    ok, lines = True, []
    for path in sorted(backups_folder().glob("kantoor-*.tar.age")):
        try:
            check(path, identities)
            lines.append(f"{path.name}: ok")
        except (DomainError, OSError) as reason:
            ok = False
            lines.append(f"{path.name}: {reason}")
    return ok, "\n".join(lines)
