"""What the forms about budgets and allocation keys need beyond the signatures of their actions."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.drafts_budgets import PERIODS
from kantoor.departments.finance.queries.accounts import accounts, dimensions
from kantoor.departments.finance.queries.allocations.register import allocation_keys
from kantoor.departments.finance.queries.budgets.register import budget
from kantoor.departments.finance.queries.calendar import last_booked
from kantoor.departments.finance.web.allocations.pages import BASES, KEYS, RUNS
from kantoor.departments.finance.web.budgets.pages import CONTROLS, budget_url
from kantoor.departments.finance.web.budgets.pages import KEYS as SPREAD_KEYS
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field, name_values


def _every(actor: Actor) -> dict[str, str]:
    return {each.code: each.name for each in accounts(actor)}


def _values(actor: Actor) -> dict[str, str]:
    return {
        f"{each.code}={value}": name
        for each in dimensions(actor)
        for value, name in each.values.items()
    }


def _plain_values(actor: Actor) -> dict[str, str]:
    return {value: name for each in dimensions(actor) for value, name in each.values.items()}


def _dimensions(actor: Actor) -> dict[str, str]:
    return {each.code: each.name for each in dimensions(actor)}


def _rows(actor: Actor, given: Given) -> Given:
    code = str(given.get("budget", ""))
    return {"rows": [line.as_row for line in budget(actor, code=code).lines]} if code else {}


def _shares(actor: Actor, given: Given) -> Given:
    for each in allocation_keys(actor):
        if each.code == given.get("key"):
            pairs = [{"value": value, "weight": weight} for value, weight in each.shares.items()]
            return {"shares": pairs}
    return {}


def _year(_actor: Actor) -> Given:
    return {"year": str(timezone.localdate().year + 1)}


def _day(actor: Actor) -> Given:
    return {"on": last_booked(actor.company_id) or timezone.localdate()}


def _to_budget(_actor: Actor, result: Any) -> str:
    return budget_url(result if isinstance(result, str) else result.budget)


PERIOD_KINDS = {f"rows.p{n}": "money" for n in range(1, PERIODS + 1)}

plan("finance.add_budget", Plan(defaults=_year, submit=_("Begin"), goes_to=_to_budget))
plan(
    "finance.set_budget_rows",
    Plan(
        intro=_("Paste cells from a spreadsheet into the grid; a total is spread by its key."),
        leave_out=("replace",),
        suggestions={"rows.account": _every, "rows.dimension": _values},
        kinds={**PERIOD_KINDS, "rows.total": "money", "budget": "hidden"},  # type: ignore[dict-item]
        prefill=_rows,
        lines=5,
        submit=_("Keep"),
        goes_to=_to_budget,
        in_palette=False,
    ),
)
plan(
    "finance.import_budget",
    Plan(
        intro=_("The first row names the columns: account, dimension, 1 to 12, or total and key."),
        kinds={"text": "lines_of_text", "budget": "hidden"},
        goes_to=_to_budget,
        in_palette=False,
    ),
)
for _name in ("approve_budget", "revise_budget", "control_budget"):
    plan(f"finance.{_name}", Plan(in_palette=False))
plan(
    "finance.add_allocation_key",
    Plan(
        choices={"dimension": _dimensions},
        suggestions={
            "first_account": _every, "last_account": _every, "first_basis": _every,
            "last_basis": _every, "shares.value": _plain_values,
        },
        lines=4,
        submit=_("Add"),
        goes_to=lambda _actor, _result: KEYS.url,
    ),
)  # fmt: skip
plan(
    "finance.set_allocation_shares",
    Plan(
        suggestions={"shares.value": _plain_values},
        prefill=_shares,
        lines=2,
        submit=_("Keep"),
        goes_to=lambda _actor, _result: KEYS.url,
        in_palette=False,
    ),
)
plan(
    "finance.post_allocations",
    Plan(
        defaults=_day,
        leave_out=("keys",),
        submit=_("Distribute"),
        goes_to=lambda _actor, _result: RUNS.url,
    ),
)
plan(
    "finance.retire_allocation_key",
    Plan(goes_to=lambda _actor, _result: KEYS.url, in_palette=False),
)
plan(
    "finance.reverse_allocation",
    Plan(goes_to=lambda _actor, _result: RUNS.url, in_palette=False),
)

name_field("budget", _("Budget"))
name_field("control", _("Purchases beyond it"))
name_field("finance.add_budget:year", _("Fiscal year"), _("Such as 2027."))
name_field("finance.set_budget_rows:rows", _("Rows"))
name_field("finance.set_budget_rows:rows.dimension", _("Dimension"), _("Such as cost_centre=100."))
name_field("finance.set_budget_rows:rows.key", _("Spread"))
name_field("finance.set_budget_rows:rows.total", _("Total"))
for _n in range(1, PERIODS + 1):
    name_field(f"finance.set_budget_rows:rows.p{_n}", str(_n))
name_field("finance.import_budget:text", _("Rows"), _("Copied from a spreadsheet, or CSV."))
name_field("replace", _("They take the place of all rows there are"))
name_field("first_account", _("From account"))
name_field("last_account", _("To account"))
name_field("first_basis", _("Weighed by, from account"), _("For the basis of balances."))
name_field("last_basis", _("Weighed by, to account"))
name_field("basis", _("Basis"))
name_field("shares", _("Shares"))
name_field("weight", _("Weight"))
name_field("finance.add_allocation_key:shares.value", _("Value"))
name_field("finance.set_allocation_shares:shares.value", _("Value"))
name_field("key", _("Key"))
name_field("source", _("From value"), _("Empty is lines without a value of the dimension."))
name_field("finance.reverse_allocation:run", _("Run"), _("Its number, such as K00012."))
name_values("control", CONTROLS)
name_values("basis", BASES)
name_values("finance.set_budget_rows:rows.key", SPREAD_KEYS)
