"""The age format (https://age-encryption.org/v1), by the library that we use for it.

In one place, since the library says nothing of its types.
"""

from pyrage import (  # type: ignore[import-untyped]
    DecryptError,
    IdentityError,
    RecipientError,
    decrypt_io,
    encrypt_io,
    x25519,
)

__all__ = [
    "DecryptError",
    "IdentityError",
    "RecipientError",
    "decrypt_io",
    "encrypt_io",
    "x25519",
]
