"""What the forms of time need beyond the signatures of their actions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.times.rates import rated_projects
from kantoor.departments.hr.queries.times.sheets import hour_choices
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.plans import Plan, plan
from kantoor.kernel.pages.words import name_field


def projects(actor: Actor) -> dict[str, Any]:
    """Projects to choose from."""
    return {"": "–", **hour_choices(actor)[0]}


def projects_with_a_rate(actor: Actor) -> dict[str, Any]:
    """The same for who sets rates, and writes no hours perhaps."""
    return {"": "–", **rated_projects(actor)}


plan("hr.write_week", Plan(in_palette=False))
plan(
    "hr.record_hours",
    Plan(
        choices={"hours.project": projects},
        goes_to=lambda *_: "/hr/timesheets",
        submit=_("Write them"),
    ),
)
plan("hr.submit_week", Plan(in_palette=False))
plan("hr.withdraw_week", Plan(in_palette=False))
plan("hr.approve_sheet", Plan(in_palette=False))
plan("hr.refuse_sheet", Plan(in_palette=False, submit=_("Send back")))
plan("hr.correct_hours", Plan(in_palette=False, submit=_("Correct")))
plan(
    "hr.set_hour_rate",
    Plan(
        choices={"rate.project": projects_with_a_rate},
        goes_to=lambda *_: "/hr/hour-rates",
        submit=_("Set it"),
    ),
)
plan(
    "hr.set_hour_cost_rate",
    Plan(goes_to=lambda *_: "/hr/hour-cost-rates", submit=_("Set it")),
)
plan("hr.set_hour_settings", Plan(submit=_("Keep")))

name_field("sheet", _("Timesheet"))
name_field("sheets", _("Timesheets"))
name_field("corrections", _("Corrections"))
name_field("hr.record_hours:hours", _("Hours"))
name_field("hr.record_hours:minutes", _("Minutes"))
name_field("hr.record_hours:billable", _("Billable"))
name_field("hr.record_hours:project", _("Project"))
name_field("hr.record_hours:submit", _("Hand them in at once"))
name_field("hr.correct_hours:line", _("Line"))
name_field("hr.correct_hours:minutes", _("Minutes"))
for verb in ("set_hour_rate", "set_hour_rates"):
    name_field(f"hr.{verb}:start", _("From"))
    name_field(f"hr.{verb}:rate", _("An hour"), _("In whole units, such as 95 or 87.50."))
    name_field(f"hr.{verb}:project", _("Project"), _("Empty is any."))
    name_field(f"hr.{verb}:customer", _("Customer"), _("A number; empty is any."))
    name_field(f"hr.{verb}:employee", _("Employee"), _("A number; empty is any."))
for verb in ("set_hour_cost_rate", "set_hour_cost_rates"):
    name_field(f"hr.{verb}:start", _("From"))
    name_field(f"hr.{verb}:rate", _("An hour"), _("In whole units, such as 95 or 87.50."))
    name_field(f"hr.{verb}:job_title", _("Function"), _("As in contracts; empty is any other."))
name_field("hr.set_hour_settings:cost", _("Account of cost"), _("Debited by centre and project."))
name_field("hr.set_hour_settings:covered", _("Account of cover"), _("Credited by cost centre."))
name_field("hr.set_hour_settings:due_days", _("Days to pay"))
name_field("hr.invoice_hours:customers", _("Customers"))
name_field("hr.invoice_hours:until", _("Hours until"), _("Empty is until the day of the invoice."))
name_field("hr.invoice_hours:on", _("Date of the invoice"), _("Empty is today."))
