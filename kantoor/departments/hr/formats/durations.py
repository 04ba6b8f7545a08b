"""Durations as people type them (`1:30`, `1.5`, `1,5`, `90m`, `1h30`) to whole minutes and back."""

import re
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.errors import InvalidInput

_CLOCK = re.compile(r"(\d{1,3})[:h](\d{1,2})m?", re.ASCII)
_MINUTES = re.compile(r"(\d{1,5}) ?(?:m|min)", re.ASCII)
_HOURS = re.compile(r"(\d{0,3})(?:[.,](\d{0,4}))? ?[hu]?", re.ASCII)


def minutes_of(text: str) -> int:
    """The minutes that a text says; nothing is none. Raises InvalidInput for what is no duration.

    A number alone is hours; what is no whole minute (`0.33`) is rounded half up to one.
    """
    said = text.strip().lower()
    if not said:
        return 0
    if (read := _CLOCK.fullmatch(said)) and int(read[2]) < 60:
        return int(read[1]) * 60 + int(read[2])
    if read := _MINUTES.fullmatch(said):
        return int(read[1])
    if (read := _HOURS.fullmatch(said)) and (read[1] or read[2]):
        minutes = Decimal(f"{read[1] or 0}.{read[2] or 0}") * 60
        return int(minutes + Decimal("0.5"))
    message = _("“{text}” is no time; write 1:30, 1.5 or 90m.")
    raise InvalidInput(message.format(text=text.strip()[:20]))


def clock(minutes: int) -> str:
    """Minutes as hours and minutes, such as 7:30; below nought with a minus."""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'−' if minutes < 0 else ''}{hours}:{rest:02}"
