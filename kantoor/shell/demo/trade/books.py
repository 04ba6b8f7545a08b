"""The books of the trading company besides buying and selling: opening, wages, assets, budget."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from kantoor.departments.finance.actions.assets.categories import add_asset_category
from kantoor.departments.finance.actions.assets.register import register_assets
from kantoor.departments.finance.actions.assets.runs import post_depreciation
from kantoor.departments.finance.actions.budgets.budgets import add_budget, approve_budget
from kantoor.departments.finance.actions.budgets.rows import set_budget_rows
from kantoor.departments.finance.actions.currency.rates import set_rates
from kantoor.departments.finance.actions.entries import post_entries
from kantoor.departments.finance.actions.spreading.accruals import accrue
from kantoor.departments.finance.actions.spreading.runs import post_spreads
from kantoor.departments.finance.actions.spreading.spreads import spread
from kantoor.departments.finance.actions.year_close.close import close_year
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.drafts_assets import AssetDraft
from kantoor.departments.finance.drafts_budgets import BudgetRow
from kantoor.departments.finance.drafts_currency import RateDraft
from kantoor.departments.finance.drafts_spreading import AccrualDraft, SpreadDraft
from kantoor.kernel.actors.actor import Actor
from kantoor.shell.demo.calendar import Month
from kantoor.shell.demo.trade.bank import NET_WAGES, PAYROLL_TAX
from kantoor.shell.demo.trade.chance import chance
from kantoor.shell.demo.trade.office import by_two
from kantoor.shell.demo.trade.wages import paid_here

OPENING_BANK = 8_640_000
OPENING = (
    ("10201", OPENING_BANK), ("30110", 6_425_000), ("02301", 3_480_000), ("02305", -1_160_000),
    ("02251", 1_860_000), ("02255", -620_000), ("16230", -PAYROLL_TAX), ("05011", -1_800_000),
)  # fmt: skip
RESERVES, WAGES, CHARGES, WAGES_PAYABLE, TAX_PAYABLE = "05251", "40110", "40310", "16101", "16230"
SOCIAL = 318_400
INSURANCE = 486_000
BUDGETED = (
    ("80301", 54_000_000), ("80345", 23_000_000), ("70251", 37_500_000), ("40110", 27_000_000),
    ("45105", 4_620_000), ("45635", 1_900_000), ("46110", 260_000), ("46101", 200_000),
    ("46351", 520_000),
)  # fmt: skip


def open_books(bookkeeper: Actor, controller: Actor, first: Month) -> None:
    """Post the balances that another administration ended the year before with, and close it."""
    lines = [LineDraft(account=account, amount=amount) for account, amount in OPENING]
    rest = -sum(amount for _account, amount in OPENING)
    lines.append(LineDraft(account=RESERVES, amount=rest))
    entry = EntryDraft(date=first.before.last, text="Beginbalans", journal="OPN", lines=lines)
    post_entries(bookkeeper, entries=[entry])
    close_year(controller, year=str(first.year - 1))


def know_rates(bookkeeper: Actor, first: Month, today: date) -> None:
    """Set a rate of the dollar for each month."""
    month, rates = first, []
    while month.first <= today:
        rate = Decimal(10_600 + chance("usd", month.code, of=500)) / 10_000
        rates.append(RateDraft(currency="USD", date=month.first, rate=rate))
        month = month.after
    set_rates(bookkeeper, rates=rates)


def pay_wages(bookkeeper: Actor, months: Sequence[Month], today: date) -> None:
    """Post the payroll journal of the months before payroll was done here: of those it is booked."""
    here = paid_here(today)
    entries = [
        EntryDraft(
            date=month.on(24),
            text=f"Loonjournaalpost {month.first:%m-%Y}",
            lines=[
                LineDraft(account=WAGES, amount=NET_WAGES + PAYROLL_TAX - SOCIAL),
                LineDraft(account=CHARGES, amount=SOCIAL),
                LineDraft(account=WAGES_PAYABLE, amount=-NET_WAGES),
                LineDraft(account=TAX_PAYABLE, amount=-PAYROLL_TAX),
            ],
        )
        for month in months
        if month.on(24) <= today and month.first not in here
    ]
    post_entries(bookkeeper, entries=entries)


def own_things(bookkeeper: Actor, months: Sequence[Month]) -> None:
    """Register assets that the books hold, buy one, and depreciate month by month."""
    first = months[0]
    for code, name, cost, lost, spent, life in (
        ("BUS", "Bestelwagens", "02301", "02305", "43230", 60),
        ("INV", "Inventaris", "02251", "02255", "43240", 84),
    ):
        add_asset_category(
            bookkeeper, code=code, name_en=name, name_nl=name, cost_account=cost,
            accumulated_account=lost, expense_account=spent, life_months=life,
        )  # fmt: skip
    bought = Month(first.year - 2, 7).first
    register_assets(
        bookkeeper,
        assets=[
            AssetDraft(
                name="Bestelbus V-418-RK", category="BUS", cost=3_480_000, accumulated=1_160_000,
                acquired_on=bought, in_use_from=bought, depreciated_until=first.before.last,
                residual=400_000,
            ),
            AssetDraft(
                name="Magazijnstellingen", category="INV", cost=1_860_000, accumulated=620_000,
                acquired_on=bought, in_use_from=bought, depreciated_until=first.before.last,
            ),
            AssetDraft(
                name="Inpaktafels", category="INV", cost=294_000, acquired_on=months[1].on(9),
                in_use_from=months[1].on(9), contra="10201", supplier="L-KANT",
            ),
        ],
    )  # fmt: skip
    for month in months[:-1]:
        post_depreciation(bookkeeper, on=month.last)


def spread_costs(bookkeeper: Actor, months: Sequence[Month]) -> None:
    """Spread the year's insurance over its months, and accrue what no invoice came of yet."""
    starts_on, ends_on = months[0].first, date(months[0].year, 12, 31)
    spread(
        bookkeeper,
        spreads=[
            SpreadDraft(
                kind="prepaid", starts_on=starts_on, ends_on=ends_on, amount=INSURANCE,
                result_account="46305", text="Verzekering", date=months[0].on(28),
            )
        ],
    )  # fmt: skip
    for month in months[:-1]:
        post_spreads(bookkeeper, on=month.last)
    if len(months) > 1:
        accrue(
            bookkeeper,
            accruals=[
                AccrualDraft(
                    date=months[-2].last, amount=86_000, result_account="45140",
                    text="Gas en elektra",
                )
            ],
        )  # fmt: skip


def plan_ahead(bookkeeper: Actor, controller: Actor, year: int) -> None:
    """Draw up a budget for the year, which a second person approves."""
    code = f"EXPL{year}"
    add_budget(bookkeeper, code=code, name=f"Exploitatie {year}", year=str(year), control="warn")
    rows = [BudgetRow(account=account, key="even", total=total) for account, total in BUDGETED]
    set_budget_rows(bookkeeper, budget=code, rows=rows)
    by_two(controller, lambda: approve_budget(bookkeeper, budget=code))
