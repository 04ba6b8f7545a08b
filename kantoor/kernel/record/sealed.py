"""Secrets of others (passwords, signing keys) as the database holds them: under a key outside it."""

import base64
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kantoor.kernel.record.keyring import secrets

KEY_BYTES = 32
NONCE_BYTES = 12


def sealed(secret: str, purpose: bytes) -> str:
    """The secret encrypted, in base64; only with the same purpose it opens again."""
    nonce = os.urandom(NONCE_BYTES)
    return base64.b64encode(nonce + _cipher(purpose).encrypt(nonce, secret.encode(), None)).decode()


def opened(text: str, purpose: bytes) -> str:
    """The secret again."""
    data = base64.b64decode(text)
    return _cipher(purpose).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], None).decode()


def _cipher(purpose: bytes) -> AESGCM:
    kdf = HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=purpose)
    return AESGCM(kdf.derive(secrets().sealing))
