"""Until when something is to be read, and when one reminds people of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

AT_ONCE = timedelta(hours=1)
"""What may not wait, a crisis notice, is to be read within this."""
BEFORE = timedelta(days=2)
"""So long before its end people are reminded, or halfway where that is later."""


@dataclass(frozen=True, slots=True)
class Terms:
    """When somebody who did not read something is reminded, and when their manager is told."""

    remind_at: datetime
    due_at: datetime


def terms(asked_at: datetime, days: int, *, at_once: bool = False) -> Terms:
    """The terms of what is asked at a moment, to be read within so many days, or at once."""
    span = AT_ONCE if at_once else timedelta(days=max(days, 1))
    return Terms(asked_at + max(span / 2, span - BEFORE), asked_at + span)
