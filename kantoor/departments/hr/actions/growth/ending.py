"""The end with a candidate, from which the time counts that their data is kept."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from kantoor.departments.hr.models import Candidate
from kantoor.departments.hr.queries.privacy.tables import months_after

WEEKS, MONTHS_WITH_CONSENT = 4, 12


def end_candidates(rows: Sequence[Candidate], stage: str) -> None:
    """End with candidates, whose data is kept four weeks, or a year with their consent."""
    today, now = timezone.localdate(), timezone.now()
    for row in rows:
        row.stage, row.ended_at = stage, now
        row.keep_until = (
            months_after(today, MONTHS_WITH_CONSENT)
            if row.consent
            else today + timedelta(weeks=WEEKS)
        )
    Candidate.objects.bulk_update(rows, ["stage", "ended_at", "keep_until"])
