"""Text and amounts as audit files take them: nothing XML can't carry, never longer than allowed."""

import hashlib
import re

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
LONGEST_KEY = 35
"""Characters of an identifier (IdentificationString35)."""


def plain(text: str, longest: int = 9999) -> str:
    """Text without characters that XML has no place for, in one line, cut where it is too long."""
    return " ".join(_ILLEGAL.sub(" ", text).split())[:longest]


def key(text: str) -> str:
    """An identifier: as it is where it fits, else cut, with a mark that keeps it the only one."""
    clean = plain(text, len(text))
    if clean == text and len(text) <= LONGEST_KEY:
        return text
    mark = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{clean[: LONGEST_KEY - 9]}~{mark}"


def amount(minor: int, places: int) -> str:
    """An amount without sign and with two decimals; `places` are the currency's own (0 to 2)."""
    cents = abs(minor) * 10 ** (2 - places)
    return f"{cents // 100}.{cents % 100:02}"


def percentage(scaled: int) -> str:
    """A percentage scaled 10**-6, with at most three decimals as the schema allows."""
    thousandths = (abs(scaled) + 500) // 1000
    text = f"{thousandths // 1000}.{thousandths % 1000:03}".rstrip("0").rstrip(".")
    return text or "0"
