"""What the forms about fixed assets need beyond the signatures of their actions."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.accounts import accounts
from kantoor.departments.finance.queries.calendar import last_booked
from kantoor.departments.finance.web.assets.card import CONVENTIONS
from kantoor.departments.finance.web.assets.register import METHODS, asset_url, categories_by_code
from kantoor.departments.finance.web.assets.runs import run_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field, name_values
from kantoor.kernel.ui.form_page import Section


def _accounts(group: str, kind: str = "") -> Any:
    def offered(actor: Actor) -> dict[str, str]:
        return {
            each.code: f"{each.code} {each.name}"
            for each in accounts(actor)
            if each.group == group and (not kind or each.kind == kind)
        }

    return offered


def _every(actor: Actor) -> dict[str, str]:
    return {each.code: each.name for each in accounts(actor)}


def _today(_actor: Actor) -> Given:
    return {"date": timezone.localdate()}


def _acquired(_actor: Actor) -> Given:
    today = timezone.localdate()
    return {"acquired_on": today, "in_use_from": today}


def _month(actor: Actor) -> Given:
    return {"on": last_booked(actor.company_id) or timezone.localdate()}


plan(
    "finance.add_asset_category",
    Plan(
        choices={
            "cost_account": _accounts("fixed_assets"),
            "accumulated_account": _accounts("fixed_assets"),
            "expense_account": _accounts("depreciation"),
        },
        suggestions={"impairment_account": _every, "disposal_account": _every},
        submit=_("Add"),
    ),
)
plan(
    "finance.register_asset",
    Plan(
        leave_out=("dimensions",),
        choices={"category": categories_by_code},
        suggestions={"contra": _every},
        kinds={"cost": "money", "accumulated": "money", "residual": "money"},
        defaults=_acquired,
        sections=[
            Section(
                _("What it is"),
                ["name", "category", "cost", "acquired_on", "in_use_from", "serial", "location",
                 "supplier", "part_of", "remark"],
            ),
            Section(
                _("How it is booked"),
                ["entry", "line", "contra", "accumulated", "depreciated_until"],
                _("From a posted line or against an account; neither when the books hold it already."),
            ),
            Section(
                _("How it is depreciated"),
                ["method", "convention", "life_months", "residual", "rate", "units"],
                _("What is left empty is as its category says."),
            ),
        ],
        submit=_("Register"),
        goes_to=lambda _actor, result: asset_url(result.numbers[0]) if result.numbers else "",
    ),
)  # fmt: skip
plan("finance.post_depreciation", Plan(
    defaults=_month,
    submit=_("Post"),
    goes_to=lambda _actor, result: run_url(result.number) if result.number else "/finance/depreciation",
))  # fmt: skip
for _name in ("impair_asset", "revalue_asset"):
    plan(f"finance.{_name}", Plan(kinds={"value": "money"}, defaults=_today, in_palette=False))
plan("finance.estimate_asset", Plan(kinds={"residual": "money"}, defaults=_today, in_palette=False))
plan(
    "finance.dispose_asset",
    Plan(
        kinds={"proceeds": "money", "cost": "money"},
        suggestions={"account": _every},
        defaults=_today,
        submit=_("Dispose"),
        in_palette=False,
    ),
)
plan("finance.replace_component", Plan(
    choices={"new.category": categories_by_code},
    suggestions={"new.contra": _every},
    kinds={"new.cost": "money", "new.accumulated": "money", "new.residual": "money"},
    leave_out=("new.dimensions", "new.part_of", "new.accumulated", "new.depreciated_until"),
    defaults=_today,
    in_palette=False,
))  # fmt: skip
for _name in (
    "describe_asset", "use_asset", "undo_asset_event", "record_asset_use", "reverse_depreciation",
):  # fmt: skip
    plan(f"finance.{_name}", Plan(in_palette=False))

name_field("asset", _("Fixed asset"), _("Its number, such as A00012."))
name_field("assets", _("Fixed assets"))
name_field("category", _("Category"))
name_field("cost", _("Cost"), _("What was paid for it, without the VAT that comes back."))
name_field("finance.dispose_asset:cost", _("Part of the cost"), _("Empty is all of it."))
name_field("acquired_on", _("Acquired on"))
name_field(
    "in_use_from", _("In use from"), _("Empty while it waits; it is depreciated from then on.")
)
name_field("finance.register_asset:line", _("Line"), _("Its place in the entry, from 1."))
name_field("contra", _("Booked against"), _("The account that the cost comes from."))
name_field("accumulated", _("Depreciated before"), _("In the books it comes from."))
name_field("depreciated_until", _("Depreciated through"))
name_field("part_of", _("Part of"), _("The number of the asset that this is a component of."))
name_field("supplier", _("Supplier"), _("The code of the relation it was bought from."))
name_field("serial", _("Serial number"))
name_field("location", _("Location"))
name_field("method", _("Method"))
name_field("convention", _("First year"))
name_field("life_months", _("Life in months"))
name_field("residual", _("Residual value"))
name_field("residual_percentage", _("Residual value in %"), _("Of the cost."))
name_field("finance.add_asset_category:rate", _("Percentage a year"), _("Of a declining balance."))
name_field("finance.register_asset:rate", _("Percentage a year"), _("Of a declining balance."))
name_field("switches", _("Goes over to the straight line as soon as that is more"))
name_field("units", _("Units"), _("Such as hours or kilometres."))
name_field("units_left", _("Units left"))
name_field(
    "months_left", _("Months left"), _("From the month of the date; empty leaves the end as it is.")
)
name_field("cost_account", _("Account for the cost"))
name_field("accumulated_account", _("Account for depreciation on the balance sheet"))
name_field("expense_account", _("Account for the costs"))
name_field("impairment_account", _("Account for impairments"), _("Empty is that for the costs."))
name_field("disposal_account", _("Account for gains and losses"), _("Empty is the usual one."))
name_field("finance.add_asset_category:entries", _("One entry for"))
name_field("fiscal", _("Limit of the tax authority"))
name_field("proceeds", _("Proceeds"), _("What it brought, without VAT."))
name_field(
    "finance.dispose_asset:account",
    _("Proceeds stand on"),
    _("The bank, or the revenue account of its invoice."),
)
name_field("value", _("Value"), _("What it is worth on the date."))
name_field("run", _("Depreciation run"))
name_field(
    "finance.post_depreciation:on", _("Date"), _("A day in the period that is depreciated through.")
)
name_values("method", METHODS)
name_values("convention", CONVENTIONS)
name_values(
    "finance.add_asset_category:entries", {"category": _("the category"), "asset": _("each asset")}
)
name_values(
    "fiscal",
    {"other": _("20 % a year"), "goodwill": _("10 % a year (goodwill)"), "none": _("None")},
)
