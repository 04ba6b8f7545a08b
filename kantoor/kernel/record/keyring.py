"""The keys of this installation, read once from the data folder (outside the database)."""

from functools import cache
from pathlib import Path

from django.conf import settings

from kantoor.kernel.record.keys import Secrets, load_or_create


@cache
def secrets() -> Secrets:
    """The signing key, the sealing secret and the erasure secret."""
    return load_or_create(Path(settings.DATA) / "keys")
