"""The recovery key: what backups are encrypted for, and what opens them again.

An age key pair (https://age-encryption.org/v1). Made with the first backup in `keys/recovery.key`
of the data folder, and copied outside of it, since a key that is lost with what it opens is worth
nothing. `KANTOOR_BACKUP_RECIPIENTS` names public keys of others who can open every backup as well.
"""

import os
from contextlib import suppress
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.backup.age import IdentityError, RecipientError, x25519
from kantoor.kernel.backup.errors import BackupUnusable

NAME = "recovery.key"
_LONGEST = 4096
_MARK = "AGE-SECRET-KEY-"


def own_identity(keys: Path) -> x25519.Identity:
    """The key of this installation; made where there is none, with a copy outside of it."""
    path = keys / NAME
    if not path.exists():
        _make(path)
    found = identities_in(path)
    if not found:
        message = _("{path} is no recovery key; put the right one back, or remove it.")
        raise BackupUnusable(message.format(path=path))
    copy_outside(found[0])
    return found[0]


def recipients(own: x25519.Identity) -> list[x25519.Recipient]:
    """Who can open a backup: the installation's own key, and those of KANTOOR_BACKUP_RECIPIENTS."""
    found = [own.to_public()]
    for text in os.environ.get("KANTOOR_BACKUP_RECIPIENTS", "").split():
        try:
            found.append(x25519.Recipient.from_str(text))
        except RecipientError:
            message = _("KANTOOR_BACKUP_RECIPIENTS has “{text}”, which is no public key of age.")
            raise BackupUnusable(message.format(text=text[:80])) from None
    return found


def known_identities(given: Path | None, keys: Path | None) -> list[x25519.Identity]:
    """Every key that may open a backup: the one given, or else all that can be found here.

    Looked for in KANTOOR_RECOVERY_KEY (the key itself), the folder of keys, and the copies
    outside the data folder. Raises BackupUnusable when the file that was given holds none.
    """
    if given is not None:
        if not (found := identities_in(given)):
            raise BackupUnusable(_("There is no recovery key in {path}.").format(path=given))
        return found
    found = _identities(os.environ.get("KANTOOR_RECOVERY_KEY", ""))
    if keys is not None:
        found += identities_in(keys / NAME)
    for copy in sorted(outside().glob("recovery-*.key")):
        found += identities_in(copy)
    return found


def identities_in(path: Path) -> list[x25519.Identity]:
    """The keys in a file, as age itself writes them: one on a line, comments with #."""
    try:
        with path.open(encoding="ascii", errors="replace") as file:
            return _identities(file.read(_LONGEST))
    except OSError:
        return []


def outside() -> Path:
    """Where copies of recovery keys lie: KANTOOR_RECOVERY_DIR, else the user's own settings."""
    if given := os.environ.get("KANTOOR_RECOVERY_DIR"):
        return Path(given)
    settings = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(settings) / "kantoor"


def copy_of(identity: x25519.Identity) -> Path:
    """Where the copy of a key lies; its name comes from the public half."""
    return outside() / f"recovery-{str(identity.to_public())[-16:]}.key"


def copy_outside(identity: x25519.Identity) -> None:
    """Copy the key out of the data folder; where nothing can be written there, it is not."""
    with suppress(OSError):
        if not (path := copy_of(identity)).exists():
            _write(path, identity)


def keep_identity(keys: Path, identity: x25519.Identity) -> None:
    """Go on with a key that opened a backup, where there is none yet."""
    if not (keys / NAME).exists():
        _write(keys / NAME, identity)


def _make(path: Path) -> None:
    _write(path, x25519.Identity.generate())


def _write(path: Path, identity: x25519.Identity) -> None:
    """Whole or not at all; whoever is first wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"# opens backups of Kantoor; public key: {identity.to_public()}\n{identity}\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        with suppress(FileExistsError):
            os.link(part, path)
    finally:
        part.unlink()


def _identities(text: str) -> list[x25519.Identity]:
    found = []
    for line in text.splitlines():
        if line.strip().startswith(_MARK):
            with suppress(IdentityError):
                found.append(x25519.Identity.from_str(line.strip()))
    return found
