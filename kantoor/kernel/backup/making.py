"""Make a backup: everything of one moment, while others go on working, in one encrypted file.

The file gets its name when it is whole, on the disk, and has been read back; broken off before
that it leaves a part that the next backup throws away.
"""

import hashlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from kantoor import __version__
from kantoor.kernel.backup import archive, recovery
from kantoor.kernel.backup.archive import Entry, Written
from kantoor.kernel.backup.contents import (
    FIRST,
    FORM,
    KEYS,
    LAST,
    Beginning,
    Manifest,
    Member,
    TableMeant,
    encode,
)
from kantoor.kernel.backup.reading import check
from kantoor.kernel.backup.rows import packed, tables_meant
from kantoor.kernel.console.answers import Fault
from kantoor.kernel.files.content import path_of
from kantoor.kernel.record.signing import folder as heads_folder
from kantoor.kernel.store.raw import run
from kantoor.kernel.store.stream import snapshot
from kantoor.kernel.store.tables import Layout

PART = ".part-"


@dataclass(frozen=True)
class Made:
    """A backup that was made: where, its hash and size, and what of the source was not whole.

    `key` is where the recovery key lies, `copy` where its copy outside the data folder does.
    """

    path: Path
    written: Written
    key: Path
    copy: Path | None
    faults: list[Fault] = field(default_factory=list)
    rows: int = 0
    files: int = 0


def make_backup(to: Path) -> Made:
    """Make a backup in a folder; it is checked, and on the disk, when this returns.

    Raises BackupUnusable for keys that can't be used, OSError where the disk is full or closed.
    """
    keys = Path(settings.DATA) / "keys"
    own = recovery.own_identity(keys)
    others = recovery.recipients(own)
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    throw_parts_away(to)
    part = to / f"{PART}{os.getpid()}-{os.urandom(4).hex()}"
    try:
        with snapshot():
            contents = _Contents(str(own.to_public()))
            written = archive.write(part, contents.entries(), others)
        if archive.measure(part) != written:
            raise OSError(0, "the disk gives back something else than was written", str(part))
        check(part, [own])
        path = to / f"kantoor-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}.tar.age"
        os.link(part, path)
        _sync(to)
    finally:
        part.unlink(missing_ok=True)
    copy = recovery.copy_of(own)
    return Made(
        path, written, keys / recovery.NAME, copy if copy.exists() else None, contents.faults,
        sum(contents.rows.values()), contents.files,
    )  # fmt: skip


def throw_parts_away(folder: Path) -> None:
    """Remove what backups left behind whose process is gone."""
    for part in folder.glob(f"{PART}*"):
        pid = part.name.removeprefix(PART).partition("-")[0]
        if pid.isdigit() and int(pid) != os.getpid() and not Path(f"/proc/{pid}").exists():
            part.unlink(missing_ok=True)


class _Contents:
    """The members of a backup as they come, with the hash of each kept for the last one."""

    def __init__(self, public: str) -> None:
        self._public = public
        self._members: dict[str, Member] = {}
        self.rows: dict[str, int] = {}
        self.files = 0
        self.faults: list[Fault] = []

    def entries(self) -> Iterator[Entry]:
        tables = tables_meant()
        beginning = Beginning(
            form=FORM,
            kantoor=__version__,
            made_at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
            recovery=self._public,
            migrations=[
                (a, n) for a, n in run("SELECT app, name FROM django_migrations ORDER BY id")
            ],
            tables=tables,
        )
        yield self._noted(FIRST, encode(beginning))
        yield from self._keys()
        for table in tables:
            yield from self._rows(table)
        yield from self._files()
        yield from self._heads()
        yield archive.entry(LAST, encode(self._manifest()))

    def _noted(self, name: str, content: bytes) -> Entry:
        self._members[name] = Member(hashlib.sha256(content).hexdigest(), len(content))
        return archive.entry(name, content)

    def _keys(self) -> Iterator[Entry]:
        for name in KEYS:
            yield self._noted(f"keys/{name}", (Path(settings.DATA) / "keys" / name).read_bytes())

    def _rows(self, table: TableMeant) -> Iterator[Entry]:
        self.rows[table.name] = 0
        layout = Layout(table.name, table.columns, table.kinds)
        for number, (count, content) in enumerate(packed(layout)):
            self.rows[table.name] += count
            yield self._noted(f"database/{table.name}/{number:06}", content)

    def _files(self) -> Iterator[Entry]:
        kept = run("SELECT DISTINCT sha256 FROM kernel_file WHERE erased_at IS NULL ORDER BY 1")
        for (digest,) in kept:
            path = path_of(digest)
            try:
                found = archive.measure(path)
            except OSError:
                self.faults.append(Fault("files", f"files/{digest}", _("The file is missing.")))
                continue
            if found.sha256 != digest:
                self.faults.append(Fault("files", f"files/{digest}", _("The file is damaged.")))
            self.files += 1
            self._members[f"files/{digest}"] = Member(found.sha256, found.size)
            yield Entry(f"files/{digest}", found.size, _pieces(path))

    def _heads(self) -> Iterator[Entry]:
        for path in sorted(heads_folder().glob("head-*.txt")):
            yield self._noted(f"heads/{path.name}", path.read_bytes())

    def _manifest(self) -> Manifest:
        head = run("SELECT size, root FROM kernel_head WHERE id = 1")
        size, root = head[0] if head else (0, b"")
        return Manifest(self._members, self.rows, int(size), bytes(root).hex(), self.files)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(archive.PIECE):
            yield piece


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def seconds_since(began: float) -> float:
    """Seconds since a moment of `time.perf_counter`, to the millisecond."""
    return round(time.perf_counter() - began, 3)
