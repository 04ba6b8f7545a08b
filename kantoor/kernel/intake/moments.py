"""Days and times of the front office's files, read by the formats that its mapping names."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.intake.problems import Refused, shown

_LENGTH_LIMIT = 64
_REMEMBERED = 1 << 13

# The directives of strptime that hold numbers; names of months differ by language and are left out.
_PATTERNS = {
    "Y": r"(?P<Y>\d{4})",
    "m": r"(?P<m>\d{1,2})",
    "d": r"(?P<d>\d{1,2})",
    "H": r"(?P<H>\d{1,2})",
    "M": r"(?P<M>\d{1,2})",
    "S": r"(?P<S>\d{1,2})",
    "f": r"(?P<f>\d{1,6})",
    "z": r"(?P<z>Z|[+-]\d\d:?\d\d)",
}
_DIRECTIVE = re.compile(r"%(.)")


class DayTime(NamedTuple):
    """The day as it stood in the file (ISO 8601), and the moment in UTC."""

    day: str
    at: datetime


@lru_cache(maxsize=64)
def day_time_parser(formats: tuple[str, ...], zone: str = "UTC") -> Callable[[str], DayTime]:
    """A reader of stamps in any of these formats; raises Refused.

    The first format of the stamp's shape decides, so that 13/2/2011 is never read one way round
    and 12/2/2011 the other. `zone` is where the clock hung, unless a stamp says so itself (`%z`).
    Stamps are remembered, since the lines of one order share theirs.
    """
    shapes = [_shape(form) for form in formats]
    where = ZoneInfo(zone)

    @lru_cache(maxsize=_REMEMBERED)
    def parse(text: str) -> DayTime:
        stamp = text.strip()
        if not stamp:
            raise Refused("date.missing", _("A date is missing here."))
        for shape in shapes if len(stamp) <= _LENGTH_LIMIT else ():
            if found := shape.fullmatch(stamp):
                return _moment(found, where)
        message = _("“{text}” is not written in any of the ways that the mapping names.")
        raise Refused("date.unreadable", message, text=shown(text))

    return parse


def parse_day_time(text: str, formats: tuple[str, ...], zone: str = "UTC") -> DayTime:
    """One stamp; for many, keep what `day_time_parser` gives."""
    return day_time_parser(formats, zone)(text)


def is_format(text: str) -> bool:
    """Whether a mapping may name this format: numbers only, each once, and a whole day in it."""
    directives = _DIRECTIVE.findall(text)
    each_once = text.count("%") == len(directives) == len(set(directives))
    return each_once and set("Ymd") <= set(directives) <= set(_PATTERNS)


def is_zone(name: str) -> bool:
    """Whether this machine knows the time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _shape(form: str) -> re.Pattern[str]:
    assert is_format(form)
    # split gives what stands between the directives and the directives, in turn.
    between, *rest = _DIRECTIVE.split(form)
    pattern = re.escape(between)
    for directive, between in zip(rest[0::2], rest[1::2], strict=True):
        pattern += _PATTERNS[directive] + re.escape(between)
    return re.compile(pattern, re.ASCII)


def _moment(found: re.Match[str], where: tzinfo) -> DayTime:
    part = found.groupdict().get
    try:
        local = datetime(
            int(found["Y"]),
            int(found["m"]),
            int(found["d"]),
            int(part("H", "0")),
            int(part("M", "0")),
            int(part("S", "0")),
            int(part("f", "0").ljust(6, "0")),
            tzinfo=_offset(part("z", "")) or where,
        )
        return DayTime(local.isoformat()[:10], local.astimezone(UTC))
    except (ValueError, OverflowError):
        message = _("There is no such day or time: {text}.")
        raise Refused("date.no_such_day", message, text=shown(found[0])) from None


def _offset(text: str) -> tzinfo | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    ahead = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-ahead if text[0] == "-" else ahead)
