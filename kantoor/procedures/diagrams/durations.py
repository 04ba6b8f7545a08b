"""Durations as ISO 8601 writes them: `P2D`, `PT4H30M`, `P1W`."""

import re

_DURATION = re.compile(
    r"P(?=.)(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<weeks>\d{1,4})W)?"
    r"(?:(?P<days>\d{1,5})D)?(?:T(?=.)(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,7})M)?"
    r"(?:(?P<seconds>\d{1,8})S)?)?"
)


LONGEST_DAYS = 366 * 29
"""Within what a timer can be set to (engine/moments.py)."""
_DAYS = {"years": 366, "months": 31, "weeks": 7, "days": 1}
_SECONDS = {"hours": 3600, "minutes": 60, "seconds": 1}


def is_duration(text: str, clock: str = "always") -> bool:
    """Whether a text is a duration longer than nothing that a clock can count.

    Working time is counted in weeks, days and hours, not in months.
    """
    found = _DURATION.fullmatch(text)
    if found is None:
        return False
    parts = {name: int(value) for name, value in found.groupdict().items() if value}
    if clock == "working" and (parts.get("years") or parts.get("months")):
        return False
    seconds = sum(parts.get(name, 0) * each for name, each in _SECONDS.items())
    days = sum(parts.get(name, 0) * each for name, each in _DAYS.items()) + seconds // 86400
    return days <= LONGEST_DAYS and (days > 0 or seconds > 0)
