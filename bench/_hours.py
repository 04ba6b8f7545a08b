"""Measures hours to invoices and cost in one database; prints JSON (see bench/hours.py)."""

import json
import os
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from bench._ledger import company

PEOPLE = int(os.environ.get("BENCH_HOURS_PEOPLE", "10000"))
CUSTOMERS, PROJECTS, DAYS = 200, 20, 20
MONTH = date(2026, 3, 1)


def main() -> None:
    """Hire, write and approve; then propose, invoice and book."""
    actor = company()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from kantoor.departments.hr.actions.times.billing import invoice_hours
    from kantoor.departments.hr.actions.times.costing import post_hour_costs
    from kantoor.departments.hr.queries.times.proposal import hours_to_invoice

    customers = _written(actor)
    took: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        with CaptureQueriesContext(connection) as seen:
            found = work()
        took[f"{name}_s"] = time.perf_counter() - start
        took[f"{name}_statements"] = len(seen)
        return found

    last = date(2026, 3, 31)
    proposal = timed("propose", lambda: hours_to_invoice(actor))
    done = timed("invoice", lambda: invoice_hours(actor, customers=customers, on=last))
    booked = timed("book", lambda: post_hour_costs(actor, month=MONTH))
    assert done.net == sum(row.amount for row in proposal)
    assert booked.minutes == done.minutes == PEOPLE * DAYS * 480
    print(json.dumps(took))


def _written(actor: Any) -> list[str]:
    """Approved hours of everybody; gives the customers' codes."""
    from kantoor.departments.finance.actions.dimensions import add_dimension_values
    from kantoor.departments.finance.drafts_books import ValueDraft
    from kantoor.departments.finance.public import SupplierDraft, create_suppliers
    from kantoor.departments.hr.actions.people.hiring import hire_employees
    from kantoor.departments.hr.actions.times import deciding, rates, writing
    from kantoor.departments.hr.drafts_people import HireDraft
    from kantoor.departments.hr.drafts_times import HourCostRateDraft, HourDraft, HourRateDraft

    week: dict[str, Any] = {f"hours_{day}": Decimal(8) for day in ("mon", "tue", "wed", "thu")}
    codes = [f"B{n:05}" for n in range(PEOPLE)]
    began = date(2024, 1, 1)
    hire_employees(
        actor,
        employees=[HireDraft(name=f"Person {c}", employee=c, start=began, **week) for c in codes],
    )
    customers = [f"K{n:03}" for n in range(CUSTOMERS)]
    create_suppliers(
        actor,
        suppliers=[SupplierDraft(code=c, name=f"Customer {c}", country="NL") for c in customers],
    )
    projects = [f"P{n:02}" for n in range(PROJECTS)]
    add_dimension_values(
        actor, dimension="project", values=[ValueDraft(code=c, name=c) for c in projects]
    )
    rates.set_hour_rates(actor, rates=[HourRateDraft(start=began, rate=Decimal(90))])
    rates.set_hour_cost_rates(actor, rates=[HourCostRateDraft(start=began, rate=Decimal(45))])
    rates.set_hour_settings(actor, cost="45625", covered="40880")
    hours = [
        HourDraft(
            employee=code, day=date(2026, 3, 2 + day), minutes=480, billable=True,
            customer=customers[n % CUSTOMERS], project=projects[n % PROJECTS],
        )
        for n, code in enumerate(codes)
        for day in range(DAYS)
    ]  # fmt: skip
    numbers = writing.record_hours(actor, hours=hours, submit=True)
    deciding.approve_sheets(actor, sheets=numbers)
    return customers


if __name__ == "__main__":
    main()
