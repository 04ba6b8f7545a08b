"""The content of files on disk: `files/ab/cdef…` in the data folder, named by its hash."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

PIECE = 1 << 20
_NAME = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Content:
    """Content that is safely on disk: SHA-256 in hexadecimal, and its size in bytes."""

    sha256: str
    size: int


def folder() -> Path:
    """Where the contents lie."""
    return Path(settings.DATA) / "files"


def path_of(digest: str) -> Path:
    """Where the content with this hash lies."""
    assert _NAME.fullmatch(digest), digest
    return folder() / digest[:2] / digest[2:]


def keep(source: BinaryIO) -> Content:
    """Copy content into the folder; it is on the disk when this returns.

    The same content is kept once. What a transaction that fails leaves behind belongs to no row
    and does no harm.
    """
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    part = folder() / f".part-{os.getpid()}-{os.urandom(8).hex()}"
    digest, size = sha256(), 0
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            while piece := source.read(PIECE):
                digest.update(piece)
                size += file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        _settle(part, path_of(digest.hexdigest()))
    finally:
        part.unlink(missing_ok=True)
    return Content(digest.hexdigest(), size)


def _settle(part: Path, path: Path) -> None:
    fresh = not path.parent.exists()
    path.parent.mkdir(exist_ok=True, mode=0o700)
    # A file of that name may be damaged: the one in hand is right, so it takes its place.
    part.replace(path)
    _sync(path.parent)
    if fresh:
        _sync(path.parent.parent)


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def measure(path: Path) -> Content | None:
    """What a content file really holds; None when it can't be read."""
    digest, size = sha256(), 0
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                digest.update(piece)
                size += len(piece)
    except OSError:
        return None
    return Content(digest.hexdigest(), size)


def remove(digest: str) -> None:
    """Overwrite and remove content that no row refers to any more."""
    path = path_of(digest)
    if not path.exists():
        return
    with path.open("r+b") as file:
        left = path.stat().st_size
        while left > 0:
            left -= file.write(bytes(min(left, PIECE)))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    _sync(path.parent)


def kept() -> Iterator[str]:
    """The hashes of all contents in the folder, in order."""
    if not folder().exists():
        return
    for part in sorted(folder().iterdir()):
        if part.is_dir():
            yield from (part.name + file.name for file in sorted(part.iterdir()))
