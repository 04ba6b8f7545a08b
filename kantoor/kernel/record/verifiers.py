"""The public half of a record's key as text, the way C2SP signed-note writes it."""

import base64
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.errors import InvalidInput

ED25519 = b"\x01"
"""The signature type byte of Ed25519 (C2SP signed-note)."""


def public_bytes(key: Ed25519PublicKey) -> bytes:
    """The 32 bytes of RFC 8032."""
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_id(name: str, key: Ed25519PublicKey) -> str:
    """The 8 hexadecimal digits that tell keys of a name apart (C2SP signed-note, 'key ID')."""
    return sha256(name.encode() + b"\n" + ED25519 + public_bytes(key)).hexdigest()[:8]


def verifier_text(name: str, key: Ed25519PublicKey) -> str:
    """A public key in one line, `name+id+base64`: what an auditor is given to check heads with."""
    body = base64.b64encode(ED25519 + public_bytes(key)).decode()
    return f"{name}+{key_id(name, key)}+{body}"


def parse_verifier(text: str) -> tuple[str, Ed25519PublicKey]:
    """The name and the key of `verifier_text`; InvalidInput when it is anything else."""
    try:
        name, _id, body = text.strip().split("+", 2)
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(body, validate=True)[1:])
        if name and text.strip() == verifier_text(name, key):
            return name, key
    except ValueError:
        pass
    raise InvalidInput(_("This is not the public key of a record, or a part of it is missing."))
