"""Approved hours to invoices and cost: at the right rate, once, and followed when they change."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kantoor.departments.finance.drafts_invoices import CreditLine
from kantoor.departments.finance.public import credit_invoice
from kantoor.departments.hr.actions.times.billing import free_hours, invoice_hours
from kantoor.departments.hr.actions.times.costing import post_hour_costs
from kantoor.departments.hr.actions.times.deciding import approve_sheets, correct_hours
from kantoor.departments.hr.actions.times.rates import (
    set_hour_cost_rate,
    set_hour_cost_rates,
    set_hour_rate,
    set_hour_rates,
    set_hour_settings,
)
from kantoor.departments.hr.actions.times.writing import record_hours
from kantoor.departments.hr.drafts_times import (
    HourCorrection,
    HourCostRateDraft,
    HourDraft,
    HourRateDraft,
)
from kantoor.departments.hr.errors_times import NoHourRate, NotCredited
from kantoor.departments.hr.models import HourBilled, HourBilling, HourCost, HourLine
from kantoor.departments.hr.queries.times.margin import hour_margin
from kantoor.departments.hr.queries.times.proposal import hours_to_invoice, net_of
from kantoor.departments.hr.queries.times.rates import HourRates, Rate, hour_cost_rates, hour_rates
from kantoor.departments.hr.tests.times.workers import Workers
from kantoor.kernel.errors import InvalidInput, NotAllowed, NotFound

START, ON = date(2026, 1, 1), date(2026, 3, 31)


def rated(workers: Workers) -> None:
    set_hour_rate(workers.carla, rate=HourRateDraft(start=START, rate=Decimal(90)))


def costed(workers: Workers) -> None:
    rates = [HourCostRateDraft(start=START, rate=Decimal("41.25"))]
    set_hour_cost_rates(workers.staff.house.administrator, rates=rates)
    set_hour_settings(workers.carla, cost="45625", covered="40880")


def test_the_narrowest_rate_of_the_day_holds(workers: Workers) -> None:
    given = [
        ("2026-01-01", 90, "", "", ""), ("2026-03-10", 95, "", "", ""), ("2026-01-01", 70, "", "", "E1"),
        ("2026-01-01", 80, "", "K1", ""), ("2026-01-01", 100, "P1", "", ""),
        ("2026-01-01", 110, "P1", "K1", ""),
    ]  # fmt: skip
    rates = [
        HourRateDraft(
            start=date.fromisoformat(on), rate=Decimal(rate), project=p, customer=k, employee=e
        )
        for on, rate, p, k, e in given
    ]
    assert set_hour_rates(workers.carla, rates=rates) == len(hour_rates(workers.carla)) == 6
    staff = workers.staff
    k1, k2, e1, e2 = (staff.party(code) for code in ("K1", "K2", "E1", "E2"))
    held = HourRates(staff.company_id)
    asked = [
        ("P1", k1, e1, 110), ("P1", k2, e1, 100), ("P2", k1, e1, 80), ("", k2, e1, 70),
        ("P2", k2, e2, 95),
    ]  # fmt: skip
    for project, customer, party, rate in asked:
        found = held.on(date(2026, 3, 10), project, customer, party)
        assert found is not None and found.rate == rate
    earlier = held.on(date(2026, 3, 9), "", k2, e2)
    assert earlier is not None and earlier.rate == 90
    assert held.on(date(2025, 12, 31), "", k2, e2) is None


@pytest.mark.parametrize(
    ("minutes", "rate", "net"),
    [(50, "100", 8333), (1, "1.5", 3), (-90, "95", -14250), (20, "0.01", 0)],
)
def test_hours_times_a_rate_are_rounded_half_up_once(minutes: int, rate: str, net: int) -> None:
    assert net_of(minutes, Rate(Decimal(rate), "EUR")) == net


def test_rates_have_bounds_and_what_they_name_exists(workers: Workers) -> None:
    for draft in (
        HourRateDraft(start=START, rate=Decimal("1e12")),
        HourRateDraft(start=START, rate=Decimal("NaN")),
        HourRateDraft(start=START, rate=Decimal("0.0000001")),
        HourRateDraft(start=date(1, 1, 1), rate=Decimal(1)),
    ):
        with pytest.raises(InvalidInput):
            set_hour_rate(workers.carla, rate=draft)
    long = HourCostRateDraft(start=START, rate=Decimal(1), job_title="x" * 121)
    with pytest.raises(InvalidInput):
        set_hour_cost_rate(workers.staff.house.administrator, rate=long)
    for field in ("project", "customer", "employee"):
        draft = HourRateDraft(start=START, rate=Decimal(1), **{field: "X9"})
        with pytest.raises(NotFound):
            set_hour_rate(workers.carla, rate=draft)
    with pytest.raises(InvalidInput):
        set_hour_settings(workers.carla, cost="45625", covered="45625")


def test_approved_hours_are_invoiced_once(workers: Workers) -> None:
    workers.approved(workers.row(tue=50), workers.row(customer="K2", project="", wed=60, mon=0))
    with pytest.raises(NoHourRate):
        invoice_hours(workers.carla, customers=["K1"], on=ON)
    rated(workers)
    proposal = {row.customer: row for row in hours_to_invoice(workers.carla)}
    assert (proposal["K1"].minutes, proposal["K1"].amount) == (530, 79_500)
    done = invoice_hours(workers.carla, customers=["K1", "K2", "K1"], on=ON)
    assert (done.invoices, done.minutes, done.net) == (2, 590, 79_500 + 9_000)
    again = invoice_hours(workers.carla, customers=["K1", "K2"], on=ON)
    assert again.invoices == 0 and hours_to_invoice(workers.carla) == []
    assert HourBilled.objects.count() == HourLine.objects.count() == 3


def test_hours_that_are_not_approved_or_not_billable_are_not_invoiced(workers: Workers) -> None:
    rated(workers)
    workers.approved(workers.row(billable=False))
    hour = HourDraft(employee="E2", day=date(2026, 3, 9), minutes=60, customer="K1", billable=True)
    record_hours(workers.helen, hours=[hour], submit=True)
    assert hours_to_invoice(workers.carla) == []
    with pytest.raises(NotAllowed):
        hours_to_invoice(workers.helen)


def test_hours_of_a_credited_invoice_are_freed_when_asked(workers: Workers) -> None:
    rated(workers)
    workers.approved()
    first = invoice_hours(workers.carla, customers=["K1"], on=ON).first
    with pytest.raises(NotCredited):
        free_hours(workers.carla, invoice=first)
    credit_invoice(workers.carla, invoice=first, date=ON, why="Wrong")
    assert free_hours(workers.carla, invoice=first) == 1
    assert free_hours(workers.carla, invoice=first) == 0
    assert invoice_hours(workers.carla, customers=["K1"], on=ON).net == 72_000
    with pytest.raises(NotFound):
        free_hours(workers.carla, invoice="X")


def test_an_invoice_credited_in_parts_is_credited_when_nothing_is_left(workers: Workers) -> None:
    set_hour_rate(workers.carla, rate=HourRateDraft(start=START, rate=Decimal("1.01")))
    workers.approved(workers.row(mon=60))
    first = invoice_hours(workers.carla, customers=["K1"], on=ON).first
    half = [CreditLine(n=1, quantity=Decimal("0.5"))]  # 0.505, rounded up each time.
    credit_invoice(workers.carla, invoice=first, date=ON, why="Half", lines=half)
    with pytest.raises(NotCredited):
        free_hours(workers.carla, invoice=first)
    credit_invoice(workers.carla, invoice=first, date=ON, why="And the rest")
    assert free_hours(workers.carla, invoice=first) == 1


def test_a_correction_of_invoiced_hours_is_on_the_next_invoice(workers: Workers) -> None:
    rated(workers)
    workers.approved()
    invoice_hours(workers.carla, customers=["K1"], on=ON)
    line = HourLine.objects.get()
    correct_hours(workers.mo, corrections=[HourCorrection(line=line.pk, minutes=420)])
    (row,) = hours_to_invoice(workers.carla)
    assert (row.minutes, row.amount) == (-60, -9_000)
    assert invoice_hours(workers.carla, customers=["K1"], on=ON).net == -9_000
    assert sum(billing.amount for billing in HourBilling.objects.all()) == 63_000


def test_hours_are_taken_back_at_the_rate_they_were_invoiced_at(workers: Workers) -> None:
    rated(workers)
    workers.approved()
    first = invoice_hours(workers.carla, customers=["K1"], on=ON).first
    set_hour_rate(workers.carla, rate=HourRateDraft(start=START, rate=Decimal(100)))
    line = HourLine.objects.get()
    correct_hours(workers.mo, corrections=[HourCorrection(line=line.pk, minutes=420)])
    # Eight hours at 90 go back, seven at 100 come in place of them.
    assert invoice_hours(workers.carla, customers=["K1"], on=ON).net == -72_000 + 70_000
    credit_invoice(workers.carla, invoice=first, date=ON, why="Wrong")
    free_hours(workers.carla, invoice=first)
    assert invoice_hours(workers.carla, customers=["K1"], on=ON).net == 72_000


def test_cost_is_booked_by_month_and_then_as_differences(workers: Workers) -> None:
    workers.approved(workers.row(tue=50), workers.row(project="P2", wed=60, mon=0))
    with pytest.raises(NoHourRate):
        post_hour_costs(workers.carla, month=ON)
    costed(workers)
    done = post_hour_costs(workers.carla, month=ON)
    # 530 minutes at 41.25 are 364.375, rounded half up.
    assert (done.minutes, done.amount) == (590, 36_438 + 4_125)
    assert post_hour_costs(workers.carla, month=ON).entry == ""
    line = HourLine.objects.filter(project="P2").get()
    correct_hours(workers.mo, corrections=[HourCorrection(line=line.pk, minutes=0)])
    assert post_hour_costs(workers.carla, month=ON).amount == -4_125
    rate = HourCostRateDraft(start=START, rate=Decimal(60))
    set_hour_cost_rate(workers.staff.house.administrator, rate=rate)
    assert post_hour_costs(workers.carla, month=ON).amount == 53_000 - 36_438
    assert sum(row.amount for row in HourCost.objects.all()) == 53_000


def test_margin_is_what_was_invoiced_less_what_it_cost(workers: Workers) -> None:
    rated(workers)
    costed(workers)
    workers.approved()
    invoice_hours(workers.carla, customers=["K1"], on=ON)
    for by, code in (("project", "P1"), ("customer", "K1"), ("employee", "E1")):
        (row,) = hour_margin(workers.carla, by=by, start=date(2026, 3, 1), end=ON)  # type: ignore[arg-type]
        assert (row.code, row.minutes, row.billed_minutes) == (code, 480, 480)
        assert (row.cost, row.billed, row.margin) == (33_000, 72_000, 39_000)
    with pytest.raises(NotAllowed):
        hour_cost_rates(workers.carla)


def test_many_hours_are_invoiced_and_booked_in_as_many_statements_as_few(workers: Workers) -> None:
    rated(workers)
    costed(workers)
    counts = []
    for codes, month in ((["E1"], 4), (["E1", "E2", "M1"], 5)):
        hours = [
            HourDraft(
                employee=code, day=date(2026, month, day), minutes=60, customer="K1", billable=True
            )
            for code in codes
            for day in range(4, 4 + 10 * len(codes))
            if day <= 28
        ]
        numbers = record_hours(workers.helen, hours=hours, submit=True)
        approve_sheets(workers.helen, sheets=numbers)
        with CaptureQueriesContext(connection) as seen:
            invoice_hours(workers.carla, customers=["K1"], on=date(2026, month, 28))
            post_hour_costs(workers.carla, month=date(2026, month, 1))
        counts.append(len(seen))
    assert counts[1] <= counts[0]
