"""What finance says on Today and on its desk: what waits, four figures, and the result by month."""

from datetime import date

from babel import dates
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from kantoor.departments.finance.queries.calendar import PeriodRow, periods
from kantoor.departments.finance.queries.desk_figures import (
    DeskFigures,
    desk_figures,
    owing,
    results_by_week,
)
from kantoor.departments.finance.queries.open_item_register import open_item_register
from kantoor.departments.finance.web.figures import invoice_url, money_alone, period_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.today import Card, today_card
from kantoor.kernel.ui.cells import Status
from kantoor.kernel.ui.charts import Chart, Series
from kantoor.kernel.ui.formats import day, number, reader_locale
from kantoor.kernel.ui.today_page import Figure, FirstStep, Waiting

FEW = 4


@today_card("finance", permission="finance.read_receivables", order=20)
def receivables_card(actor: Actor) -> Card:
    """What customers owe, and the invoices that are overdue longest."""
    owed = owing(actor)
    figures = [
        Figure(
            gettext("Receivables"),
            money_alone(actor, owed.total),
            "/finance/receivables-by-age",
            gettext("what customers owe"),
        )
    ]
    if not owed.overdue:
        return Card(figures=figures)
    late = open_item_register(actor, overdue=True, open_min=1, sort="-open", limit=FEW)
    waiting = [
        Waiting(
            gettext("Invoice %(number)s is overdue") % {"number": row.invoice},
            invoice_url(row.invoice),
            row.party_name,
            due=row.due_on,
            status=Status("overdue", gettext("Overdue"), "bad"),
            amount=money_alone(actor, row.open),
        )
        for row in late.rows
        if row.invoice
    ]
    count = late.count or 0
    if count > FEW:
        words = ngettext("%(n)s overdue invoice", "%(n)s overdue invoices", count) % {
            "n": number(count)
        }
        waiting.append(Waiting(words, "/finance/invoices?status=overdue"))
    figures.append(
        Figure(
            gettext("Overdue"),
            money_alone(actor, owed.overdue),
            "/finance/receivables-by-age",
            status=Status("overdue", gettext("Needs a reminder"), "bad"),
        )
    )
    return Card(waiting=waiting, figures=figures)


@today_card("finance", permission="finance.read_ledger", order=21)
def ledger_card(actor: Actor) -> Card:
    """Cash, the result of the month, the result by month, and periods to close."""
    found = desk_figures(actor)
    if found is None:
        return Card(first_steps=_first_steps(actor))
    return Card(
        waiting=_to_close(actor),
        figures=_figures(actor, found),
        charts=[_chart(actor, found)],
    )


def _first_steps(actor: Actor) -> list[FirstStep]:
    found = [
        (
            act_for(actor, "finance.post_entry", label=gettext("Post your opening balance")),
            gettext("What you have and owe on the day that you begin."),
        ),
    ]
    return [FirstStep(act, text) for act, text in found if act]


def _figures(actor: Actor, found: DeskFigures) -> list[Figure]:
    month = found.months[-1]
    span = f"from={month.start}&to={month.end}"
    return [
        Figure(
            gettext("Cash and bank"),
            money_alone(actor, found.cash),
            "/finance/accounts?group=cash",
            spark=found.cash_by_month,
        ),
        Figure(
            gettext("Result in %(month)s") % {"month": _named(month.start)},
            money_alone(actor, month.result),
            f"/finance/profit-and-loss?{span}",
            spark=[each.result for each in found.months],
        ),
    ]


def _chart(actor: Actor, found: DeskFigures) -> Chart:
    months = found.months
    while len(months) > 1 and not (months[0].income or months[0].expenses):
        months = months[1:]
    # A company that has just begun sees its weeks; months would be one bar.
    weeks = len(months) < 3
    shown = results_by_week(actor) if weeks else months
    title = gettext("Income and costs by week") if weeks else gettext("Income and costs by month")
    series = [Series(gettext("Income"), [each.income for each in shown], "1")]
    if any(each.expenses for each in shown):
        series.append(Series(gettext("Costs"), [each.expenses for each in shown], "2"))
    return Chart(
        key="result",
        title=title,
        labels=[_week(each.start) if weeks else _short(each.start) for each in shown],
        series=series,
        exponent=exponent(actor.currency),
        currency=actor.currency,
        url=f"/finance/profit-and-loss?from={shown[0].start}&to={shown[-1].end}",
    )


def _to_close(actor: Actor) -> list[Waiting]:
    """Periods that are over and still open, the longest ago first."""
    if not actor.may("finance.close_period"):
        return []
    today = timezone.localdate()
    over = [each for each in periods(actor) if each.state == "open" and each.ends_on < today]
    shown = [_closing(each) for each in over[:FEW]]
    if len(over) > FEW:
        words = ngettext("%(n)s period to close", "%(n)s periods to close", len(over))
        shown = [Waiting(words % {"n": number(len(over))}, "/finance/periods", _stretch(over))]
    return shown


def _stretch(over: list[PeriodRow]) -> str:
    return gettext("%(first)s to %(last)s") % {"first": over[0].period, "last": over[-1].period}


def _closing(each: PeriodRow) -> Waiting:
    return Waiting(
        gettext("Close period %(period)s") % {"period": each.period},
        period_url(each.period),
        gettext("It ended on %(day)s") % {"day": day(each.ends_on)},
    )


def _named(month: date) -> str:
    return dates.format_date(month, "LLLL yyyy", locale=reader_locale())


def _short(month: date) -> str:
    return dates.format_date(month, "LLL yy", locale=reader_locale())


def _week(monday: date) -> str:
    return dates.format_date(monday, "d MMM", locale=reader_locale())
