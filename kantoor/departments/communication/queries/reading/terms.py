"""Until when something is to be read, and when one reminds people of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

AT_ONCE = timedelta(hours=1)
"""What is to be read within no days at all is to be read within this."""
BEFORE = timedelta(days=2)
"""So long before its end people are reminded, or halfway where that is later."""


@dataclass(frozen=True, slots=True)
class Terms:
    """When somebody who did not read something is reminded, and when their manager is told."""

    remind_at: datetime
    due_at: datetime


def terms(asked_at: datetime, days: int) -> Terms:
    """The terms of what is asked at a moment, to be read within so many days; 0 is at once."""
    span = timedelta(days=days) if days > 0 else AT_ONCE
    return Terms(asked_at + max(span / 2, span - BEFORE), asked_at + span)
