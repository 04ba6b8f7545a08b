"""The home of the style guide: a bookkeeper's morning."""

from datetime import UTC, date, datetime, timedelta

from babel import dates
from django.utils.translation import gettext as _

from kantoor.kernel.ui import formats
from kantoor.kernel.ui.cells import Money, Status
from kantoor.kernel.ui.charts import Chart, Series
from kantoor.kernel.ui.examples.framing import example_url
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.today_page import Figure, FirstStep, Happened, TodayPage, Waiting

_INCOME = (41_203_400, 38_811_200, 55_120_900, 49_302_100, 68_400_700, 61_204_300)
_COSTS = (39_804_100, 40_102_500, 46_600_800, 47_010_300, 52_240_900, 50_118_200)


def _months() -> list[str]:
    names = dates.get_month_names("abbreviated", locale=formats.reader_locale())
    return [names[month] for month in range(1, 7)]


def _waiting() -> list[Waiting]:
    late, review = Status("late", _("Late"), "bad"), Status("review", _("To approve"), "wait")
    url = example_url("record")
    approve = [Act(_("Approve"), url, "post"), Act(_("Send back"), url, "post")]
    return [
        Waiting(_("Remittance of 14 invoices"), url, _("asked by Jesse Smit"), None, review, Money(4_218_055, currency="EUR"), approve),
        Waiting(_("VAT return, 2nd quarter"), url, _("figures are ready"), date(2011, 7, 31), Status("task", _("To do"), "info")),
        Waiting(_("3 lines of bank statement 118 match nothing"), url, "", None, late, Money(-1_204_50, currency="EUR")),
        Waiting(_("12 orders refused on intake"), url, _("no country given"), None, Status("new", _("New"), "info")),
    ]  # fmt: skip


def _happened(now: datetime) -> list[Happened]:
    url = example_url("record")
    return [
        Happened(_("286 invoices posted from orders"), url, _("procedure “Order to invoice”"), now - timedelta(minutes=8)),
        Happened(_("Period May 2011 closed"), url, "Fatima de Boer", now - timedelta(hours=4)),
        Happened(_("Credit limit of Studio Zuidas raised"), url, "Jesse Smit", now - timedelta(hours=22), f"{formats.money(10_000, 0, 'EUR')} → {formats.money(25_000, 0, 'EUR')}"),
    ]  # fmt: skip


def morning() -> TodayPage:
    """What waits, what changed, three figures and a chart."""
    url = example_url("list")
    return TodayPage(
        title=_("Good morning, Fatima"),
        waiting=_waiting(),
        waiting_url=url,
        happened=_happened(datetime.now(UTC)),
        happened_url=url,
        figures=[
            Figure(_("Bank"), Money(31_411_239, currency="EUR"), url, _("8% more than in May"), (18_204, 19_800, 17_002, 24_118, 29_004, 31_411)),
            Figure(_("Receivables"), Money(31_408_977, currency="EUR"), url, "", (28_114, 30_020, 29_404, 33_118, 32_804, 31_408), Status("late", _("%(amount)s late") % {"amount": formats.money(61_204, 0, "EUR")}, "bad")),
            Figure(_("Result this year"), Money(-1_403_090, currency="EUR"), url, _("was %(amount)s in May") % {"amount": formats.money(-24_910, 0, "EUR")}, (14_000, -1_300, 7_200, 2_300, -24_910, -14_030)),
        ],
        charts=[
            Chart(key="result", title=_("Income and costs"), labels=_months(), series=[Series(_("Income"), _INCOME, "1"), Series(_("Costs"), _COSTS, "2")], currency="EUR", url=example_url("report")),
        ],
    )  # fmt: skip


def first_day() -> TodayPage:
    """The home of a company that was begun a minute ago."""
    return TodayPage(
        title=_("Welcome, Fatima"),
        first_steps=[
            FirstStep(Act(_("Name your company"), example_url("form")), done=True),
            FirstStep(Act(_("Bring in orders"), example_url("form"), tone="main"), _("A file of your web shop, or let it send them by itself.")),
            FirstStep(Act(_("Invite a colleague"), example_url("form")), _("So that two pairs of eyes see what leaves the bank.")),
        ],
    )  # fmt: skip


def balance_line() -> Chart:
    """A line chart of two years."""
    then = [value * 9 // 10 for value in _INCOME]
    return Chart(
        key="years", title=_("Income by month"), labels=_months(), kind="line", currency="EUR",
        series=[Series("2011", _INCOME, "1"), Series("2010", then, "quiet")],
    )  # fmt: skip
