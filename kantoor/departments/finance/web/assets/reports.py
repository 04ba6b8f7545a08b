"""The movement schedule of fixed assets and the depreciation to come, as reports."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.assets.forecast import (
    CategoryForecast,
    depreciation_forecast,
)
from kantoor.departments.finance.queries.assets.movements import (
    CategoryMovements,
    asset_movements,
)
from kantoor.departments.finance.queries.sources import Sources
from kantoor.departments.finance.web.assets.register import ASSETS
from kantoor.departments.finance.web.figures import account_url, money, sourced
from kantoor.departments.finance.web.spans import year_in_use
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.report_view import Report, ReportView, Span
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.listing import Empty as NoRows
from kantoor.kernel.ui.report_page import ReportColumn, ReportRow, Verdict

Figure = Callable[[CategoryMovements], int]


def make_movements(actor: Actor, span: Span) -> Report:
    """The schedule by category, and below it the accounts of the ledger that prove it."""
    found = asset_movements(actor, start=span.start, end=span.end)
    shown = [each for each in found.categories if any(_amounts(each))]
    columns = [*shown, found.total] if len(shown) > 1 else shown

    rows = _schedule(actor, columns) if shown else []
    off = [each for each in found.accounts if each.difference]
    verdict = None
    if found.accounts:
        words = gettext("Adds up to the ledger accounts")
        if off:
            words = gettext("Differs from the ledger on %(accounts)s") % {
                "accounts": ", ".join(each.account for each in off)
            }
            rows.append(ReportRow(gettext("In the ledger, but in no asset"), kind="heading"))
        verdict = Verdict(not off, words)
    for each in off:
        figures = [None] * (len(columns) - 1) if columns else []
        source = Sources(account=each.account, end=span.end)
        rows.append(
            ReportRow(
                f"{each.account} {each.name}",
                [*figures, sourced(actor, each.difference, source)],
                url=account_url(each.account),
                level=1,
            )
        )
    return Report(
        columns=[ReportColumn(each.name or gettext("Total")) for each in columns]
        or [ReportColumn(gettext("Difference"))],
        rows=rows,
        verdict=verdict,
        has_codes=False,
        main_action=Act(gettext("Fixed assets"), ASSETS.url, icon="truck"),
    )


def _schedule(actor: Actor, columns: Sequence[CategoryMovements]) -> list[ReportRow]:
    def row(label: str, figure: Figure, kind: str = "line") -> ReportRow:
        url = f"{ASSETS.url}"
        figures = [
            money(actor, figure(each), f"{url}?category={each.category}" if each.category else url)
            for each in columns
        ]
        return ReportRow(label, figures, kind=kind, level=0 if kind == "total" else 1)  # type: ignore[arg-type]

    return [
        ReportRow(gettext("Opening"), kind="heading"),
        row(gettext("Cost"), lambda each: each.cost_opening),
        row(gettext("Depreciation"), lambda each: -each.accumulated_opening),
        row(gettext("Book value at the beginning"), lambda each: each.opening, "subtotal"),
        ReportRow(gettext("Movements"), kind="heading"),
        row(gettext("Additions"), lambda each: each.acquired),
        row(gettext("Revaluations"), lambda each: each.revalued),
        row(gettext("Disposals, cost"), lambda each: each.disposed),
        row(gettext("Disposals, depreciation"), lambda each: -each.disposed_accumulated),
        row(gettext("Depreciation"), lambda each: -each.depreciated),
        row(gettext("Impairments"), lambda each: -each.impaired),
        row(gettext("Movements in all"), lambda each: each.closing - each.opening, "subtotal"),
        ReportRow(gettext("Closing"), kind="heading"),
        row(gettext("Cost"), lambda each: each.cost_closing),
        row(gettext("Depreciation"), lambda each: -each.accumulated_closing),
        row(gettext("Book value at the end"), lambda each: each.closing, "total"),
    ]


def _amounts(each: CategoryMovements) -> list[int]:
    return [getattr(each, name) for name in CategoryMovements.__struct_fields__[2:]]


def make_forecast(actor: Actor, _span: Span) -> Report:
    """What will be depreciated, by category and year."""
    found = depreciation_forecast(actor)

    def row(each: CategoryForecast, label: str, kind: str = "line") -> ReportRow:
        amounts = [*each.amounts, each.later]
        url = f"{ASSETS.url}?category={each.category}" if each.category else ASSETS.url
        figures = [money(actor, amount, url) if amount else None for amount in amounts]
        return ReportRow(label, figures, url=url, kind=kind)  # type: ignore[arg-type]

    rows = [row(each, each.name) for each in found.categories]
    if rows:
        rows.append(row(found.total, gettext("Total"), "total"))
    return Report(
        columns=[
            *(ReportColumn(str(year)) for year in found.years),
            ReportColumn(gettext("Later")),
        ],
        rows=rows,
        subtitle=gettext("What is not posted yet of assets in use, by fiscal year."),
        has_codes=False,
        empty=NoRows(gettext("Nothing is left to depreciate"), icon="check"),
    )


MOVEMENTS = ReportView(
    key="finance.asset_movements",
    title=_("Movements of fixed assets"),
    query=asset_movements,
    make=make_movements,
    first_period=year_in_use,
)
FORECAST = ReportView(
    key="finance.depreciation_forecast",
    title=_("Depreciation to come"),
    query=depreciation_forecast,
    make=make_forecast,
    at_end=True,
    in_menu=False,
)
