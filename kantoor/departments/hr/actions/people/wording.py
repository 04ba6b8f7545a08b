"""Check the words and hours of a contract, and give them as they are kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.people.findings import Findings
from kantoor.departments.hr.models.people.employment import DAY_MINUTES, WEEKDAYS
from kantoor.kernel.errors import InvalidInput

LENGTHS = {"job_title": 120, "place": 120, "cao": 120}
FIXED = "fixed"
_HOUR = Decimal(60)


@dataclass(frozen=True, slots=True)
class Contract:
    """The terms of a version; `manager_id` may wait for a key until its person is written."""

    kind: str
    until: date | None
    job_title: str
    mon: int
    tue: int
    wed: int
    thu: int
    fri: int
    sat: int
    sun: int
    cost_centre: str
    manager_id: int | None
    unit_id: int | None
    place: str
    cao: str

    def with_values(self, values: Mapping[str, Any]) -> "Contract":
        """The same with other values."""
        return replace(self, **values)


def minutes_of(hours: Decimal, day: str, found: Findings, line: int | None) -> int:
    """Hours of a weekday as whole minutes."""
    field = f"hours_{day}"
    if not hours.is_finite() or not 0 <= hours <= 24:
        message = _("Give between 0 and 24 hours.")
        found.add(InvalidInput(message, field=field, line=line))
        return 0
    minutes = hours * _HOUR
    if minutes != int(minutes):
        message = _("Hours have to make whole minutes, such as 7.6 or 7.25.")
        found.add(InvalidInput(message, field=field, line=line))
    assert minutes <= DAY_MINUTES
    return int(minutes)


def words_of(draft: object, found: Findings, line: int | None) -> dict[str, str]:
    """The texts that are said, within their length."""
    said: dict[str, str] = {}
    for field, most in LENGTHS.items():
        value = getattr(draft, field)
        if value is not None:
            said[field] = checked_text(value, field, most, found, line)
    return said


def checked_text(text: str, field: str, most: int, found: Findings, line: int | None) -> str:
    """A text without blanks around it, that its column can hold."""
    text = text.strip()
    if len(text) > most:
        message = _("This is longer than {most} characters.").format(most=most)
        found.add(InvalidInput(message, field=field, line=line))
    if "\0" in text:
        found.add(InvalidInput(_("The text has a NUL character."), field=field, line=line))
    return text


def hours_of(draft: object, found: Findings, line: int | None) -> dict[str, int]:
    """The minutes of the weekdays that are said."""
    return {
        day: minutes_of(hours, day, found, line)
        for day in WEEKDAYS
        if (hours := getattr(draft, f"hours_{day}")) is not None
    }


def check_term(
    kind: str, until: date | None, first: date, found: Findings, line: int | None
) -> None:
    """A fixed term has a last day, and no other contract has."""
    if (kind == FIXED) != (until is not None):
        message = (
            _("Give the last day of the fixed term.")
            if until is None
            else _("Only a contract for a fixed term has a last day.")
        )
        found.add(InvalidInput(message, field="until", line=line))
    elif until is not None and until < first:
        message = _("The last day lies before the first.")
        found.add(InvalidInput(message, field="until", line=line))
