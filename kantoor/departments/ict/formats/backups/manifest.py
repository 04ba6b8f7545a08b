"""Manifests: the SHA-256 of every file, in the form that `sha256sum` writes and checks.

    9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  etc/hosts

A line that begins with a backslash has its line ends and backslashes in the name escaped.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.errors_servers import ReportUnreadable

LARGEST = 512 * 1024 * 1024
MOST_FILES = 5_000_000
PIECE = 1 << 20
_LINE = re.compile(r"(\\?)([0-9a-f]{64}) [ *](.+)")
_ESCAPES = {"n": "\n", "r": "\r", "\\": "\\"}

Told = Callable[[int], None]
"""Told now and then how many files were read."""


def read_manifest(text: str) -> dict[str, str]:
    """The hash of each file by its path, without a leading slash; raises ReportUnreadable."""
    if len(text) > LARGEST:
        raise ReportUnreadable(_("This manifest is too large."))
    found: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line:
            continue
        parts = _LINE.fullmatch(line)
        if parts is None:
            message = _(
                "A manifest has a SHA-256 and a path on each line, as sha256sum writes them."
            )
            raise ReportUnreadable(message, line=number)
        name = _unescaped(parts[3]) if parts[1] else parts[3]
        found[plain_path(name)] = parts[2]
    if len(found) > MOST_FILES:
        raise ReportUnreadable(_("This manifest has too many files."))
    return found


def write_manifest(hashes: Mapping[str, str]) -> str:
    """A manifest of these hashes, by path."""
    return "".join(_line(path, digest) for path, digest in sorted(hashes.items()))


def plain_path(path: str) -> str:
    """A path as it lies under the folder that a backup is restored into."""
    while path.startswith(("/", "./")):
        path = path.removeprefix(".").lstrip("/") if path.startswith("./") else path.lstrip("/")
    return path


def hash_files(
    roots: Iterable[Path], under: Path, told: Told = lambda _count: None
) -> dict[str, str]:
    """The hash of every regular file under these roots, by its path under a folder.

    Links are not followed and nothing else is read; a file that can't be read has an empty hash.
    """
    found: dict[str, str] = {}
    for path in _files(roots):
        try:
            found[os.path.relpath(path, under)] = hash_file(path)
        except OSError:
            found[os.path.relpath(path, under)] = ""
        told(len(found))
    return found


def hash_file(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def differences(meant: Mapping[str, str], came: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is not as it was meant: each path with `missing`, `changed` or `extra`."""
    found = []
    for path in sorted({*meant, *came}):
        if path not in came:
            found.append((path, "missing"))
        elif path not in meant:
            found.append((path, "extra"))
        elif meant[path] != came[path] or not came[path]:
            found.append((path, "changed"))
    return found


def _files(roots: Iterable[Path]) -> Iterator[Path]:
    waiting: list[Path] = sorted(roots, reverse=True)
    while waiting:
        path = waiting.pop()
        if path.is_symlink():
            continue
        if path.is_dir():
            with os.scandir(path) as listed:
                waiting.extend(sorted((Path(each.path) for each in listed), reverse=True))
        elif path.is_file():
            yield path


def _line(path: str, digest: str) -> str:
    if not set(path) & {"\n", "\r", "\\"}:
        return f"{digest}  {path}\n"
    escaped = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return f"\\{digest}  {escaped}\n"


def _unescaped(name: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[0]), name)
