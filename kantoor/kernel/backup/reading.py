"""Read a backup member by member, holding each to the manifest that comes last."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Protocol

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.backup import archive
from kantoor.kernel.backup.contents import (
    FIRST,
    FORM,
    LARGEST_TEXT,
    LAST,
    NAME,
    Beginning,
    Manifest,
    Member,
    beginning_from,
    manifest_from,
)
from kantoor.kernel.backup.errors import BackupUnusable


class _Enough(Exception):
    """Ends a look at the beginning of a backup."""


class Taking(Protocol):
    """Who takes the members: what it is about first, then each with its content."""

    def begin(self, beginning: Beginning) -> None:
        """The first member."""

    def member(self, name: str, content: Iterator[bytes]) -> None:
        """A member; what is not read of it is passed over."""


class _Checking:
    """Takes nothing: for a look whether all is there."""

    def begin(self, beginning: Beginning) -> None:
        """Nothing to do."""

    def member(self, name: str, content: Iterator[bytes]) -> None:
        """Nothing to do."""


def check(path: Path, identities: Sequence[object]) -> Manifest:
    """Read a backup whole; raises BackupUnusable unless every member is as the manifest says."""
    return read(path, identities, _Checking())


def read(path: Path, identities: Sequence[object], taking: Taking) -> Manifest:
    """Give the members to who takes them; gives the manifest when all were as it says.

    Raises BackupUnusable: only when this returns may be used what was taken.
    """
    if not identities:
        message = _("There is no recovery key here; give its file with --key.")
        raise BackupUnusable(message)
    found: dict[str, Member] = {}
    last: bytes | None = None
    with archive.reading(path, identities) as members:
        for name, content in members:
            if last is not None:
                raise _wrong(path, name)
            if name == LAST:
                last = _text(path, content)
            elif name == FIRST and not found:
                text = _text(path, content)
                found[name] = Member(hashlib.sha256(text).hexdigest(), len(text))
                taking.begin(_beginning(path, text))
            elif found and NAME.fullmatch(name) and name not in found:
                found[name] = _given(taking, name, content)
            else:
                raise _wrong(path, name)
    return _manifest(path, last, found)


def opens(path: Path, identity: object) -> bool:
    """Whether this key opens the backup."""
    try:
        with archive.reading(path, [identity]) as members:
            next(members, None)
            raise _Enough
    except _Enough:
        return True
    except BackupUnusable:
        return False


def _given(taking: Taking, name: str, content: IO[bytes]) -> Member:
    digest, size = hashlib.sha256(), 0

    def pieces() -> Iterator[bytes]:
        nonlocal size
        while piece := content.read(archive.PIECE):
            digest.update(piece)
            size += len(piece)
            yield piece

    passing = pieces()
    taking.member(name, passing)
    for _rest in passing:
        pass
    return Member(digest.hexdigest(), size)


def _beginning(path: Path, text: bytes) -> Beginning:
    try:
        beginning = beginning_from(text)
    except msgspec.MsgspecError:
        raise _wrong(path, FIRST) from None
    if beginning.form != FORM:
        message = _("{path} was made by Kantoor {version}; restore it with that one or a later.")
        raise BackupUnusable(message.format(path=path, version=beginning.kantoor[:20]))
    return beginning


def _manifest(path: Path, last: bytes | None, found: dict[str, Member]) -> Manifest:
    try:
        manifest = manifest_from(last or b"")
    except msgspec.MsgspecError:
        raise _wrong(path, LAST) from None
    if manifest.members != found:
        names = sorted({*manifest.members, *found})
        wrong = next(name for name in names if manifest.members.get(name) != found.get(name))
        raise _wrong(path, wrong)
    return manifest


def _text(path: Path, content: IO[bytes]) -> bytes:
    text = content.read(LARGEST_TEXT + 1)
    if len(text) > LARGEST_TEXT:
        raise _wrong(path, FIRST)
    return text


def _wrong(path: Path, name: str) -> BackupUnusable:
    message = _("{path} is not as it was made ({name}); take another one.")
    return BackupUnusable(message.format(path=path, name=name[:100]))
