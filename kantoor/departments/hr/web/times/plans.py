"""What the forms of time need beyond the signatures of their actions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.times.rates import rated_projects
from kantoor.departments.hr.queries.times.rota import shifts
from kantoor.departments.hr.queries.times.sheets import hour_choices
from kantoor.departments.hr.web.times import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.plans import Plan, plan
from kantoor.kernel.pages.words import name_field


def projects(actor: Actor) -> dict[str, Any]:
    """Projects to choose from."""
    return {"": "–", **hour_choices(actor)[0]}


def projects_with_a_rate(actor: Actor) -> dict[str, Any]:
    """The same for who sets rates, and writes no hours perhaps."""
    return {"": "–", **rated_projects(actor)}


def shift_choices(actor: Actor) -> dict[str, Any]:
    """Shifts in use; none is that somebody works no shift."""
    return {"": "–", **{row.code: row.name for row in shifts(actor) if not row.ended}}


plan("hr.write_week", Plan(in_palette=False))
plan(
    "hr.record_hours",
    Plan(
        choices={"hours.project": projects},
        goes_to=lambda *_: "/hr/timesheets",
        submit=_("Write them"),
    ),
)
plan(
    "hr.take_in_hours",
    Plan(
        intro=_("All hours are taken in, or none: each cell that is wrong is named."),
        kinds={"rows": "lines_of_text"},
        goes_to=lambda *_: "/hr/timesheets",
        submit=_("Take in"),
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
plan("hr.clock_in", Plan(goes_to=lambda *_: "/hr/my-clock"))
plan("hr.clock_out", Plan(goes_to=lambda *_: "/hr/my-clock"))
plan("hr.record_clock_marks", Plan(goes_to=lambda *_: "/hr/worked-time", submit=_("Record")))
plan("hr.add_clock_mark", Plan(choices={"kind": words.MARKS}, submit=_("Add it")))
plan("hr.take_back_clock_mark", Plan(in_palette=False, submit=_("Take back")))
plan("hr.approve_worked_week", Plan(in_palette=False))
plan("hr.set_shift", Plan(goes_to=lambda *_: "/hr/shifts", submit=_("Set it")))
plan(
    "hr.plan_shifts",
    Plan(choices={"plans.shift": shift_choices}, goes_to=lambda *_: "/hr/rota", submit=_("Plan")),
)
for verb, path in (("set_overtime_rule", "rule"), ("set_overtime_rules", "rules")):
    plan(
        f"hr.{verb}",
        Plan(
            choices={f"{path}.kind": words.OVERTIME},
            goes_to=lambda *_: "/hr/overtime",
            submit=_("Set it"),
        ),
    )

name_field("sheet", _("Timesheet"))
name_field("sheets", _("Timesheets"))
name_field("corrections", _("Corrections"))
name_field("hr.record_hours:hours", _("Hours"))
name_field("hr.record_hours:minutes", _("Minutes"))
name_field("hr.record_hours:billable", _("Billable"))
name_field("hr.record_hours:project", _("Project"))
name_field("hr.record_hours:submit", _("Hand them in at once"))
name_field(
    "hr.take_in_hours:rows",
    _("List"),
    _("CSV; the first line names the columns, such as employee;day;minutes;project;customer."),
)
name_field("hr.take_in_hours:submit", _("Hand them in at once"))
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

for verb in ("record_clock_mark", "record_clock_marks", "add_clock_mark"):
    name_field(f"hr.{verb}:at", _("When"))
    name_field(f"hr.{verb}:kind", _("What"))
    name_field(f"hr.{verb}:zone", _("Time zone"), _("Empty is that of the company."))
name_field("hr.record_clock_marks:marks", _("Marks of the clock"))
name_field("hr.take_back_clock_mark:mark", _("Mark"))
name_field("hr.approve_worked_week:week", _("Week"))
name_field("hr.approve_worked_weeks:weeks", _("Weeks"))
name_field("hr.set_shift:starts", _("From"), _("By the clock on the wall, such as 22:00."))
name_field("hr.set_shift:ends", _("Until"), _("Earlier than the start is the next day."))
name_field("hr.set_shift:pause", _("Break"), _("Minutes that are not paid."))
name_field("hr.set_shift:zone", _("Time zone"), _("Empty is that of the company."))
name_field("hr.set_shift:ended", _("Not in use any more"))
name_field("hr.plan_shifts:plans", _("Shifts"))
for verb in ("plan_shift", "plan_shifts"):
    name_field(f"hr.{verb}:shift", _("Shift"))
    name_field(f"hr.{verb}:week", _("Week of"), _("Any day of it."))
for verb in ("set_overtime_rule", "set_overtime_rules"):
    name_field(f"hr.{verb}:kind", _("Which minutes"))
    name_field(f"hr.{verb}:percent", _("Percent of the wage"), _("100 ends the rule."))
    name_field(f"hr.{verb}:start", _("From"))
    name_field(f"hr.{verb}:after", _("Beyond minutes"), _("Of a day or week, such as 480."))
name_field("hr.set_overtime_rules:rules", _("Rules"))
