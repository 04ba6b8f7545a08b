"""The secrets of an installation: files in a folder outside the database, made once.

- `record-signing.pem`: the Ed25519 key that signs heads of the record, and beside it
  `record-signing.pub`, its public half in the form of C2SP signed-note, to be handed out;
- `sealing.key`: 32 bytes for HMAC-SHA-256 over what the database may not change unseen;
- `erasure.key`: 32 bytes from which the keys come that personal data is encrypted under.

Losing `erasure.key` makes all personal data in the record unreadable, so a folder from which one
file has gone is refused and never quietly completed.
"""

import hmac
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.errors import DomainError
from kantoor.kernel.record.verifiers import public_bytes, verifier_text
from kantoor.kernel.system_errors import why

SECRET_BYTES = 32

SIGNING, PUBLIC, SEALING, ERASURE = (
    "record-signing.pem",
    "record-signing.pub",
    "sealing.key",
    "erasure.key",
)
_FILE_LIMIT = 4096


class KeysUnusable(DomainError):
    """The folder of keys cannot be used as it is; the message says which file and what to do."""

    code = "keys.unusable"
    status = 503


@dataclass(frozen=True)
class Secrets:
    """What `load_or_create` found; never shown, not even in a traceback."""

    signing: Ed25519PrivateKey = field(repr=False)
    sealing: bytes = field(repr=False)
    erasure: bytes = field(repr=False)

    @cached_property
    def public(self) -> Ed25519PublicKey:
        """The public half of the signing key."""
        return self.signing.public_key()

    @cached_property
    def origin(self) -> str:
        """The name of this installation's record, unique because it comes from its key."""
        return f"kantoor/{sha256(public_bytes(self.public)).hexdigest()[:16]}"

    @property
    def verifier(self) -> str:
        """What an auditor is given to check heads with (`verifier_text`)."""
        return verifier_text(self.origin, self.public)


def subject_key(master: bytes, salt: bytes) -> bytes:
    """The key of one person, 32 bytes, from the erasure secret and that person's salt.

    HKDF with SHA-256 (RFC 5869); without the salt the key cannot be made again.
    """
    # One block is all that is asked for, so the RFC's two steps are two HMACs.
    extracted = hmac.digest(salt, master, "sha256")
    return hmac.digest(extracted, b"kantoor subject key v1\x01", "sha256")


def has_signing_key(folder: Path) -> bool:
    """Whether the folder has ever been given keys, as far as can be seen now."""
    return (folder / SIGNING).exists() or (folder / PUBLIC).exists()


def lost(folder: Path) -> KeysUnusable:
    """What is said where a record has lost all of its keys."""
    message = _(
        "The keys of this installation are missing in {folder}. Put them back from a backup; "
        "new ones would not open what was written under the old ones."
    )
    return KeysUnusable(format_lazy(message, folder=folder))


def load_or_create(folder: Path) -> Secrets:
    """The secrets in the folder; made there when it has none. Safe when two processes begin at once.

    Raises KeysUnusable when a file is missing, unreadable, damaged or open to other users.
    """
    signing, public = folder / SIGNING, folder / PUBLIC
    if not signing.exists():
        if public.exists():
            raise _missing(signing)
        _create(folder)
    found = Secrets(
        signing=_read_private_key(signing),
        sealing=_read_secret(folder / SEALING),
        erasure=_read_secret(folder / ERASURE),
    )
    if not public.exists():
        _write_once(public, lambda: found.verifier.encode() + b"\n", mode=0o644)
    return found


def _create(folder: Path) -> None:
    """The signing key comes last: while it is not there, an interrupted start is taken up again."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in (SEALING, ERASURE):
        _write_once(folder / name, lambda: os.urandom(SECRET_BYTES).hex().encode() + b"\n")
    _write_once(folder / SIGNING, _new_private_key)


def _new_private_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write_once(path: Path, content: Callable[[], bytes], mode: int = 0o600) -> None:
    """Make a file whole or not at all; whoever is first wins, and an existing file stays."""
    if path.exists():
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content())
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        try:
            os.link(part, path)
        except FileExistsError:
            pass
    finally:
        part.unlink()
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _read_private_key(path: Path) -> Ed25519PrivateKey:
    try:
        key = serialization.load_pem_private_key(_read_guarded(path), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as reason:
        raise _damaged(path) from reason
    if not isinstance(key, Ed25519PrivateKey):
        raise _damaged(path)
    return key


def _read_secret(path: Path) -> bytes:
    text = _read_guarded(path).strip()
    try:
        secret = bytes.fromhex(text.decode("ascii"))
    except ValueError as reason:
        raise _damaged(path) from reason
    if len(secret) != SECRET_BYTES:
        raise _damaged(path)
    return secret


def _read_guarded(path: Path) -> bytes:
    """The content, provided that nobody but its owner can read or write the file."""
    try:
        with path.open("rb") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise _open_to_others(path)
            return file.read(_FILE_LIMIT)
    except FileNotFoundError:
        raise _missing(path) from None
    except OSError as reason:
        raise _unreadable(path, reason) from reason


def _missing(path: Path) -> KeysUnusable:
    message = _(
        "The key file {path} is missing while others are there. Put it back from a backup; "
        "a new one would not open what was written under the old one."
    )
    return KeysUnusable(format_lazy(message, path=path))


def _damaged(path: Path) -> KeysUnusable:
    message = _("The key file {path} is damaged. Put it back from a backup.")
    return KeysUnusable(format_lazy(message, path=path))


def _open_to_others(path: Path) -> KeysUnusable:
    message = _(
        "Other users of this machine can get at the key file {path}. "
        "Run 'chmod 600 {path}', and replace the key if someone may have read it."
    )
    return KeysUnusable(format_lazy(message, path=path))


def _unreadable(path: Path, reason: OSError) -> KeysUnusable:
    message = _("The key file {path} cannot be read: {reason}.")
    return KeysUnusable(format_lazy(message, path=path, reason=why(reason)))
