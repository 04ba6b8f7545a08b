"""What the fields of payroll's forms are called."""

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.pages.words import name_field

for _action, _name, _label, _hint in (
    ("make_pay_run", "month", _("Month"), ""),
    ("set_salary", "employee", _("Employee"), _("The employee's number.")),
    ("set_salary", "start", _("From"), _("A day in the past is corrected with the next run.")),
    ("set_salary", "amount", _("Amount"), _("Of a full week, for a month or an hour.")),
    ("set_salary", "per", _("Per"), ""),
    ("set_salary", "week_hours", _("Full week in hours"), _("With 0 the amount is paid as it is.")),
    ("set_salary", "credit", _("With tax credits"), ""),
    ("set_salary", "age_class", _("Age class"), ""),
    ("set_salary", "awf", _("Unemployment premium (AWf)"), _("Low for a written permanent contract.")),
    ("set_salary", "year_wage", _("Wage of the year before"), _("Decides the tax on special rewards; empty is twelve months' wage.")),
    ("set_pay_settings", "start", _("From"), ""),
    ("set_pay_settings", "whk_percent", _("Whk in percent"), _("From the tax authority's decision.")),
    ("set_pay_settings", "aof", _("Disability premium (Aof)"), ""),
    ("set_pay_settings", "holiday_percent", _("Holiday allowance in percent"), ""),
    ("set_pay_settings", "holiday_month", _("Month in which it is paid"), ""),
    ("set_pay_settings", "smallest_group", _("Smallest group in the ledger"), _("Cost centres of fewer people are booked together.")),
    ("set_pay_settings", "dimension", _("Dimension of cost centres"), _("Empty: nothing is divided.")),
    ("set_pay_settings", "wages", _("Account of wages"), ""),
    ("set_pay_settings", "social", _("Account of premiums"), ""),
    ("set_pay_settings", "holiday_cost", _("Account of holiday allowance"), ""),
    ("set_pay_settings", "holiday_reserve", _("Account of holiday allowance set aside"), ""),
    ("set_pay_settings", "taxes_payable", _("Account of wage tax to be paid"), ""),
    ("set_pay_settings", "net_payable", _("Account of net pay"), ""),
    ("set_pay_settings", "withheld", _("Account of what is withheld"), ""),
    ("set_pay_settings", "other_costs", _("Account of other costs"), ""),
    ("set_pay_component", "code", _("Code"), _("Small letters, digits and _; formulas use it.")),
    ("set_pay_component", "name", _("Name"), _("As it stands on the payslip.")),
    ("set_pay_component", "kind", _("Kind"), ""),
    ("set_pay_component", "formula", _("Formula"), ""),
    ("set_pay_component", "start", _("From"), ""),
    ("set_pay_component", "everyone", _("For everybody"), _("Else for those with a value.")),
    ("set_pay_component", "account", _("Account"), _("Empty: what the kind is booked on.")),
    ("set_pay_component", "ended", _("It ends"), ""),
    ("set_pay_value", "employee", _("Employee"), _("The employee's number.")),
    ("set_pay_value", "code", _("Component"), ""),
    ("set_pay_value", "start", _("From"), ""),
    ("set_pay_value", "until", _("Until"), _("The last month; empty is until further notice.")),
    ("set_pay_value", "value", _("Value"), _("What the formula takes as value.")),
):  # fmt: skip
    name_field(f"hr.{_action}:{_name}", _label, _hint)
