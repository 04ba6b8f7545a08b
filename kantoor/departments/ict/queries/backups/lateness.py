"""When the next run of a backup is missed: by the clock, or by the working time of a calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kantoor.departments.ict.models import BackupPlan
from kantoor.kernel.calendars.engine import instant_after
from kantoor.kernel.calendars.queries import latest_versions


@dataclass(frozen=True)
class Lateness:
    """The calendars of some plans, looked up at once."""

    terms: dict[int, str]

    @classmethod
    def of(cls, plans: Iterable[BackupPlan]) -> "Lateness":
        """What is needed for these plans; one statement at most."""
        keys = sorted({plan.calendar_id for plan in plans if plan.calendar_id is not None})
        versions = latest_versions(keys) if keys else {}
        return cls({key: version.terms for key, version in versions.items()})

    def too_late_at(self, plan: BackupPlan, last: datetime) -> datetime:
        """The moment after which the next run is missed, given when the last one ended."""
        seconds = plan.every_s + plan.grace_s
        if plan.calendar_id is None:
            return last + timedelta(seconds=seconds)
        return instant_after(self.terms[plan.calendar_id], last, seconds)
