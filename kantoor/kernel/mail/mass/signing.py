"""Messages signed for their domain (DKIM, RFC 6376), so that receivers know they are ours."""

from dataclasses import dataclass
from functools import cached_property

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from kantoor.kernel.record.sealed import opened, sealed

_PURPOSE = b"kantoor mail signing keys v1"
BITS = 2048
SIGNED = (
    "from", "to", "subject", "date", "message-id", "mime-version", "content-type", "list-id",
    "list-unsubscribe", "list-unsubscribe-post",
)  # fmt: skip
"""RFC 8058, 4: the fields of one-click unsubscribe must be covered by the signature."""


@dataclass(frozen=True)
class Signer:
    """Signs for a domain under a selector; `key` is the private one in PEM."""

    domain: str
    selector: str
    key: str

    def signed(self, content: bytes) -> bytes:
        """The message with its signature before it."""
        import dkim  # type: ignore[import-untyped]  # Brings a library of DNS, for who sends alone.

        signature: bytes = dkim.sign(
            content,
            self.selector.encode("ascii"),
            self.domain.encode("ascii"),
            self._pem,
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=[name.encode("ascii") for name in SIGNED],
        )
        return signature + content

    @cached_property
    def _pem(self) -> bytes:
        return self.key.encode("ascii")


def new_key() -> tuple[str, str]:
    """A new private key as the database holds it (sealed), and what DNS is to say of it."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    bare = "".join(public.decode().splitlines()[1:-1])
    return sealed(pem.decode(), _PURPOSE), f"v=DKIM1; k=rsa; p={bare}"


def unsealed(key: str) -> str:
    """The private key again, in PEM."""
    return opened(key, _PURPOSE)
