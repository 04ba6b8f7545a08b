"""What HR declares to the shell: its place in the menu, and what roles can be allowed.

What shows pay is not called `read_…`, nor what shows sick notes: a role that may see everything
(the auditor's) does not see these unless somebody says so.
"""

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.standard import permit
from kantoor.kernel.departments import Department, Permission, declare
from kantoor.kernel.looks.watching import watch_looks

PERMISSIONS = (
    Permission("hr.use_own", _("See one's own file, ask leave, write hours and claim expenses")),
    Permission("hr.calendar_feed", _("Read the leave calendar by its address (for its token)")),
    Permission("hr.read_people", _("See employees, contracts and the organisation, without pay")),
    Permission("hr.manage_people", _("Hire, and change contracts, the organisation and documents")),
    Permission("hr.read_leave", _("See everybody's leave")),
    Permission("hr.manage_leave", _("Set kinds of leave, grant it, and decide on all requests")),
    Permission("hr.see_sickness", _("See sickness and its process")),
    Permission("hr.manage_sickness", _("Report people sick and recovered, and keep the process")),
    Permission("hr.read_time", _("See everybody's schedules and hours")),
    Permission("hr.manage_time", _("Set schedules and overtime, and decide on all hours")),
    Permission("hr.record_clock", _("Record who comes and leaves (for a terminal)")),
    Permission("hr.bill_time", _("Invoice hours, set what they are worth, and book their cost")),
    Permission("hr.read_expenses", _("See all expense claims")),
    Permission("hr.manage_expenses", _("Set categories and limits, and decide on all claims")),
    Permission("hr.post_expenses", _("Post approved expense claims, and repay them")),
    Permission("hr.see_pay", _("See pay: salaries, payslips and runs")),
    Permission("hr.manage_pay", _("Set salaries, components and premiums")),
    Permission("hr.run_payroll", _("Make payroll runs")),
    Permission("hr.approve_payroll", _("Approve payroll runs, so that they are posted and paid")),
    Permission("hr.read_growth", _("See vacancies, candidates, reviews and training")),
    Permission("hr.manage_growth", _("Keep vacancies, candidates, reviews and training")),
    Permission("hr.manage_privacy", _("Set retention and legal holds")),
    Permission("hr.read_breaches", _("See breaches of personal data")),
    Permission("hr.manage_breaches", _("Record breaches of personal data, and what was done")),
    Permission("hr.give_data", _("Give people all their data, where one may see pay and sickness")),
    Permission("hr.see_looks", _("See who looked at pay and sick notes")),
)

DEPARTMENT = declare(
    Department(
        name="hr",
        title=_("HR"),
        icon="users-group",
        letter="p",
        order=30,
        uses=("finance",),
        permissions=PERMISSIONS,
    )
)

watch_looks("hr.see_pay", "pay")
watch_looks("hr.see_sickness", "sickness")

permit(
    "hr_officer",
    "hr.read_*",
    "hr.manage_people",
    "hr.manage_leave",
    "hr.see_sickness",
    "hr.manage_sickness",
    "hr.manage_time",
    "hr.record_clock",
    "hr.manage_expenses",
    "hr.manage_growth",
    "hr.manage_privacy",
    "hr.manage_breaches",
    "hr.use_own",
    "kernel.manage_employees",
    "kernel.read_parties",
    "kernel.manage_calendars",
)
permit(
    "payroll_officer",
    "hr.read_*",
    "hr.see_pay",
    "hr.manage_pay",
    "hr.run_payroll",
    "hr.use_own",
    "kernel.read_parties",
)
permit(
    "controller",
    "hr.approve_payroll",
    "hr.see_pay",
    "hr.post_expenses",
    "hr.read_expenses",
    "hr.read_time",
    "hr.bill_time",
)
permit("employee", "hr.use_own")
