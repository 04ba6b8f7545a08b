"""Chance that falls the same every time."""

import hashlib


def chance(*about: object, of: int) -> int:
    """A number from 0 up to `of`, decided by what it is about."""
    text = "/".join(map(str, about))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % of


def around(usual: int, *about: object) -> int:
    """An amount a quarter below to a quarter above what is usual, in whole five cents."""
    return usual * (75 + chance("around", *about, of=51)) // 100 // 5 * 5
