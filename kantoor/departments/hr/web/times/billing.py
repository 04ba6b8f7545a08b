"""Registers of what hours are worth, cost, and what can be invoiced of them."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.formats.durations import clock
from kantoor.departments.hr.queries.times.margin import hour_margin
from kantoor.departments.hr.queries.times.proposal import hours_to_invoice
from kantoor.departments.hr.queries.times.rates import hour_cost_rates, hour_rates
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow

TO_INVOICE = ListView(
    key="hr.hours_to_invoice",
    title=_("Hours to invoice"),
    query=hours_to_invoice,
    columns=[
        Col(key="customer", title=_("Number"), phone="meta"),
        Col(key="name", title=_("Customer"), phone="title"),
        Col(key="projects", title=_("Projects")),
        Col(key="people", title=_("Employees"), kind="number"),
        Col(key="minutes", title=_("Hours"), value=lambda row: clock(row.minutes), align="end"),
        Col(
            key="missing", title=_("Without a rate"), align="end",
            value=lambda row: clock(row.missing) if row.missing else "",
        ),
        Col(key="amount", title=_("Amount"), kind="money", currency="currency", phone="figure"),
    ],
    row_key="customer",
    bulk=[Bulk(action="hr.invoice_hours", parameter="customers", label=_("Invoice"))],
    more=lambda actor: [
        act_for(actor, "hr.post_hour_costs", icon="book"),
        act_for(actor, "hr.free_hours", icon="arrow-back-up"),
        act_for(actor, "hr.set_hour_settings", icon="settings"),
    ],
    empty=Empty(
        _("No hours to invoice"),
        _("Approved hours that a customer pays come here until they are on an invoice."),
        icon="file-invoice",
    ),
)  # fmt: skip

MARGIN = ListView(
    key="hr.hour_margin",
    title=_("Hours and margin"),
    query=hour_margin,
    columns=[
        Col(key="code", title=_("Number"), phone="meta"),
        Col(key="name", title=_("Name"), phone="title", value=lambda row: row.name or gettext("None")),
        Col(key="minutes", title=_("Hours"), value=lambda row: clock(row.minutes), align="end"),
        Col(
            key="billed_minutes", title=_("Of which invoiced"), align="end",
            value=lambda row: clock(row.billed_minutes),
        ),
        Col(key="cost", title=_("Cost"), kind="money"),
        Col(key="billed", title=_("Invoiced"), kind="money"),
        Col(key="margin", title=_("Margin"), kind="money", phone="figure"),
    ],
    narrows=[
        Narrow(
            key="by",
            title=_("By"),
            choices={
                "project": _("Project"),
                "customer": _("Customer"),
                "employee": _("Employee"),
            },
        ),
        Narrow(key="date", title=_("Date"), kind="date_range"),
    ],
    tabs=[
        Tab(_("By project")),
        Tab(_("By customer"), {"by": "customer"}),
        Tab(_("By employee"), {"by": "employee"}),
    ],
    empty=Empty(_("No hours"), _("There are no approved hours in this period."), icon="clock"),
)  # fmt: skip

RATES = ListView(
    key="hr.hour_rates",
    title=_("Rates of hours"),
    query=hour_rates,
    columns=[
        Col(key="start", title=_("From"), kind="date", phone="meta"),
        Col(key="project", title=_("Project"), phone="title", value=lambda r: r.project or gettext("Any")),
        Col(key="customer", title=_("Customer"), value=lambda r: r.customer or gettext("Any")),
        Col(key="employee", title=_("Employee"), value=lambda r: r.employee or gettext("Any")),
        Col(key="rate", title=_("An hour"), kind="number", phone="figure"),
        Col(key="currency", title=_("Currency")),
    ],
    new="hr.set_hour_rate",
    empty=Empty(
        _("No rates yet"), _("Say what an hour is worth, so that it can be invoiced."), icon="coin"
    ),
)  # fmt: skip

COSTS = ListView(
    key="hr.hour_cost_rates",
    title=_("What hours cost"),
    query=hour_cost_rates,
    columns=[
        Col(key="start", title=_("From"), kind="date", phone="meta"),
        Col(key="job_title", title=_("Function"), phone="title", value=lambda r: r.job_title or gettext("Any")),
        Col(key="rate", title=_("An hour"), kind="number", phone="figure"),
    ],
    new="hr.set_hour_cost_rate",
    empty=Empty(
        _("No rates yet"), _("Say what an hour of a function costs, so that it can be booked."),
        icon="coin",
    ),
)  # fmt: skip
