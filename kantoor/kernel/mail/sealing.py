"""How the password of a mailbox is kept."""

from kantoor.kernel.record.sealed import opened, sealed

_PURPOSE = b"kantoor mailbox passwords v1"


def locked(password: str) -> str:
    """The password as the database holds it: encrypted under a key outside."""
    return sealed(password, _PURPOSE)


def unlocked(text: str) -> str:
    """The password again."""
    return opened(text, _PURPOSE)
