"""Numbers of requests as people write them."""

import re

_NUMBER = re.compile(r"\s*(?:LV-)?0*(\d{1,9})\s*", re.ASCII | re.IGNORECASE)


def read_number(text: str) -> int | None:
    """The number in `LV-000012`, `lv-12` or `12`; None where it is none."""
    found = _NUMBER.fullmatch(text)
    return int(found[1]) if found else None
