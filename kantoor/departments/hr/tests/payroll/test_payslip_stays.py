"""A payslip goes on saying by which rule its lines came about, whatever the rule becomes."""

from datetime import date

from kantoor.departments.hr.actions.payroll.components import set_pay_component
from kantoor.departments.hr.drafts_pay import ComponentDraft
from kantoor.departments.hr.queries.payroll.slips import payslip
from kantoor.departments.hr.tests.payroll.paying import Pay


def test_a_component_that_is_changed_later_does_not_change_a_payslip(pay: Pay) -> None:
    def component(name: str, formula: str) -> ComponentDraft:
        return ComponentDraft(
            code="shift", name=name, kind="pay", formula=formula, start=date(2026, 1, 1)
        )

    set_pay_component(pay.paul, component=component("Shift", "salary * 0.10"))
    run = pay.run(1)
    before = payslip(pay.paul, run=run, employee="E2")
    set_pay_component(pay.paul, component=component("Night", "salary * 0.20"))
    after = payslip(pay.paul, run=run, employee="E2")
    assert after == before
    shift = next(line for line in after.lines if line.code == "shift")
    assert (shift.title, shift.rule) == ("Shift", "salary * 0.10")
    pay.run(2)
    lines = payslip(pay.paul, run="2026-02-1", employee="E2").lines
    assert {line.title for line in lines if line.code == "shift"} == {"Night"}
