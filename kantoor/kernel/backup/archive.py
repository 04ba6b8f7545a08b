"""The file of a backup: a tar archive, encrypted by age, that other programs can open as well.

    age --decrypt -i recovery.key kantoor-….tar.age | tar -t

It is written and read as a stream: nothing lies anywhere unencrypted, whatever its size.
"""

import os
import tarfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import IO, NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.backup.age import DecryptError, decrypt_io, encrypt_io
from kantoor.kernel.backup.errors import BackupUnusable

PIECE = 1 << 20
_PADDED = tarfile.BLOCKSIZE


class Entry(NamedTuple):
    """One member of the archive; `pieces` together have `size` bytes."""

    name: str
    size: int
    pieces: Iterable[bytes]


class Written(NamedTuple):
    """A file that was written: SHA-256 in hexadecimal, and its size in bytes."""

    sha256: str
    size: int


def entry(name: str, content: bytes) -> Entry:
    """A member whose content is in memory."""
    return Entry(name, len(content), [content])


def write(path: Path, entries: Iterable[Entry], recipients: Sequence[object]) -> Written:
    """Write the encrypted archive; it is on the disk when this returns."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        counted = _Counted(file)
        encrypt_io(_Pulled(_tar(entries)), counted, list(recipients))
        file.flush()
        os.fsync(file.fileno())
    return Written(counted.digest.hexdigest(), counted.size)


def measure(path: Path) -> Written:
    """What the file on the disk really holds."""
    digest, size = sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
    return Written(digest.hexdigest(), size)


@contextmanager
def reading(path: Path, identities: Sequence[object]) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """The members of an archive in order, with their content to be read before the next.

    Raises BackupUnusable when the file is damaged, cut short, or not for any of these keys.
    """
    out, into = os.pipe()
    decrypting = _Decrypting(path, list(identities), into)
    decrypting.start()
    try:
        with os.fdopen(out, "rb") as plain:
            try:
                yield _members(plain)
                while plain.read(PIECE):  # what follows the last member: age checks it as well
                    pass
            except tarfile.TarError as reason:
                while plain.read(PIECE):  # else who decrypts waits for ever to be read
                    pass
                raise decrypting.why() or _damaged(path) from reason
            if problem := decrypting.why():
                raise problem
    finally:
        decrypting.join()


class _Decrypting(threading.Thread):
    """Decrypts into a pipe, so that the archive can be read as one reads any file."""

    def __init__(self, path: Path, identities: list[object], into: int) -> None:
        super().__init__(daemon=True)
        self._path, self._identities, self._into = path, identities, into
        self._problem: BackupUnusable | None = None

    def run(self) -> None:
        with suppress(BrokenPipeError), os.fdopen(self._into, "wb") as into:
            try:
                with self._path.open("rb") as file:
                    decrypt_io(file, into, self._identities)
            except DecryptError as reason:
                self._problem = self._says(str(reason))
            except BrokenPipeError:  # who reads had enough
                pass
            except OSError as reason:
                self._problem = BackupUnusable(f"{self._path}: {reason.strerror or reason}")

    def why(self) -> BackupUnusable | None:
        """What went wrong, once all that there was has been read."""
        self.join()
        return self._problem

    def _says(self, reason: str) -> BackupUnusable:
        if "matching" in reason.lower():
            message = _(
                "No recovery key here opens {path}. Give the right one with --key FILE: "
                "it was made with the first backup, in keys/recovery.key and in a copy outside."
            )
            return BackupUnusable(message.format(path=self._path))
        return _damaged(self._path)


def _damaged(path: Path) -> BackupUnusable:
    message = _("{path} is damaged or no backup of Kantoor; take another one.")
    return BackupUnusable(message.format(path=path))


def _members(plain: IO[bytes]) -> Iterator[tuple[str, IO[bytes]]]:
    with tarfile.open(fileobj=plain, mode="r|") as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isreg() else None
            if content is None:
                raise tarfile.ReadError(f"{member.name} is no file")
            yield member.name, content


def _tar(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The bytes of a tar archive (POSIX pax), as they come."""
    for each in entries:
        header = tarfile.TarInfo(each.name)
        header.size, header.mode = each.size, 0o600
        yield header.tobuf(tarfile.PAX_FORMAT)
        size = 0
        for piece in each.pieces:
            size += len(piece)
            yield piece
        assert size == each.size, f"{each.name} changed while it was read"
        yield bytes(-size % _PADDED)
    yield bytes(2 * _PADDED)


class _Pulled:
    """A generator of bytes, read as a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = memoryview(piece)
        taken = self._rest if size < 0 else self._rest[:size]
        self._rest = self._rest[len(taken) :]
        return bytes(taken)


class _Counted:
    """A file that is told on the way what was written to it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest, self.size = file, sha256(), 0

    def write(self, piece: bytes) -> int:
        self.digest.update(piece)
        self.size += len(piece)
        return self._file.write(piece)

    def flush(self) -> None:
        self._file.flush()
