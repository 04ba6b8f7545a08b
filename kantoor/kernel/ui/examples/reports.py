"""A trial balance and a balance sheet for the style guide."""

from datetime import date

from django.utils.translation import gettext as _

from kantoor.kernel.ui import formats
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.cells import Link, Money
from kantoor.kernel.ui.examples.framing import example_url
from kantoor.kernel.ui.report_page import (
    Period,
    ReportColumn,
    ReportPage,
    ReportRow,
    RowKind,
    Verdict,
)

_Account = tuple[str, str, int, int, int]
_Group = tuple[str, tuple[_Account, ...]]


def _accounts() -> tuple[_Group, ...]:
    return (
        (_("Fixed assets"), (("0200", _("Furniture and fittings"), 4_850_000, 320_000, 0), ("0210", _("Depreciation of furniture"), -1_940_000, 0, 161_667))),
        (_("Current assets"), (("1100", _("Bank"), 18_204_412, 402_318_877, 389_112_050), ("1300", _("Trade receivables"), 28_114_902, 483_802_241, 480_508_166), ("1520", _("VAT to reclaim"), 0, 21_448_110, 19_020_300), ("3000", _("Stock"), 36_400_000, 184_220_015, 190_004_118))),
        (_("Equity"), (("0500", _("Capital"), -1_800_000, 0, 0), ("0510", _("Retained earnings"), -61_204_350, 0, 0))),
        (_("Liabilities"), (("1600", _("Trade payables"), -19_880_214, 188_450_224, 196_004_511), ("1500", _("VAT to pay"), -2_744_750, 77_204_118, 81_350_224))),
        (_("Income"), (("8000", _("Sales, domestic"), 0, 4_120_334, 318_440_212), ("8010", _("Sales, within the EU"), 0, 810_200, 61_302_418), ("8020", _("Sales, outside the EU"), 0, 204_118, 20_266_003))),
        (_("Costs"), (("4000", _("Wages"), 0, 121_400_000, 0), ("4010", _("Rent"), 0, 11_100_000, 0), ("7000", _("Cost of sales"), 0, 260_771_432, 0))),
    )  # fmt: skip


def _row(code: str, name: str, opening: int, debit: int, credit: int) -> ReportRow:
    url = example_url("list")
    figures = [
        Money(value, url=url) if value else None
        for value in (opening, debit, credit, opening + debit - credit)
    ]
    return ReportRow(name, figures, code, url, level=1)


def _summed(label: str, rows: list[ReportRow], kind: RowKind, level: int = 0) -> ReportRow:
    sums = [sum(f.minor for row in rows if (f := row.figures[place])) for place in range(4)]
    return ReportRow(
        label, [Money(value, url=example_url("list")) for value in sums], level=level, kind=kind
    )


def trial_balance(address: Address) -> ReportPage:
    """Sixteen accounts in six groups, with subtotals and a total."""
    rows: list[ReportRow] = []
    lines: list[ReportRow] = []
    for group, accounts in _accounts():
        own = [_row(*account) for account in accounts]
        lines += own
        rows += [
            ReportRow(group, kind="heading"),
            *own,
            _summed(_("Total %(group)s") % {"group": group.lower()}, own, "subtotal", 1),
        ]
    url = example_url("report")
    return ReportPage(
        code_title=_("Account"),
        name_title=_("Name"),
        title=_("Trial balance"),
        subtitle=_("Lantaarn BV · amounts in EUR · 1 January to 30 June 2011"),
        address=address,
        columns=[ReportColumn(_("Opening")), ReportColumn(_("Debit")), ReportColumn(_("Credit")), ReportColumn(_("Closing"))],
        rows=[*rows, _summed(_("Total"), lines, "total")],
        period=Period(date(2011, 1, 1), date(2011, 6, 30), [Link(_("June"), url), Link(_("2nd quarter"), url), Link(_("First half-year"), url), Link("2011", url)], _("First half-year")),
        verdict=Verdict(good=True, text=_("Debit and credit are equal")),
        currency="EUR",
    )  # fmt: skip


def balance_sheet(address: Address) -> ReportPage:
    """A balance sheet beside last year's, three levels deep."""
    url = example_url("report")

    def line(label: str, now: int, then: int, level: int, kind: RowKind = "line") -> ReportRow:
        return ReportRow(label, [Money(now, url=url), Money(then, url=url)], level=level, kind=kind)

    rows = [
        ReportRow(_("Assets"), kind="heading"),
        ReportRow(_("Fixed assets"), level=1, kind="line"),
        line(_("Furniture and fittings"), 3_068_333, 2_910_000, 2),
        ReportRow(_("Current assets"), level=1, kind="line"),
        line(_("Stock"), 30_615_897, 36_400_000, 2),
        line(_("Trade receivables"), 31_408_977, 28_114_902, 2),
        line(_("Bank"), 31_411_239, 18_204_412, 2),
        line(_("Total assets"), 96_504_446, 85_629_314, 0, "total"),
        ReportRow(_("Equity and liabilities"), kind="heading"),
        line(_("Capital"), 1_800_000, 1_800_000, 1),
        line(_("Retained earnings"), 61_204_350, 61_204_350, 1),
        line(_("Result of this year"), -1_403_090, 0, 1),
        line(_("Trade payables"), 27_434_501, 19_880_214, 1),
        line(_("VAT to pay"), 7_468_685, 2_744_750, 1),
        line(_("Total equity and liabilities"), 96_504_446, 85_629_314, 0, "total"),
    ]
    return ReportPage(
        code_title=_("Account"),
        name_title=_("Name"),
        title=_("Balance sheet"),
        subtitle=_("Lantaarn BV · amounts in EUR"),
        address=address,
        columns=[ReportColumn(_("30 Jun 2011")), ReportColumn(_("31 Dec 2010"))],
        rows=rows,
        has_codes=False,
        period=Period(None, date(2011, 6, 30), [Link(_("Today"), url), Link(_("End of month"), url), Link(_("End of year"), url)], _("End of month"), at_end=True),
        verdict=Verdict(good=False, text=_("%(amount)s apart: account 1390 holds it") % {"amount": formats.money(100, 2, "EUR")}),
    )  # fmt: skip
