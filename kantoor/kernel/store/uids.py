"""Names for what leaves the system: UUIDv7, which sort by when they were made (RFC 9562)."""

import secrets
from datetime import datetime
from uuid import UUID


def new_uid(at: datetime) -> str:
    """A UUIDv7 of a moment: 48 bits of milliseconds and 74 bits by chance."""
    value = (int(at.timestamp() * 1000) & (1 << 48) - 1) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 7 << 76
    return str(UUID(int=value & ~(0x3 << 62) | 0x2 << 62))
