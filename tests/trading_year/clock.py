"""The day that it is in a story, for all that asks the time of Django."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils import timezone


class Clock:
    """Stands at ten in the morning (UTC) of a day until it is put on."""

    def __init__(self, patch: pytest.MonkeyPatch, on: str) -> None:
        self.to(on)
        patch.setattr(timezone, "now", lambda: self.moment)

    def to(self, on: str) -> date:
        """Let it be that day."""
        day = date.fromisoformat(on)
        self.moment = datetime.combine(day, time(10), UTC)
        return day
