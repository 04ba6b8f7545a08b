"""Hours of the trading company: fitting out shops of customers, approved, invoiced and booked."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from kantoor.departments.finance.actions.dimensions import add_dimension_value
from kantoor.departments.hr.actions.times.approving import approve_worked_weeks
from kantoor.departments.hr.actions.times.billing import invoice_hours
from kantoor.departments.hr.actions.times.clocking import record_clock_marks
from kantoor.departments.hr.actions.times.costing import post_hour_costs
from kantoor.departments.hr.actions.times.deciding import approve_sheets
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
from kantoor.departments.hr.actions.times.writing import record_hours, submit_week, write_week
from kantoor.departments.hr.drafts_times import (
    ClockMarkDraft,
    HourCostRateDraft,
    HourDraft,
    HourRateDraft,
    OvertimeRuleDraft,
    ShiftDraft,
    ShiftPlan,
    WeekRow,
)
from kantoor.departments.hr.models.times.sheets import week_name
from kantoor.kernel.actors.actor import Actor

PROJECTS = (("WINKEL", "Winkelinrichting"), ("BEURS", "Beursstand"))
WORKERS = ("M0106", "M0107", "M0115")
WEEKS = 5
CLOCKED = ("M0110", "M0111")
ZONE = ZoneInfo("Europe/Amsterdam")


def have_hours(
    officer: Actor, employee: Actor, payer: Actor, controller: Actor, today: date
) -> None:
    """Five weeks of three people, of which the first four are approved, and one's own week."""
    for code, name in PROJECTS:
        add_dimension_value(controller, dimension="project", code=code, name=name)
    start = date(today.year - 2, 1, 1)
    rates = [("", "", 85), ("BEURS", "", 95), ("WINKEL", "K-HEMA", 110)]
    set_hour_rates(
        controller,
        rates=[
            HourRateDraft(start=start, rate=Decimal(rate), project=project, customer=customer)
            for project, customer, rate in rates
        ],
    )
    costs = [
        HourCostRateDraft(start=start, rate=Decimal(rate), job_title=title)
        for title, rate in (("", 42), ("Verkoper", 48), ("Marketeer", 51))
    ]
    set_hour_cost_rates(payer, rates=costs)
    set_hour_settings(controller, cost="45625", covered="40880")
    monday = today - timedelta(days=today.weekday())
    numbers = record_hours(officer, hours=_hours(monday), submit=True)
    newest = f"{(monday - timedelta(days=7)).isocalendar().week:02}"
    earlier = [number for number in numbers if number[6:8] != newest]
    approve_sheets(officer, sheets=earlier)
    invoice_hours(controller, customers=["K-HEMA"], until=monday - timedelta(days=15), on=today)
    post_hour_costs(controller, month=monday - timedelta(days=21))
    row = WeekRow(
        project="BEURS", customer="K-TUIN", text="Opbouw", billable=True, mon=450, tue=240
    )
    write_week(
        employee, week=monday - timedelta(days=7), rows=[row, WeekRow(text="Overleg", tue=90)]
    )
    submit_week(employee, week=monday - timedelta(days=7))


def _hours(monday: date) -> list[HourDraft]:
    found = []
    for back in range(1, WEEKS + 1):
        for n, code in enumerate(WORKERS):
            for day in range(3):
                customer = ("K-HEMA", "K-TUIN", "K-HOTEL")[(n + day) % 3]
                found.append(
                    HourDraft(
                        employee=code,
                        day=monday - timedelta(days=7 * back - day),
                        minutes=180 + 45 * ((n + day + back) % 5),
                        project=PROJECTS[(n + back) % 2][0],
                        customer=customer,
                        billable=day < 2,
                    )
                )
    return found


def have_a_clock(officer: Actor, today: date) -> None:
    """Two weeks of the warehouse by the clock, in shifts; the first is approved, one is out forgotten."""
    start = date(today.year - 1, 1, 1)
    for code, name, starts, ends in (
        ("vroeg", "Vroege dienst", "06:00", "14:30"),
        ("laat", "Late dienst", "14:00", "22:30"),
    ):
        shift = ShiftDraft(code=code, name=name, starts=starts, ends=ends, pause=30)
        set_shift(officer, shift=shift)
    rules = [
        OvertimeRuleDraft(kind="day", percent=150, start=start, after=480),
        OvertimeRuleDraft(kind="saturday", percent=150, start=start),
        OvertimeRuleDraft(kind="sunday", percent=200, start=start),
        OvertimeRuleDraft(kind="holiday", percent=200, start=start),
    ]
    set_overtime_rules(officer, rules=rules)
    monday = today - timedelta(days=today.weekday())
    plans = [
        ShiftPlan(employee=code, week=monday + timedelta(days=7 * week), shift=shift)
        for week in (-2, -1, 0, 1)
        for code, shift in zip(CLOCKED, ("vroeg", "laat"), strict=True)
    ]
    plan_shifts(officer, plans=plans)
    record_clock_marks(officer, marks=_marks(monday))
    before = week_name(monday - timedelta(days=14))
    approve_worked_weeks(officer, weeks=[f"{before}-{code}" for code in CLOCKED])


def _marks(monday: date) -> list[ClockMarkDraft]:
    found = []
    for back in (14, 7):
        for code, hour in zip(CLOCKED, (6, 14), strict=True):
            for n in range(5):
                day = monday - timedelta(days=back - n)
                came = datetime(day.year, day.month, day.day, hour, 2, tzinfo=ZONE)
                left = came + timedelta(minutes=505 + 20 * (n % 3))
                found.append(ClockMarkDraft(employee=code, at=came, kind="in"))
                if (back, code, n) != (7, CLOCKED[0], 3):
                    found.append(ClockMarkDraft(employee=code, at=left, kind="out"))
    return found
