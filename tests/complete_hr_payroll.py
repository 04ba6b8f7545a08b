"""Rows in every table of HR's payroll, for `complete.py`."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from kantoor.departments.finance.actions.paying.approving import approve_payment_run
from kantoor.departments.finance.actions.paying.making import make_payment_file
from kantoor.departments.finance.queries.paying.own_accounts import own_accounts
from kantoor.departments.finance.queries.paying.runs import payment_run
from kantoor.departments.hr.actions.leave.granting import grant_leave
from kantoor.departments.hr.actions.payroll.components import (
    set_pay_component,
    set_pay_values,
    set_standard_components,
)
from kantoor.departments.hr.actions.payroll.runs import approve_pay_run, make_pay_run
from kantoor.departments.hr.actions.payroll.salaries import set_pay_settings, set_salaries
from kantoor.departments.hr.actions.payroll.wages import pay_wages, return_wages
from kantoor.departments.hr.actions.people.ending import end_employments
from kantoor.departments.hr.actions.people.files import change_person_file
from kantoor.departments.hr.actions.people.hiring import hire_employees
from kantoor.departments.hr.drafts_pay import (
    ComponentDraft,
    SalaryDraft,
    SettingsDraft,
    ValueDraft,
)
from kantoor.departments.hr.drafts_people import EndDraft, HireDraft
from kantoor.kernel.actions.runner import NeedsSecondPair
from kantoor.kernel.actors.actor import console_actor
from kantoor.kernel.actors.approvals import approve_request
from kantoor.kernel.actors.models import Company
from tests.founded import House

MONTH = date(2026, 3, 1)


def hr_payroll(house: House) -> None:
    """Everything of HR's payroll that leaves rows."""
    anne = house.administrator
    unpaid = [
        HireDraft(name=name, employee=name, start=date(2026, 1, 1), hours_mon=Decimal(8))
        for name in ("P1", "P2")
    ]
    hire_employees(anne, employees=unpaid)
    for start in (date(2025, 1, 1), date(2026, 1, 1)):
        set_pay_settings(anne, settings=SettingsDraft(start=start, whk_percent=Decimal("1.2")))
    for code in ("travel", "bonus"):
        set_pay_component(
            anne,
            component=ComponentDraft(
                code=code, name=code, kind="net", formula="value", start=MONTH, everyone=False
            ),
        )
    people = ("M1", "M2", "L1", "L2")
    leavers = [
        HireDraft(name=code, employee=code, start=date(2026, 1, 1), hours_mon=Decimal(8))
        for code in people[2:]
    ]
    hire_employees(anne, employees=leavers)
    grant_leave(anne, year=2026, employees=people[2:])
    set_standard_components(anne, start=MONTH)
    ends = [
        EndDraft(employee=code, last_day=date(2026, 3, 31), reason="resigned")
        for code in people[2:]
    ]
    end_employments(anne, ends=ends)
    set_salaries(
        anne,
        salaries=[SalaryDraft(employee=code, start=MONTH, amount=400_000) for code in people],
    )
    set_pay_values(
        anne,
        values=[
            ValueDraft(employee=code, code="travel", start=MONTH, value=Decimal(10))
            for code in people
        ],
    )
    for code in people:
        change_person_file(anne, employee=code, iban="NL39RABO0300065264")
    for _again in range(2):
        made = make_pay_run(anne, month=MONTH)
    approve_pay_run(console_actor(Company.objects.get(pk=anne.company_id)), run=made.run)
    _pay(house, made.run, people)


def _pay(house: House, run: str, people: Sequence[str]) -> None:
    """The run is paid, comes back, and is to be paid again."""
    anne = house.administrator
    bank = own_accounts(anne.company_id)[0].code
    made = pay_wages(anne, runs=[run], bank=bank)
    digest = payment_run(house.people["bo"], number=made.payment).digest
    try:
        approve_payment_run(house.people["bo"], run=made.payment, digest=digest)
    except NeedsSecondPair as waiting:
        approve_request(house.people["cas"], approval_id=waiting.approval_id)
    make_payment_file(anne, run=made.payment)
    return_wages(anne, payment=made.payment, employees=people)
    pay_wages(anne, runs=[run], bank=bank)
