"""The keys of this installation, read once from the data folder (outside the database)."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection

from kantoor.kernel.record.keys import Secrets, has_signing_key, load_or_create, lost
from kantoor.kernel.store.lookup import fetch


@cache
def secrets() -> Secrets:
    """The signing key, the sealing secret and the erasure secret."""
    return open_keys(Path(settings.DATA) / "keys")


def open_keys(folder: Path) -> Secrets:
    """The secrets in the folder, made there where nothing was ever recorded.

    Raises KeysUnusable when there is a record and no keys: new ones would make it worthless.
    """
    if not has_signing_key(folder) and _something_was_recorded():
        raise lost(folder)
    return load_or_create(folder)


def _something_was_recorded() -> bool:
    if "kernel_record" not in connection.introspection.table_names():
        return False
    return bool(fetch("SELECT 1 FROM kernel_record LIMIT 1"))
