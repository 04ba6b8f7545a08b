"""Structured references of payments: ISO 11649, Belgian +++ and Dutch payment references."""

import re
from typing import NamedTuple

from stdnum import iso11649

_BELGIAN = re.compile(
    r"\+{3}\s*(\d{3})/(\d{4})/(\d{5})\s*\+{3}|\*{3}\s*(\d{3})/(\d{4})/(\d{5})\s*\*{3}"
)
_WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)
"""Of the Dutch payment reference, from the right (Betaalvereniging, betalingskenmerk)."""


class Structured(NamedTuple):
    """A structured reference and who issued its form: `ISO`, `BBA` (Belgium), `CUR` (Dutch)."""

    text: str
    issuer: str


def structured(text: str) -> Structured | None:
    """The reference as banks carry it; None when it is none, or its check digits are wrong."""
    bare = re.sub(r"[\s.]", "", text).upper()
    if bare.startswith("RF"):
        return Structured(bare, "ISO") if iso11649.is_valid(bare) else None
    if found := _BELGIAN.fullmatch(text.strip()):
        digits = "".join(part for part in found.groups() if part)
        return Structured(digits, "BBA") if _belgian(digits) else None
    if re.fullmatch(r"\d{12}", bare) and _belgian(bare):
        return Structured(bare, "BBA")
    if re.fullmatch(r"\d{16}", bare) and _dutch(bare):
        return Structured(bare, "CUR")
    return None


def _belgian(digits: str) -> bool:
    return (int(digits[:10]) % 97 or 97) == int(digits[10:])


def _dutch(digits: str) -> bool:
    """The first of 16 digits proves the other 15."""
    total = sum(
        int(digit) * _WEIGHTS[place % 10] for place, digit in enumerate(reversed(digits[1:]))
    )
    check = 11 - total % 11
    return int(digits[0]) == {10: 1, 11: 0}.get(check, check)
