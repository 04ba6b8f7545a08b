"""What calendars tell after the fact."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CalendarChanged:
    """A calendar has a new version."""

    company_id: int
    calendar_id: int
    version_id: int
