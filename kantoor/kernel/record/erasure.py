"""Personal data in the record: encrypted under a key for each person, which can be destroyed.

A `Subject` row holds a salt; the person's key is derived from it and from a master secret that
is not in the database. Deleting the row destroys the key, and with it every state of that
person's rows in the record; the hashes in the tree stay true (GDPR art. 17; books are kept).
"""

import os
from collections.abc import Iterable
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models

from kantoor.kernel.record.keyring import secrets
from kantoor.kernel.record.keys import subject_key
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel, insert_rows
from kantoor.kernel.store.raw import run

SALT_BYTES = 16
NONCE_BYTES = 12


class Subject(KeptModel):
    """The erasable key of one person whose data stands in the record."""

    kept = Kept.SEALED
    salt = models.BinaryField()

    class Meta:
        db_table = "kernel_subject"


def new_subjects(count: int) -> range:
    """Keys for so many new persons; returns their identifiers."""
    first = take_ids(Subject, count)
    insert_rows(Subject, [(first + n, os.urandom(SALT_BYTES)) for n in range(count)])
    return range(first, first + count)


@lru_cache(maxsize=4096)
def _cipher(salt: bytes) -> AESGCM:
    return AESGCM(subject_key(secrets().erasure, salt))


def encrypt(salt: bytes, state: bytes) -> bytes:
    """The state under the person's key: nonce and AES-256-GCM text."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + _cipher(salt).encrypt(nonce, state, None)


def decrypt(salt: bytes, text: bytes) -> bytes | None:
    """The state, or None when the key is not the one it was written under."""
    try:
        return _cipher(salt).decrypt(text[:NONCE_BYTES], text[NONCE_BYTES:], None)
    except InvalidTag:
        return None


def salts_of(subjects: Iterable[int]) -> dict[int, bytes]:
    """The salts of those persons whose data was not erased."""
    wanted = sorted(set(subjects))
    found: dict[int, bytes] = {}
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        slots = ", ".join(["%s"] * len(some))
        sql = f"SELECT id, salt FROM kernel_subject WHERE id IN ({slots})"  # noqa: S608
        found.update((key, salt) for key, salt in run(sql, some) if isinstance(salt, bytes))
    return found
