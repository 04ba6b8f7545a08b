"""The signature of a webhook, as Standard Webhooks 1.0 writes it, and how its key is kept.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import hmac
import os

from kantoor.kernel.record.sealed import KEY_BYTES, opened, sealed

PREFIX = "whsec_"
_PURPOSE = b"kantoor webhook secrets v1"


def new_secret() -> str:
    """A fresh signing secret in the form that receivers are given."""
    return PREFIX + base64.b64encode(os.urandom(KEY_BYTES)).decode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """`v1,` and the HMAC-SHA-256 over `id.timestamp.body` in base64."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


def locked(secret: str) -> str:
    """The secret as the database (and so the record) holds it: encrypted under a key outside."""
    return sealed(secret, _PURPOSE)


def unlocked(text: str) -> str:
    """The secret again."""
    return opened(text, _PURPOSE)
