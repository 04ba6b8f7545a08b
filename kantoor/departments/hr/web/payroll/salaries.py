"""Salaries and components as pages."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.payroll.salaries import pay_components, salaries
from kantoor.departments.hr.web.payroll.words import KINDS, PERS
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.parties import party_url

SALARIES = ListView(
    key="hr.salaries",
    title=_("Salaries"),
    query=salaries,
    columns=[
        Col(
            key="name", title=_("Employee"), kind="party", sort=True, detail="employee",
            url=lambda row: party_url(row.employee), phone="title",
        ),
        Col(key="start", title=_("From"), kind="date", sort=True, phone="meta"),
        Col(key="per", title=_("Per"), value=lambda row: PERS[row.per], phone="meta"),
        Col(key="week_hours", title=_("Full week in hours"), kind="number"),
        Col(key="age_class", title=_("Age class"), default=False),
        Col(key="amount", title=_("Amount"), kind="money", sort=True, phone="figure"),
    ],
    tabs=[Tab(_("Now")), Tab(_("All versions"), {"history": "1"})],
    sort="name",
    row_key="id",
    row_url=lambda row: f"/hr/payslips?employee={row.employee}",
    search_hint=_("Name"),
    new="hr.set_salary",
    more=lambda actor: [act_for(actor, "hr.set_pay_settings", icon="settings")],
    empty=Empty(_("No salaries yet"), _("Set what each employee earns, from which day."), "cash"),
)  # fmt: skip

COMPONENTS = ListView(
    key="hr.pay_components",
    title=_("Pay components"),
    query=pay_components,
    columns=[
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="kind", title=_("Kind"), value=lambda row: KINDS[row.kind], phone="meta"),
        Col(key="formula", title=_("Formula"), phone="meta"),
        Col(key="start", title=_("From"), kind="date"),
    ],
    row_key="code",
    new="hr.set_pay_component",
    more=lambda actor: [
        act_for(actor, "hr.set_pay_value", icon="user-plus"),
        act_for(actor, "hr.set_standard_components", icon="refresh"),
    ],
    empty=Empty(
        _("No components yet"),
        _("Pension, travel or a bonus: a formula each, such as max(0, full_salary - 1500) * 0.08."),
        "math-function",
    ),
)
