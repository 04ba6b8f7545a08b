"""Write leave that a run pays out to leavers off their ledgers."""

from datetime import date

import msgspec
from django.db.models import Q

from kantoor.departments.hr.actions.leave.keeping import keep_ledgers
from kantoor.departments.hr.models import LeaveKind, LeavePayout, PayRun, Payslip
from kantoor.departments.hr.queries.leave.balance import HOLIDAY
from kantoor.departments.hr.queries.leave.payouts import standing_payouts
from kantoor.departments.hr.queries.payroll.weekdays import first_of

_left = msgspec.json.Decoder(dict[str, int])
_months = msgspec.json.Decoder(dict[str, str])


def write_off_leave(run: PayRun) -> int:
    """Note what payslips of an approved run pay out, and reckon those ledgers anew; gives how many.

    A payslip that corrects a month tells of it anew, so that what it no longer pays comes back.
    """
    kind = LeaveKind.objects.filter(company_id=run.company_id, code=HOLIDAY).first()
    rows = Payslip.objects.filter(run=run).exclude(Q(left="{}") & Q(corrected="{}"))
    columns = rows.values_list("pk", "party_id", "left", "corrected", "month")
    told = [
        (pk, party, _by_month(_left.decode(left)), {*_months.decode(corrected), f"{month:%Y-%m}"})
        for pk, party, left, corrected, month in columns
    ]
    if kind is None or not told:
        return 0
    before = standing_payouts(run.company_id, {party for _pk, party, _left, _months in told})
    fresh = []
    for pk, party, now, months in told:
        had = {month: each for (who, month), each in before.items() if who == party}
        for month in sorted(now.keys() | {each for each in had if f"{each:%Y-%m}" in months}):
            on, minutes = now.get(month, (had[month].on, 0) if month in had else (month, 0))
            known = had.get(month)
            if (known.on, known.minutes) != (on, minutes) if known else minutes:
                fresh.append(
                    LeavePayout(
                        company_id=run.company_id, party_id=party, kind=kind, slip_id=pk,
                        month=month, on=on, minutes=minutes,
                    )
                )  # fmt: skip
    LeavePayout.objects.bulk_create(fresh)
    keep_ledgers(run.company_id, {each.party_id for each in fresh})
    return len(fresh)


def _by_month(left: dict[str, int]) -> dict[date, tuple[date, int]]:
    days = {date.fromisoformat(day): minutes for day, minutes in left.items()}
    return {first_of(day): (day, minutes) for day, minutes in days.items()}
