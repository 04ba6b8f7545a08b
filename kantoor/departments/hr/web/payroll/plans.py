"""What the forms of payroll need beyond the signatures of their actions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import own_accounts
from kantoor.departments.hr.queries.payroll.salaries import pay_components
from kantoor.departments.hr.queries.payroll.wages import page_of_payment
from kantoor.departments.hr.web.payroll.words import KINDS, run_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.plans import Plan, plan
from kantoor.kernel.parties.employees import employees

OWN_KINDS = {key: KINDS[key] for key in ("pay", "special", "pretax", "net", "employer")}
AGES = {
    "below-aow": _("Below the AOW age"),
    "aow": _("AOW age"),
    "aow-born-before-1946": _("AOW age, born before 1946"),
}
CLASSES = {"low": _("Low"), "high": _("High")}


def _employees(actor: Actor) -> dict[str, str]:
    return {row.code: row.name for row in employees(actor, limit=1000).rows}


def _components(actor: Actor) -> dict[str, str]:
    return {row.code: row.name for row in pay_components(actor) if not row.ended}


def _to_run(_actor: Actor, result: Any) -> str:
    return run_url(result.run)


def _to_payment(_actor: Actor, result: Any) -> str:
    return page_of_payment(result.payment)


def _banks(actor: Actor) -> dict[str, str]:
    found = own_accounts(actor.company_id)
    return {each.code: f"{each.name} {each.iban}" for each in found if each.currency == "EUR"}


def _to_runs(_actor: Actor, _result: Any) -> str:
    return "/hr/pay-runs"


def _to_salaries(_actor: Actor, _result: Any) -> str:
    return "/hr/salaries"


def _to_components(_actor: Actor, _result: Any) -> str:
    return "/hr/pay-components"


plan("hr.make_pay_run", Plan(goes_to=_to_run, intro=_("Any day of the month will do.")))
plan("hr.approve_pay_run", Plan(in_palette=False))
plan("hr.drop_pay_run", Plan(in_palette=False))
plan("hr.add_pay_accounts", Plan(in_palette=False))
plan(
    "hr.pay_wages",
    Plan(
        intro=_(
            "Finance gets one payment with the sum, without names; two people approve it there. Pay a run of few people together with another, so that the sum is nobody's."
        ),
        choices={"bank": _banks},
        submit=_("Propose"),
        goes_to=_to_payment,
        in_palette=False,
    ),
)
plan(
    "hr.return_wages",
    Plan(
        intro=_("What came back is owed again. It is paid with the next payment of its run."),
        suggestions={"employees": _employees},
        in_palette=False,
    ),
)
plan(
    "hr.book_pay_runs",
    Plan(
        intro=_(
            "A run about fewer people than the smallest group is booked with the next one, so that the ledger shows nobody's pay. Book it now where no more come, such as at the end of the year: who reads the ledger then sees what these few cost together."
        ),
        goes_to=_to_runs,
    ),
)
plan(
    "hr.set_salary",
    Plan(
        suggestions={"salary.employee": _employees},
        choices={
            "salary.per": {"month": _("a month"), "hour": _("an hour")},
            "salary.age_class": AGES,
            "salary.awf": CLASSES,
        },
        kinds={"salary.amount": "money", "salary.year_wage": "money"},
        goes_to=_to_salaries,
    ),
)
plan("hr.set_pay_settings", Plan(choices={"settings.aof": CLASSES}, goes_to=_to_salaries))
plan(
    "hr.set_pay_component",
    Plan(
        intro=_(
            "A formula in euros, with + - * /, min, max, round_half_up(x, 2) and “a if b else c”. Known are salary, full_salary, hour_wage, hours, days, weekdays, months, value, other components by their code, and what HR knows by itself: sick_pay, sick_pay_later, sick_pay_beyond, sick_hours, sick_minimum, unpaid_pay, unpaid_hours, leave_left, taxable_mileage."
        ),
        choices={"component.kind": OWN_KINDS},
        goes_to=_to_components,
    ),
)
plan(
    "hr.set_standard_components",
    Plan(
        intro=_(
            "Sickness, unpaid leave, leave that is left at the end and taxable mileage then come into each payslip by themselves, from the month you say."
        ),
        goes_to=_to_components,
    ),
)
plan(
    "hr.set_pay_value",
    Plan(
        suggestions={"value.employee": _employees, "value.code": _components},
        goes_to=_to_components,
    ),
)
