"""Rows in every table of HR's leave, for `complete.py`; after those of its people."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from kantoor.departments.hr.actions.leave.asking import record_leaves
from kantoor.departments.hr.actions.leave.correcting import correct_leave
from kantoor.departments.hr.actions.leave.granting import grant_leave
from kantoor.departments.hr.actions.leave.kinds import set_up_leave
from kantoor.departments.hr.actions.leave.sickness import (
    note_partial_return,
    note_sickness_step,
    report_sick,
)
from kantoor.departments.hr.drafts_leave import LeaveCorrection, LeaveDraft
from kantoor.kernel.actors.actor import Actor


def hr_leave(anne: Actor) -> None:
    """Everything of HR's leave that leaves rows: lots, a correction, leave, two who are sick."""
    set_up_leave(anne)
    grant_leave(anne, year=timezone.localdate().year)
    reason = LeaveCorrection(
        employee="M1", hours=Decimal(8), on=timezone.localdate(), reason="Worked at a fair"
    )
    correct_leave(anne, correction=reason)
    first = date(timezone.localdate().year, 6, 1)
    last = first + timedelta(days=6)
    record_leaves(
        anne,
        leaves=[
            LeaveDraft(employee=code, first=first, last=last, note="Sea") for code in ("M1", "M2")
        ],
    )
    for code in ("M1", "M2"):
        began = timezone.localdate() - timedelta(days=45)
        report_sick(anne, employee=code, first=began)
        half = began + timedelta(days=14)
        note_partial_return(anne, employee=code, percent=50, first=half)
        note_sickness_step(anne, employee=code, step="analysis", done_on=half, evidence="Cabinet 3")
