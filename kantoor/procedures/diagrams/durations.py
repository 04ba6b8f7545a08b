"""Durations as ISO 8601 writes them: `P2D`, `PT4H30M`, `P1W`."""

import re

_DURATION = re.compile(
    r"P(?=.)(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<weeks>\d{1,4})W)?"
    r"(?:(?P<days>\d{1,5})D)?(?:T(?=.)(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,7})M)?"
    r"(?:(?P<seconds>\d{1,8})S)?)?"
)


def is_duration(text: str) -> bool:
    """Whether a text is a duration longer than nothing."""
    found = _DURATION.fullmatch(text)
    return found is not None and any(int(part) for part in found.groupdict().values() if part)
