"""Rows in every table of HR's times, for `complete.py`."""

from datetime import UTC, date, datetime
from decimal import Decimal

from kantoor.departments.finance.actions.dimensions import add_dimension_value
from kantoor.departments.finance.actions.single_invoices import credit_invoice
from kantoor.departments.hr.actions.times.approving import approve_worked_weeks
from kantoor.departments.hr.actions.times.billing import free_hours, invoice_hours
from kantoor.departments.hr.actions.times.clock_corrections import (
    add_clock_mark,
    take_back_clock_mark,
)
from kantoor.departments.hr.actions.times.clocking import record_clock_marks
from kantoor.departments.hr.actions.times.costing import post_hour_costs
from kantoor.departments.hr.actions.times.deciding import approve_sheets, correct_hours
from kantoor.departments.hr.actions.times.rates import (
    set_hour_cost_rates,
    set_hour_rates,
    set_hour_settings,
)
from kantoor.departments.hr.actions.times.shifts import (
    plan_shifts,
    set_overtime_rules,
    set_shift,
)
from kantoor.departments.hr.actions.times.writing import record_hours
from kantoor.departments.hr.drafts_times import (
    ClockMarkDraft,
    HourCorrection,
    HourCostRateDraft,
    HourDraft,
    HourRateDraft,
    OvertimeRuleDraft,
    ShiftDraft,
    ShiftPlan,
)
from kantoor.departments.hr.models import HourLine
from kantoor.kernel.actors.actor import Actor

START = date(2026, 1, 1)


def hr_times(anne: Actor) -> None:
    """Everything of HR's times that leaves rows: hours approved, invoiced, corrected, booked."""
    add_dimension_value(anne, dimension="project", code="T1", name="Mill")
    rates = [
        HourRateDraft(start=START, rate=Decimal(rate), project=project)
        for rate, project in ((90, ""), (100, "T1"))
    ]
    set_hour_rates(anne, rates=rates)
    costs = [
        HourCostRateDraft(start=START, rate=Decimal(rate), job_title=title)
        for rate, title in ((40, ""), (50, "Seller"))
    ]
    set_hour_cost_rates(anne, rates=costs)
    for days in (14, 30):
        set_hour_settings(anne, cost="45625", covered="40880", due_days=days)
    hours = [
        HourDraft(
            employee=code, day=date(2026, 3, 9), minutes=90, customer=customer, billable=True,
            project=project,
        )
        for code, customer, project in (("M1", "K1", "T1"), ("M2", "K1", ""), ("M2", "K2", ""))
    ]  # fmt: skip
    numbers = record_hours(anne, hours=hours, submit=True)
    approve_sheets(anne, sheets=numbers)
    first = invoice_hours(anne, customers=["K1"], until=date(2026, 3, 31), on=date(2026, 3, 31))
    post_hour_costs(anne, month=date(2026, 3, 1))
    credit_invoice(anne, invoice=first.first, date=date(2026, 4, 1), why="Wrong month")
    free_hours(anne, invoice=first.first)
    invoice_hours(anne, customers=["K1", "K2"], until=date(2026, 3, 31), on=date(2026, 4, 2))
    line = HourLine.objects.filter(company_id=anne.company_id).earliest("pk")
    correct_hours(anne, corrections=[HourCorrection(line=line.pk, minutes=60)])
    post_hour_costs(anne, month=date(2026, 3, 1))
    _clock(anne)


def _clock(anne: Actor) -> None:
    """Shifts planned, time clocked, corrected and approved."""
    for code in ("day", "late"):
        shift = ShiftDraft(code=code, name=code, starts="08:00", ends="17:00", pause=30)
        set_shift(anne, shift=shift)
    plan_shifts(anne, plans=[ShiftPlan(employee="M1", week=START, shift="day", thu=False)])
    rules = [
        OvertimeRuleDraft(kind="day", percent=150, start=START, after=480),
        OvertimeRuleDraft(kind="sunday", percent=200, start=START),
    ]
    set_overtime_rules(anne, rules=rules)
    for code in ("M1", "M2"):
        came, left = datetime(2026, 3, 9, 8, tzinfo=UTC), datetime(2026, 3, 9, 18, tzinfo=UTC)
        marks = [
            ClockMarkDraft(employee=code, kind="in", at=came),
            ClockMarkDraft(employee=code, kind="out", at=left),
        ]
        record_clock_marks(anne, marks=marks)
    mark = add_clock_mark(
        anne, employee="M2", kind="out", at=datetime(2026, 3, 9, 19, tzinfo=UTC), why="Slip"
    )
    take_back_clock_mark(anne, mark=mark, why="No slip")
    approve_worked_weeks(anne, weeks=["2026-W11-M2"])
