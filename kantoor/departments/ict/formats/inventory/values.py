"""Single values of inventories: what agents write where a text or a number belongs."""

import re
from typing import Any

LONGEST = 200
LARGEST_NUMBER = 2**62
MEBI, MEGA = 2**20, 10**6
_NUMBER = re.compile(r"\s*([+-]?\d{1,18})(?:[.,]\d+)?\s*([a-zA-Z%]{0,4})")
_UNITS = {"kb": 1 / 1024, "mb": 1, "mo": 1, "gb": 1024, "go": 1024, "tb": 1024**2, "to": 1024**2}
JUNK = {
    "", "n/a", "na", "none", "null", "unknown", "not specified", "not available", "not applicable",
    "no enclosure", "empty", "default string", "default", "system serial number", "serial",
    "system product name", "system manufacturer", "system version", "to be filled by o.e.m.",
    "to be filled by oem", "o.e.m.", "oem", "chassis serial number", "base board serial number",
    "invalid", "undefined", "no asset tag", "asset tag", "product name", "standard", "(none)",
    "123456789", "0123456789", "1234567890", "12345678", "sn", "xxxxxxxxxx", "empty string",
    "not set", "vmware", "virtual machine", "qemu", "kvm", "01234567890123456789abcdef",
}  # fmt: skip
"""What makers leave where a serial number should be, in lower case."""


def line(value: Any, most: int = LONGEST) -> str:
    """A text on one line, bounded; nothing for what is no text or number."""
    # First what nearly all are: an inventory has thousands of them.
    if type(value) is str and len(value) <= most and value.isprintable():
        return value.strip()
    if value is None or isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    text = "".join(each if each.isprintable() else " " for each in str(value)[: most * 8])
    return " ".join(text.split())[:most]


def said(value: Any) -> str:
    """A text that says something: not what makers leave where nothing was filled in."""
    text = line(value)
    return "" if text.lower() in JUNK else text


def whole(value: Any) -> int | None:
    """A whole number from nought; None for what is missing, negative or none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if 0 <= value <= LARGEST_NUMBER else None
    if isinstance(value, float):
        return int(value) if 0 <= value <= LARGEST_NUMBER else None
    found = _NUMBER.match(value) if isinstance(value, str) else None
    if found is None:
        return None
    number = int(found[1])
    return number if 0 <= number <= LARGEST_NUMBER else None


def megabytes(value: Any, unit: int) -> int | None:
    """An amount that agents give in megabytes (some with a unit behind it), as bytes."""
    number = whole(value)
    if number is None:
        return None
    factor = 1
    if isinstance(value, str) and (found := _NUMBER.match(value)):
        scale = _UNITS.get(found[2].lower(), 1)
        if scale < 1:
            number //= 1024
        else:
            factor = int(scale)
    total = number * factor * unit
    return total if total <= LARGEST_NUMBER else None


def wrong(value: Any) -> bool:
    """Whether a number was given that makes no sense."""
    return value not in (None, "", [], {}) and whole(value) is None


def mac(value: Any) -> str:
    """A MAC address as twelve lower-case digits in pairs; empty where it is none."""
    text = re.sub(r"[^0-9a-z]", "", line(value).lower())
    if len(text) != 12 or re.search(r"[^0-9a-f]", text):
        return ""
    return ":".join(text[n : n + 2] for n in range(0, 12, 2))


def is_own(address: str) -> bool:
    """Whether a MAC address can belong to one device: no group, not all noughts or ones."""
    digits = address.replace(":", "")
    return bool(digits) and not int(digits[:2], 16) & 1 and len(set(digits)) > 1


def is_local(address: str) -> bool:
    """Whether a MAC address was made up where it is used (IEEE 802, the second bit)."""
    return bool(int(address[:2], 16) & 2)
