"""A company that pays: salaries, settings and components, in few words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from kantoor.departments.hr.actions.payroll.runs import approve_pay_run, make_pay_run
from kantoor.departments.hr.actions.payroll.salaries import set_pay_settings, set_salaries
from kantoor.departments.hr.drafts_pay import SalaryDraft, SettingsDraft
from kantoor.departments.hr.models import Payslip
from kantoor.departments.hr.queries.payroll.past import lines_of
from kantoor.departments.hr.reckoning.slips import Line
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.kernel.actors.actor import Actor

MARKER = 412_345
"""A salary that stands nowhere else: what privacy is tried with."""
START = date(2026, 1, 1)


@dataclass
class Pay:
    """`paul` makes runs, `cora` approves them; Mo, Emma and Piet are paid from 2026 on."""

    staff: Staff
    paul: Actor
    cora: Actor

    def run(self, month: int, year: int = 2026) -> str:
        """Make and approve a month's run; gives its number."""
        made = make_pay_run(self.paul, month=date(year, month, 1))
        assert made.errors == 0
        approve_pay_run(self.cora, run=made.run)
        return made.run

    def salary(self, employee: str, amount: int, start: date = START, **more: Any) -> None:
        set_salaries(
            self.paul,
            salaries=[SalaryDraft(employee=employee, start=start, amount=amount, **more)],
        )

    def slip(self, employee: str, month: int, year: int = 2026) -> Payslip:
        """The last payslip of an employee's month."""
        found = Payslip.objects.filter(party__code=employee, month=date(year, month, 1))
        return found.latest("pk")

    def lines(self, employee: str, month: int) -> list[Line]:
        return lines_of(self.slip(employee, month).lines)

    def amounts(self, employee: str, month: int) -> dict[str, int]:
        """The amounts on a payslip by code, corrections of earlier months as `code@month`."""
        about = f"2026-{month:02}"
        return {
            each.code if each.month == about else f"{each.code}@{each.month[-2:]}": each.amount
            for each in self.lines(employee, month)
        }


def begin_pay(staff: Staff) -> Pay:
    """Set how the company pays, and three salaries."""
    house = staff.house
    pay = Pay(staff, house.person("paul", "payroll_officer"), house.person("cora", "controller"))
    set_pay_settings(
        pay.paul, settings=SettingsDraft(start=date(2025, 1, 1), whk_percent=Decimal("1.22"))
    )
    pay.salary("M1", 600_000)
    pay.salary("E1", MARKER)
    pay.salary("E2", 300_000)
    return pay


def decoded(text: str) -> Any:
    return msgspec.json.decode(text)
