"""Measures a payroll run of many employees in one database; prints JSON (see bench/payroll.py)."""

import json
import resource
import sys
import time
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bench._ledger import company

if TYPE_CHECKING:
    from kantoor.kernel.actors.actor import Actor

COMPONENTS = (
    ("pension", "pretax", "max(0, full_salary - 1500) * 0.0833"),
    ("pension_employer", "employer", "pension * 2"),
    ("shift", "pay", "round_half_up(salary * 0.05, 2) if hours > 150 else 0"),
    ("overtime", "pay", "hour_wage * 1.5 * value"),
    ("travel", "net", "days * 2.30"),
    ("phone", "net", "10"),
    ("parking", "net", "-min(15, salary * 0.01)"),
    ("union", "pretax", "salary * 0.004"),
)
FIRST = date(2026, 1, 1)


def main(count: int) -> None:
    """Hire so many people, and make and approve one month's run of them."""
    actor = company()
    staff(actor, count)
    from kantoor.departments.hr.actions.payroll.runs import approve_pay_run, make_pay_run

    began = time.perf_counter()
    made = make_pay_run(actor, month=FIRST)
    written = time.perf_counter()
    approve_pay_run(actor, run=made.run)
    booked = time.perf_counter()
    assert (made.payslips, made.errors) == (count, 0)
    prove(count)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    found = {"make": written - began, "approve": booked - written, "mb": peak}
    print(json.dumps({**found, "seconds": booked - began}))


def prove(count: int) -> None:
    """The journal in the ledger equals the payslips to the cent."""
    from django.db.models import Sum

    from kantoor.departments.finance.models import Line
    from kantoor.departments.hr.models import Payslip
    from kantoor.departments.hr.queries.payroll.past import lines_of

    booked = dict(Line.objects.values_list("account__code").annotate(Sum("amount")).order_by())
    sums: dict[str, int] = {}
    slips = 0
    for net, gross, tax, lines in Payslip.objects.values_list("net", "gross", "tax", "lines"):
        slips += 1
        premiums = sum(
            each.amount
            for each in lines_of(lines)
            if each.code in ("zvw", "awf", "aof", "wko", "whk")
        )
        for account, amount in (("16101", -net), ("16230", -tax - premiums), ("40110", gross)):
            sums[account] = sums.get(account, 0) + amount
    assert slips == count and sum(booked.values()) == 0
    assert {account: booked[account] for account in sums} == sums


def staff(actor: "Actor", count: int) -> None:
    """People with a salary each, and the company's components."""
    from kantoor.departments.hr.actions.payroll.components import set_pay_component, set_pay_values
    from kantoor.departments.hr.actions.payroll.salaries import set_pay_settings, set_salaries
    from kantoor.departments.hr.actions.people.hiring import hire_employees
    from kantoor.departments.hr.drafts_pay import (
        ComponentDraft,
        SalaryDraft,
        SettingsDraft,
        ValueDraft,
    )
    from kantoor.departments.hr.drafts_people import HireDraft

    week: dict[str, Any] = {
        f"hours_{day}": Decimal(8) for day in ("mon", "tue", "wed", "thu", "fri")
    }
    codes = [f"B{n:05}" for n in range(count)]
    for start in range(0, count, 1000):
        some = codes[start : start + 1000]
        hire_employees(
            actor,
            employees=[HireDraft(name=code, employee=code, start=FIRST, **week) for code in some],
        )
    set_pay_settings(actor, settings=SettingsDraft(start=FIRST, whk_percent=Decimal("1.22")))
    set_salaries(
        actor,
        salaries=[
            SalaryDraft(employee=code, start=FIRST, amount=220_000 + n * 7919 % 500_000)
            for n, code in enumerate(codes)
        ],
    )
    for code, kind, formula in COMPONENTS:
        draft = ComponentDraft(code=code, name=code, kind=kind, formula=formula, start=FIRST)  # type: ignore[arg-type]
        set_pay_component(actor, component=draft)
    set_pay_values(
        actor,
        values=[
            ValueDraft(employee=code, code="overtime", start=FIRST, value=Decimal(n % 9))
            for n, code in enumerate(codes)
        ],
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
