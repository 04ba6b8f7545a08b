"""What the forms about spreading need beyond the signatures of their actions."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.accounts import accounts
from kantoor.departments.finance.queries.calendar import last_booked
from kantoor.departments.finance.web.spreading.pages import ACCRUALS, KINDS, RUNS, STEPS, spread_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field, name_values


def _every(actor: Actor) -> dict[str, str]:
    return {each.code: each.name for each in accounts(actor)}


def _day(actor: Actor) -> Given:
    day = last_booked(actor.company_id) or timezone.localdate()
    return {"on": day, "date": day}


plan(
    "finance.spread_one",
    Plan(
        leave_out=("dimensions",),
        suggestions={"result_account": _every, "balance_account": _every},
        lines=1,
        submit=_("Spread"),
        goes_to=lambda _actor, result: spread_url(result.numbers[0]) if result.numbers else "",
    ),
)
plan("finance.change_spread", Plan(in_palette=False))
plan(
    "finance.post_spreads",
    Plan(defaults=_day, submit=_("Post"), goes_to=lambda _actor, _result: RUNS.url),
)
plan(
    "finance.reverse_spreads",
    Plan(goes_to=lambda _actor, _result: RUNS.url, in_palette=False),
)
plan(
    "finance.accrue_one",
    Plan(
        leave_out=("dimensions",),
        suggestions={"result_account": _every, "balance_account": _every},
        defaults=_day,
        submit=_("Accrue"),
    ),
)
plan(
    "finance.reverse_accrual",
    Plan(defaults=_day, goes_to=lambda _actor, _result: ACCRUALS.url, in_palette=False),
)

name_field("starts_on", _("From"))
name_field("ends_on", _("To"))
name_field("step", _("Spread"))
name_field("spread", _("Spread"), _("Its number, such as S00012."))
name_field("accrual", _("Accrual"), _("Its number, such as R00012."))
name_field("finance.spread_one:line", _("Line"), _("Its place in the entry, from 1."))
name_field("finance.spread_one:amount", _("Amount"), _("Empty is all that is left of the line."))
name_field("finance.spread_one:on", _("Moved on"), _("Empty is the date of the line."))
name_field(
    "result_account", _("Account in the result"),
    _("Where it is a cost or income; empty is that of the line."),
)  # fmt: skip
name_field(
    "finance.accrue_one:result_account", _("Account in the result"),
    _("Where it is a cost or income."),
)  # fmt: skip
name_field("balance_account", _("Account on the balance sheet"), _("Empty is the usual one."))
name_field("parts", _("Parts"))
name_field("reverses_on", _("Reversed on"), _("Empty is the day after the period."))
name_field("until_invoiced", _("It waits for its invoice, and is reversed by hand"))
name_field("finance.reverse_spreads:run", _("Run"), _("Its number, such as V00012."))
name_values("finance.spread_one:kind", KINDS)
name_values("step", STEPS)
name_values("finance.accrue_one:kind", {"cost": _("Costs"), "income": _("Income")})
