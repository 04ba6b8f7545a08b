"""Figures that departments declare: equal to a reckoning of their own, and to what they open.

Over the trading company of the demonstration, whose year has everything in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import override
from pytest_django import DjangoDbBlocker

from kantoor.departments.finance.models import Line, OpenItem, Settlement
from kantoor.departments.hr.models import Employment, HourLine, SickSpell
from kantoor.departments.ict.models import Case, CaseOpinion, Device
from kantoor.kernel.actors.actor import Actor, console_actor, installation_actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.figures import Days, Figure, Value, figures, measured, month_of, months_until
from kantoor.kernel.pages.desk import desks
from kantoor.kernel.pages.list_view import ListView
from kantoor.kernel.pages.report_view import ReportView, Span
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.cells import Money
from kantoor.shell.demo.people import Staff
from kantoor.shell.demo.trade.making import make_trade
from kantoor.shell.founding import found_company
from kantoor.shell.pages.urls import urlpatterns as every_page
from tests.undone import undone

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("trade")]
MONTHS = 13
assert every_page, "all desks are open"


@dataclass(frozen=True)
class Trade:
    """The company and who sees all of it; `months` up to this one."""

    company: Company
    actor: Actor
    months: list[Days]


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Trade]:
    """The trading company, made once for all tests here."""
    with django_db_blocker.unblock(), undone():
        founded = found_company(
            installation_actor(), name="Winkel", country="NL", currency="EUR", language="nl"
        )
        Staff.hired(Company.objects.get(name="Winkel"), founded, "nl")
        company = Company.objects.get(name=make_trade(timezone.localdate()))
        actor = console_actor(company)
        yield Trade(company, actor, months_until(timezone.localdate(), MONTHS))


@pytest.fixture
def _django_db_helper(made: Trade, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Nothing is written by these tests; what is would be undone."""
    with django_db_blocker.unblock(), undone():
        yield


@pytest.fixture
def trade(made: Trade, db: None) -> Trade:
    return made


def names() -> list[str]:
    return [each.name for each in figures() if not each.name.startswith("tests.")]


def asked(trade: Trade, name: str) -> list[Value]:
    return measured(trade.actor, name, trade.months)


# --- the same by another way


def _lines(trade: Trade, days: Days, **which: Any) -> int:
    """Credit less debit of single lines of the ledger, closing entries left out."""
    rows = Line.objects.filter(
        account__company=trade.company, date__gte=days.first, date__lte=days.last, **which
    ).exclude(entry__journal__kind="closing")
    return -sum(rows.values_list("amount", flat=True))


def _until(trade: Trade, day: date, **which: Any) -> int:
    rows = Line.objects.filter(account__company=trade.company, date__lte=day, **which)
    return sum(rows.values_list("amount", flat=True))


def _overdue(trade: Trade, day: date, role: str) -> int:
    day = min(day, timezone.localdate())
    found = 0
    for item in OpenItem.objects.filter(
        company=trade.company, account__role=role, date__lte=day, due_on__lt=day
    ):
        found += item.amount
        settled = Settlement.objects.filter(date__lte=day)
        found -= sum(each.amount for each in settled.filter(debit_id=item.pk))
        found += sum(each.amount for each in settled.filter(credit_id=item.pk))
    return found


def _here(trade: Trade, day: date) -> int:
    rows = Employment.objects.filter(company=trade.company)
    return sum(row.starts_on <= day and (row.ends_on is None or row.ends_on >= day) for row in rows)


def _sick(trade: Trade, days: Days) -> Fraction | None:
    """Day by day, person by person."""
    today = timezone.localdate()
    every = [
        days.first + timedelta(n) for n in range((min(days.last, today) - days.first).days + 1)
    ]
    spells = list(SickSpell.objects.filter(company=trade.company).prefetch_related("parts"))
    away = Fraction(0)
    for day in every:
        for spell in spells:
            if spell.first <= day and (spell.back_on is None or day < spell.back_on):
                back = [part for part in spell.parts.all() if part.first <= day]
                worked = max(back, key=lambda part: part.first).percent if back else 0
                away += Fraction(100 - worked, 100)
    there = sum(_here(trade, day) for day in every)
    return away / there if there else None


def test_money_of_a_month_is_what_its_lines_say(trade: Trade) -> None:
    revenue, costs, result = (asked(trade, f"finance.{e}") for e in ("revenue", "costs", "result"))
    assert revenue == [_lines(trade, each, account__group="revenue") for each in trade.months]
    assert costs == [-_lines(trade, each, account__kind="expense") for each in trade.months]
    assert any(revenue)
    both = zip(trade.months, result, strict=True)
    for days, value in both:
        assert value == _lines(trade, days, account__kind__in=("income", "expense"))


def test_what_stands_is_the_sum_of_all_lines_until_then(trade: Trade) -> None:
    for name, which in (
        ("finance.cash", {"account__group": "cash"}),
        ("finance.receivables", {"account__role": "receivables"}),
    ):
        found = asked(trade, name)
        assert found == [_until(trade, each.last, **which) for each in trade.months]
        assert any(found)
    owed = asked(trade, "finance.payables")
    assert owed == [-_until(trade, each.last, account__role="payables") for each in trade.months]


def test_what_is_overdue_is_reckoned_item_by_item(trade: Trade) -> None:
    found = asked(trade, "finance.receivables_overdue")
    assert found == [_overdue(trade, each.last, "receivables") for each in trade.months]
    assert any(found)
    owed = asked(trade, "finance.payables_overdue")
    assert owed == [-_overdue(trade, each.last, "payables") for each in trade.months]


def test_people_and_sickness_are_counted_day_by_day(trade: Trade) -> None:
    assert asked(trade, "hr.headcount") == [_here(trade, each.last) for each in trade.months]
    found = asked(trade, "hr.sickness")
    assert found == [_sick(trade, each) for each in trade.months]
    assert any(found)


def test_hours_cases_devices_and_opinions_are_counted_one_by_one(trade: Trade) -> None:
    lines = list(HourLine.objects.filter(company=trade.company))
    assert asked(trade, "hr.hours") == [
        sum(row.minutes for row in lines if each.holds(row.day)) * 60 for each in trade.months
    ]
    opened = list(Case.objects.filter(company=trade.company))
    with timezone.override(trade.company.zone):
        days = [timezone.localdate(row.opened_at) for row in opened]
    assert asked(trade, "ict.cases") == [
        sum(each.holds(day) for day in days) for each in trade.months
    ]
    scores = list(CaseOpinion.objects.filter(company=trade.company))
    good = sum(row.score >= 4 for row in scores)
    year = [Days(trade.months[0].first, trade.months[-1].last)]
    assert measured(trade.actor, "ict.satisfaction", year) == [Fraction(good, len(scores))]
    out = Device.objects.filter(company=trade.company, state="issued", merged_into=None).count()
    assert asked(trade, "ict.devices_out") == [None] * (MONTHS - 1) + [out]


# --- each opens what it is made of


def _page(figure: Figure, days: Days) -> tuple[ListView | ReportView | None, Address]:
    parts = urlsplit(figure.sources(days))
    found = [
        view
        for desk in desks()
        for view in desk.views
        if view.url == parts.path and isinstance(view, (ListView, ReportView))
    ]
    return (found[0] if found else None), Address(parts.path, tuple(parse_qsl(parts.query)))


@pytest.mark.parametrize("name", names())
def test_a_figure_opens_a_register_or_report_that_takes_its_filters(
    trade: Trade, name: str
) -> None:
    figure = next(each for each in figures() if each.name == name)
    view, address = _page(figure, trade.months[-1])
    assert view is not None, f"{name} opens {address}, which is no page"
    assert view.shows_to(trade.actor)
    if isinstance(view, ListView):
        taken = {name for narrow in view.narrows for name in narrow.shown(trade.actor).names}
        # `shown` names a filter as the page does; a range has a name for each end.
        for key, _value in address.pairs:
            assert key in taken | {"date_from", "date_to"}, f"{key} narrows nothing"
        view.read(trade.actor, address, cursor="", limit=5)


SUMS = {
    "finance.receivables": "open",
    "finance.receivables_overdue": "open",
    "finance.payables": "open",
    "finance.payables_overdue": "open",
    "sales.ordered": "net",
    "sales.returned": "net",
}
COUNTS = ("sales.orders", "ict.open_cases", "ict.cases", "ict.devices_out", "hr.headcount", "hr.vacancies")  # fmt: skip


@pytest.mark.parametrize("name", SUMS)
def test_the_register_behind_a_figure_adds_up_to_it(trade: Trade, name: str) -> None:
    figure = next(each for each in figures() if each.name == name)
    for days in trade.months[-4:]:
        view, address = _page(figure, days)
        assert isinstance(view, ListView)
        page = view.read(trade.actor, address, cursor="", limit=1)
        assert (page.sums[SUMS[name]] or 0) == measured(trade.actor, name, [days])[0]


@pytest.mark.parametrize("name", COUNTS)
def test_the_register_behind_a_count_has_as_many_rows(trade: Trade, name: str) -> None:
    figure = next(each for each in figures() if each.name == name)
    days = trade.months[-1]
    with timezone.override(trade.company.zone):
        view, address = _page(figure, days)
        assert isinstance(view, ListView)
        rows = list(view.every_row(trade.actor, address, 10_000))
    assert len(rows) == measured(trade.actor, name, [days])[0]


def test_the_ledger_behind_revenue_and_cash_adds_up_to_them(trade: Trade) -> None:
    days = trade.months[-2]
    for name, sign in (("finance.revenue", -1), ("finance.cash", 1)):
        figure = next(each for each in figures() if each.name == name)
        view, address = _page(figure, days)
        assert isinstance(view, ListView)
        found = 0
        for row in view.every_row(trade.actor, address, 100_000):
            # What an account opens with stands first; of income that is none of these days.
            opening = 0 if name == "finance.revenue" else row.balance
            found += row.line.debit - row.line.credit if row.line else opening
        assert measured(trade.actor, name, [days]) == [sign * found], name


def test_the_statement_behind_the_result_ends_in_it(trade: Trade) -> None:
    figure = next(each for each in figures() if each.name == "finance.result")
    days = trade.months[-2]
    view, address = _page(figure, days)
    assert isinstance(view, ReportView)
    report = view.report(trade.actor, Span(days.first, days.last), address)
    totals = [row for row in report.rows if row.kind == "total"]
    shown = totals[-1].figures[0]
    assert isinstance(shown, Money)
    assert measured(trade.actor, "finance.result", [days]) == [shown.minor]


# --- each is cheap, and says what it is


@pytest.mark.parametrize("name", names())
def test_statements_do_not_grow_with_the_months(trade: Trade, name: str) -> None:
    def statements(spans: list[Days]) -> int:
        with CaptureQueriesContext(connection) as found:
            measured(trade.actor, name, spans)
        return len(found)

    one, many = statements(trade.months[-1:]), statements(trade.months)
    assert many <= one + 1
    assert many <= 10


@pytest.mark.parametrize("name", names())
def test_a_figure_is_a_whole_number_or_a_fraction(trade: Trade, name: str) -> None:
    values = asked(trade, name)
    assert len(values) == MONTHS
    assert all(each is None or type(each) in (int, Fraction) for each in values)
    figure = next(each for each in figures() if each.name == name)
    if figure.of == "now":
        assert values[:-1] == [None] * (MONTHS - 1)


@pytest.mark.parametrize("name", names())
def test_a_figure_has_a_name_and_a_meaning_in_both_languages(name: str) -> None:
    figure = next(each for each in figures() if each.name == name)
    for words in (figure.title, figure.meaning):
        with override("en"):
            english = force_str(words)
        with override("nl"):
            dutch = force_str(words)
        assert english
        # A few words are the same in both: Orders.
        assert dutch != english or len(english.split()) == 1


def test_a_month_has_all_its_days() -> None:
    assert month_of(date(2028, 2, 11)) == Days(date(2028, 2, 1), date(2028, 2, 29))
