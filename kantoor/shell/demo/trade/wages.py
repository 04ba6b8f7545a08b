"""The trading company's pay: a salary for everybody, a pension, and the runs of two months."""

from datetime import date, timedelta
from decimal import Decimal

from kantoor.departments.finance.actions.paying.approving import approve_payment_run
from kantoor.departments.finance.actions.paying.making import make_payment_file
from kantoor.departments.finance.queries.paying.runs import payment_run
from kantoor.departments.hr.actions.payroll.components import (
    set_pay_component,
    set_pay_values,
    set_standard_components,
)
from kantoor.departments.hr.actions.payroll.runs import approve_pay_run, make_pay_run
from kantoor.departments.hr.actions.payroll.salaries import set_pay_settings, set_salaries
from kantoor.departments.hr.actions.payroll.wages import pay_wages
from kantoor.departments.hr.actions.people.files import change_person_file
from kantoor.departments.hr.drafts_pay import (
    ComponentDraft,
    SalaryDraft,
    SettingsDraft,
    ValueDraft,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.shell.demo.trade.colleagues import COLLEAGUES
from kantoor.shell.demo.trade.office import Office, by_two
from kantoor.shell.demo.trade.relations import iban_of
from kantoor.shell.demo.trade.staffing import HEADS

FIGURES = (2025, 2026)
"""The years with premiums; in others nobody can be paid yet."""
WAGES = {
    "Directie": 680_000, "Administratie": 365_000, "Verkoop": 342_500, "Inkoop": 358_000,
    "Magazijn": 274_000, "Marketing": 361_500, "ICT": 421_000, "HR": 389_000,
}  # fmt: skip


def paid_here(today: date) -> tuple[date, ...]:
    """The first days of the months that are paid by payroll: the two before this one."""
    last = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    first = (last - timedelta(days=1)).replace(day=1)
    return (first, last) if {first.year, last.year} <= set(FIGURES) else ()


def pay_people(payroll: Actor, officer: Actor, office: Office, today: date) -> None:
    """Set what everybody earns, and pay the two months before this one."""
    months = paid_here(today)
    if not months:
        return
    first = months[0]
    set_pay_settings(payroll, settings=SettingsDraft(start=first, whk_percent=Decimal("1.36")))
    set_salaries(
        payroll,
        salaries=[
            SalaryDraft(
                employee=each.code,
                start=first,
                amount=WAGES[each.department] + n * 1_750
                + (65_000 if each.code in HEADS.values() else 0),
            )
            for n, each in enumerate(COLLEAGUES)
        ],
    )  # fmt: skip
    components = (
        ("pensioen", "Pensioenpremie", "pretax", "max(0, salary - 1550) * 0.0692", True),
        ("pensioen_werkgever", "Pensioen werkgever", "employer", "pensioen * 2", True),
        ("reiskosten", "Reiskosten", "net", "days * value * 0.23", False),
    )
    for code, name, kind, formula, everyone in components:
        set_pay_component(
            payroll,
            component=ComponentDraft(
                code=code, name=name, kind=kind, formula=formula,  # type: ignore[arg-type]
                start=first, everyone=everyone,
            ),
        )  # fmt: skip
    set_standard_components(payroll, start=first)
    set_pay_values(
        payroll,
        values=[
            ValueDraft(employee=each.code, code="reiskosten", start=first, value=Decimal(18 + n))
            for n, each in enumerate(COLLEAGUES[::3])
        ],
    )
    for each in COLLEAGUES:
        change_person_file(officer, employee=each.code, iban=iban_of("NL", each.code))
    for month in months:
        made = make_pay_run(payroll, month=month)
        if month == first:
            approve_pay_run(office.controller, run=made.run)
            _pay(office, made.run)


def _pay(office: Office, run: str) -> None:
    """The wages of a run go to the bank, as two people approved their sum."""
    number = pay_wages(office.controller, runs=[run]).payment
    digest = payment_run(office.controller, number=number).digest
    by_two(
        office.controller,
        lambda: approve_payment_run(office.bookkeeper, run=number, digest=digest),
    )
    make_payment_file(office.bookkeeper, run=number)
