"""Leave and sickness of the trading company: granted, taken, asked, and somebody who is sick."""

from datetime import date, timedelta

from kantoor.departments.hr.actions.leave.asking import ask_leave, record_leaves
from kantoor.departments.hr.actions.leave.granting import grant_leave
from kantoor.departments.hr.actions.leave.kinds import set_up_leave
from kantoor.departments.hr.actions.leave.sickness import (
    note_partial_return,
    note_sickness_step,
    report_sick,
)
from kantoor.departments.hr.drafts_leave import LeaveDraft
from kantoor.kernel.actors.actor import Actor

SUMMER = (("M0102", 7, 10), ("M0106", 7, 14), ("M0110", 8, 11), ("M0116", 6, 5))
"""Who was away in summer: the month, and for how many days."""
SICK = "M0109"


def have_absence(officer: Actor, employee: Actor, today: date) -> None:
    """Grant two years, let people be away, and leave a request that waits for the manager."""
    set_up_leave(officer)
    for year in (today.year - 1, today.year, today.year + 1):
        grant_leave(officer, year=year)
    monday = today + timedelta(days=14 - today.weekday())
    taken = [
        LeaveDraft(employee=code, first=first, last=first + timedelta(days=days))
        for code, month, days in SUMMER
        if (first := date(today.year, month, 6)) < today
    ]
    coming = [
        LeaveDraft(employee="M0107", first=monday, last=monday + timedelta(days=4)),
        LeaveDraft(employee="M0104", first=today + timedelta(days=1), first_part="afternoon"),
    ]
    record_leaves(officer, leaves=[*taken, *coming])
    ask_leave(
        employee, first=monday + timedelta(days=2), last=monday + timedelta(days=8), note="Naar zee"
    )
    began = today - timedelta(days=50)
    report_sick(officer, employee=SICK, first=began)
    note_sickness_step(
        officer, employee=SICK, step="analysis", done_on=began + timedelta(days=38),
        evidence="Dossier 12",
    )  # fmt: skip
    half = today - timedelta(days=6)
    note_partial_return(officer, employee=SICK, percent=40, first=half)
