"""The data folder: made with the keys that lie outside the database."""

import os
from pathlib import Path

from django.conf import settings

from kantoor.kernel.record.keyring import open_keys

SESSION_KEY = "session.key"
SESSION_KEY_LENGTH = 32
"""Characters; what is shorter was damaged."""


def prepare_data_folder() -> None:
    """Make the folder and its keys where they are missing; safe to be broken off and repeated."""
    folder = Path(settings.DATA)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    open_keys(folder / "keys")
    _session_key(folder / "keys" / SESSION_KEY)


def _session_key(path: Path) -> None:
    """The key that signs cookies; losing it signs everybody out and harms nothing else."""
    if path.exists() and len(path.read_text(errors="replace").strip()) >= SESSION_KEY_LENGTH:
        return
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.touch(mode=0o600)
    part.write_text(os.urandom(32).hex() + "\n")
    part.replace(path)
