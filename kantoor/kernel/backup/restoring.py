"""Put a backup back where there is nothing yet, and prove what came back against its record.

The data folder is filled beside its place and takes it when all is there; on PostgreSQL the rows
are one transaction. Broken off, nothing is there, and the same command begins anew.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.backup import recovery
from kantoor.kernel.backup.age import x25519
from kantoor.kernel.backup.contents import NAME, Beginning, Manifest
from kantoor.kernel.backup.errors import BackupUnusable, PlaceTaken, RestoredWrong
from kantoor.kernel.backup.reading import opens, read
from kantoor.kernel.backup.rows import put_back, put_counters_back, unpacked
from kantoor.kernel.management.new_database import is_empty, make_tables
from kantoor.kernel.record.verify.system import Verification, verify
from kantoor.kernel.store.guards import install_guards
from kantoor.kernel.store.raw import run
from kantoor.kernel.store.tables import Layout


@dataclass(frozen=True)
class Restored:
    """What came back, and what `verify` says of it."""

    manifest: Manifest
    verified: Verification


def newest(source: Path) -> Path:
    """The backup itself, or the newest of a folder of them; raises BackupUnusable."""
    if not source.is_dir():
        if not source.is_file():
            raise BackupUnusable(_("There is no file {path}.").format(path=source))
        return source
    found = sorted(source.glob("kantoor-*.tar.age"))
    if not found:
        raise BackupUnusable(_("There is no backup in {path}.").format(path=source))
    return found[-1]


def restore(path: Path, into: Path, identities: Sequence[x25519.Identity]) -> Restored:
    """Put a backup back; `settings.DATA` is the folder beside `into` that is filled.

    Raises PlaceTaken, BackupUnusable for a file that is not whole, RestoredWrong.
    """
    refuse_taken(into)
    Path(settings.DATA).mkdir(mode=0o700, parents=True, exist_ok=True)
    if not is_empty(connection):
        message = _("The database has tables already; name an empty one in DATABASE_URL.")
        raise PlaceTaken(message)
    identity = _opening(path, identities)
    at_once = transaction.atomic() if connection.vendor == "postgresql" else nullcontext()
    with at_once:
        filling = _Filling(Path(settings.DATA))
        manifest = filling.fill(path, identity)
        verified = verify() if filling.is_present else Verification()
        _keep_key(identity, filling.beginning)
        if connection.vendor == "sqlite":
            connection.close()  # its journal is put away before the file moves
        Path(settings.DATA).replace(into)
        settings.DATA = into
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        _database_moved(into)
    if not filling.is_present:
        call_command("migrate", verbosity=0, interactive=False)
        verified = verify()
    return Restored(manifest, verified)


def refuse_taken(into: Path) -> None:
    """Refuse a place where anything is."""
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        message = _("{path} is not empty; nothing is overwritten. Name another place with --into.")
        raise PlaceTaken(message.format(path=into), field="--into")


def _opening(path: Path, identities: Sequence[x25519.Identity]) -> x25519.Identity | None:
    """The key that opens it, of those there are; None lets reading say what is wrong."""
    if len(identities) == 1:
        return identities[0]
    found = next((each for each in identities if opens(path, each)), None)
    return found or next(iter(identities), None)


def _keep_key(identity: x25519.Identity | None, beginning: Beginning | None) -> None:
    """Go on with the same recovery key; a key of somebody else's does not stay here."""
    if identity is not None and beginning and str(identity.to_public()) == beginning.recovery:
        recovery.keep_identity(Path(settings.DATA) / "keys", identity)


def _database_moved(into: Path) -> None:
    name = Path(connection.settings_dict["NAME"]).name
    if (into / name).exists():
        connection.settings_dict["NAME"] = str(into / name)


@dataclass
class _Filling:
    """Takes the members of a backup into a data folder and an empty database."""

    folder: Path
    is_present: bool = True
    """Whether the backup is of this version of Kantoor, so that nothing is to be migrated."""
    beginning: Beginning | None = None
    rows: dict[str, int] = field(default_factory=dict)
    layouts: dict[str, Layout] = field(default_factory=dict)

    def fill(self, path: Path, identity: x25519.Identity | None) -> Manifest:
        """Read all of it; raises BackupUnusable, RestoredWrong."""
        identities = [identity] if identity is not None else []
        # Two steps, since SQLite makes tables outside of a transaction only.
        first = _Beginning()
        manifest = read(path, identities, first)
        assert first.beginning is not None
        self.beginning = first.beginning
        self._make_tables(first.beginning)
        with transaction.atomic():
            read(path, identities, self)
            put_counters_back(first.beginning.tables)
            if connection.vendor == "postgresql":
                run("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks to come takes no guard
            install_guards()
            self._hold_to(manifest)
        return manifest

    def begin(self, beginning: Beginning) -> None:
        """The tables whose rows come."""
        self.layouts = {t.name: Layout(t.name, t.columns, t.kinds) for t in beginning.tables}

    def member(self, name: str, content: Iterator[bytes]) -> None:
        """A key, rows, a stored file or a signed head."""
        found = NAME.fullmatch(name)
        assert found is not None
        if found[1]:
            self._write(Path("keys") / found[2], content)
        elif found[3]:
            self._rows(found[4], content)
        elif found[6]:
            self._write(Path("files") / found[7][:2] / found[7][2:], content)
        else:
            self._write(Path("heads") / found[9], content)

    def _make_tables(self, beginning: Beginning) -> None:
        executor = MigrationExecutor(connection)
        nodes = executor.loader.graph.nodes
        then = {(app, name) for app, name in beginning.migrations}
        if unknown := sorted(then - set(nodes)):
            message = _("This backup is of a later Kantoor ({version}, {what}); restore with that.")
            what = "/".join(unknown[0])
            raise BackupUnusable(message.format(version=beginning.kantoor, what=what))
        self.is_present = then == set(nodes)
        if self.is_present:
            make_tables(connection)
        if is_empty(connection):
            executor.migrate(sorted(then))

    def _rows(self, table: str, content: Iterator[bytes]) -> None:
        layout = self.layouts.get(table)
        if layout is None:
            raise BackupUnusable(
                _("The backup has rows of {table}, unknown to it.").format(table=table)
            )
        try:
            rows = unpacked(b"".join(content))
            put_back(layout, rows)
        except ValueError as reason:
            message = _("The rows of {table} can't be read: {reason}.")
            raise BackupUnusable(message.format(table=table, reason=reason)) from None
        self.rows[table] = self.rows.get(table, 0) + len(rows)

    def _write(self, name: Path, content: Iterator[bytes]) -> None:
        path = self.folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        mode = 0o644 if path.suffix == ".pub" else 0o600
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
            for piece in content:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())

    def _hold_to(self, manifest: Manifest) -> None:
        """What is in the database now is what the manifest counted, and ends at its head."""
        came = {name: count for name, count in self.rows.items() if count}
        meant = {name: count for name, count in manifest.rows.items() if count}
        head = run("SELECT size, root FROM kernel_head WHERE id = 1")
        size, root = (int(head[0][0]), bytes(head[0][1]).hex()) if head else (0, "")
        if came != meant or (size, root) != (manifest.head_size, manifest.head_root):
            raise RestoredWrong(_("Not all that the backup speaks of came back from it."))


class _Beginning:
    """Takes the first member alone."""

    def __init__(self) -> None:
        self.beginning: Beginning | None = None

    def begin(self, beginning: Beginning) -> None:
        """Keep it."""
        self.beginning = beginning

    def member(self, name: str, content: Iterator[bytes]) -> None:
        """Nothing to do."""
