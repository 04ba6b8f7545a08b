"""Leave as it is reckoned equals a naive model that goes day by day and minute by minute."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kantoor.departments.hr.queries.leave.reckoning.accrual import (
    Rule,
    Span,
    earned,
    lapses_on,
)
from kantoor.departments.hr.queries.leave.reckoning.days import Asked, costs, schedule
from kantoor.departments.hr.queries.leave.reckoning.ledger import (
    CORRECTED,
    GRANTED,
    OWED,
    TAKEN,
    Entry,
    Lot,
    left_on,
    replay,
)
from kantoor.departments.hr.tests.leave import naive

FULL = (480, 480, 480, 480, 480, 0, 0)
FOUR_DAYS = (480, 480, 0, 480, 480, 0, 0)
STATUTORY = Rule(Fraction(4), year_before=False, months=6)
BELGIAN = Rule(Fraction(4), year_before=True, months=0)
FIRST, LAST = date(2023, 1, 1), date(2026, 12, 31)

days = st.dates(FIRST, LAST)
small = st.integers(0, 9)
weeks = st.tuples(small, small, small, small, small, small, small)
parts = st.sampled_from(["whole", "morning", "afternoon"])


@st.composite
def contracts(draw: st.DrawFn) -> list[Span]:
    """Versions of contracts after each other, some with a time between them."""
    borders = sorted(draw(st.sets(days, min_size=2, max_size=6)))
    spans = [Span(first, until, draw(weeks)) for first, until in pairwise(borders)]
    return [span for span in spans if draw(st.integers(0, 5))]


@st.composite
def requests(draw: st.DrawFn) -> list[Asked]:
    """Requests in any order, so that later ones are often for days before."""
    asked = []
    for _ in range(draw(st.integers(0, 6))):
        first = draw(days)
        if draw(st.booleans()):
            asked.append(Asked(first, first, draw(parts), minutes=draw(st.none() | small)))
        else:
            last = first + timedelta(days=draw(st.integers(0, 40)))
            asked.append(Asked(first, last, draw(parts), draw(parts)))
    return asked


rules = st.builds(
    Rule,
    weeks=st.fractions(Fraction(1, 4), 6, max_denominator=40),
    year_before=st.booleans(),
    months=st.sampled_from([0, 6, 60]),
)


@given(spans=contracts(), rule=rules, year=st.integers(2023, 2027))
@settings(max_examples=40, deadline=None)
def test_what_is_earned_equals_the_days_added_up(spans: list[Span], rule: Rule, year: int) -> None:
    assert earned(spans, rule, year).minutes == naive.earned(spans, rule, year)


@given(
    spans=contracts(),
    asked=requests(),
    free=st.dictionaries(days, small, max_size=30),
)
@settings(max_examples=40, deadline=None)
def test_a_request_costs_what_each_of_its_days_costs(
    spans: list[Span], asked: list[Asked], free: dict[date, int]
) -> None:
    for each in asked:
        found = dict(costs(each, schedule(spans, each.first, each.last, free)))
        day = each.first
        while day <= each.last:
            assert found.get(day, 0) == naive.taken_on(each, spans, free, day)
            day += naive.DAY


@given(
    spans=contracts(),
    statutory=rules,
    extra=rules,
    asked=requests(),
    free=st.dictionaries(days, small, max_size=10),
    warned=st.sets(st.integers(2023, 2026)),
)
@settings(max_examples=40, deadline=None)
def test_the_ledger_equals_the_naive_model_on_every_day(
    spans: list[Span],
    statutory: Rule,
    extra: Rule,
    asked: list[Asked],
    free: dict[date, int],
    warned: set[int],
) -> None:
    lots: list[Lot] = []
    entries: list[Entry] = []
    purses: list[naive.Lot] = []
    for year in range(2023, 2027):
        for by_law, rule in ((True, statutory), (False, extra)):
            months = 60 if by_law and rule.months == 6 and year not in warned else rule.months
            lapses, key = lapses_on(year, months), len(lots) + 1
            minutes, comes = earned(spans, rule, year).minutes, date(year, 1, 1)
            lots.append(Lot(key, lapses, by_law))
            entries.append(Entry(comes, minutes, lot=key))
            purses.append(naive.Lot(key, comes, lapses, by_law, minutes))
    taken: dict[date, int] = {}
    for number, each in enumerate(asked):
        for day, minutes in costs(each, schedule(spans, each.first, each.last, free)):
            entries.append(Entry(day, minutes, request=number, what=TAKEN))
            taken[day] = taken.get(day, 0) + naive.taken_on(each, spans, free, day)
    moves = replay(lots, entries)

    end = date(2028, 1, 2)
    running: dict[int | None, int] = {}
    place = 0
    for day, (left, by_lot) in naive.balances(purses, taken, FIRST, end).items():
        while place < len(moves) and moves[place].on <= day:
            running[moves[place].lot] = running.get(moves[place].lot, 0) + moves[place].minutes
            place += 1
        assert sum(running.values()) == left
        assert {k: v for k, v in running.items() if v and k is not None} == by_lot
    # Every minute that was granted has gone somewhere, and every minute taken came from somewhere.
    assert sum(m.minutes for m in moves if m.what == GRANTED) == sum(p.minutes for p in purses)
    assert -sum(m.minutes for m in moves if m.what == TAKEN) == sum(taken.values())
    assert sum(m.minutes for m in moves if m.what == OWED) == 0


def test_statutory_leave_is_four_times_the_week() -> None:
    year = [Span(date(2024, 1, 1), date(2026, 1, 1), FULL)]
    assert earned(year, STATUTORY, 2024).minutes == 4 * 2400
    assert earned(year, STATUTORY, 2025).minutes == 4 * 2400


def test_fewer_hours_do_not_rescale_what_was_earned() -> None:
    spans = [
        Span(date(2025, 1, 1), date(2025, 7, 1), FULL),
        Span(date(2025, 7, 1), date(2026, 1, 1), FOUR_DAYS),
    ]
    found = earned(spans, STATUTORY, 2025)
    exact = Fraction(4 * 2400 * 181, 365) + Fraction(4 * 1920 * 184, 365)
    assert found.minutes == 8633 and 8632 < exact < 8633
    assert [(part.days, part.week) for part in found.parts] == [(181, 2400), (184, 1920)]


def test_the_belgian_year_before_gives_the_leave_of_this_year() -> None:
    spans = [Span(date(2024, 7, 1), date(2027, 1, 1), FULL)]
    assert earned(spans, BELGIAN, 2024).minutes == 0
    assert earned(spans, BELGIAN, 2025).minutes == 4827  # 9,600 x 184 / 366, rounded up
    assert earned(spans, BELGIAN, 2026).minutes == 9600


def test_leave_lapses_on_the_first_of_july_or_after_five_years() -> None:
    assert lapses_on(2024, 6) == date(2025, 7, 1)
    assert lapses_on(2024, 60) == date(2030, 1, 1)
    assert lapses_on(2024, 0) == date(2025, 1, 1)


def test_half_a_day_on_a_day_off_or_a_holiday_costs_nothing() -> None:
    spans = [Span(date(2025, 1, 1), date(2026, 1, 1), FOUR_DAYS)]
    christmas = {date(2025, 12, 25): 0}
    wednesday, thursday = date(2025, 12, 24), date(2025, 12, 25)
    for day in (wednesday, thursday):
        asked = Asked(day, day, "morning")
        assert costs(asked, schedule(spans, day, day, christmas)) == []
    friday = date(2025, 12, 26)
    assert costs(Asked(friday, friday, "morning"), schedule(spans, friday, friday, christmas)) == [
        (friday, 240)
    ]


def test_backdated_leave_is_taken_from_the_lot_of_then() -> None:
    """Leave of June, told in August: it comes from what lapsed in July, so that less lapsed."""
    lots = [Lot(1, date(2025, 7, 1), True), Lot(2, date(2026, 7, 1), True)]
    grants = [Entry(date(2024, 1, 1), 600, lot=1), Entry(date(2025, 1, 1), 600, lot=2)]
    before = replay(lots, grants)
    assert left_on(before, date(2025, 6, 30)) == 1200
    assert left_on(before, date(2025, 7, 1)) == 600
    late = Entry(date(2025, 6, 20), 480, request=9, what=TAKEN)
    after = replay(lots, [*grants, late])
    assert left_on(after, date(2025, 6, 30)) == 720
    assert left_on(after, date(2025, 7, 1)) == 600


def test_what_is_owed_is_paid_by_the_next_lot() -> None:
    lots = [Lot(1, date(2025, 7, 1), True), Lot(2, date(2026, 7, 1), True)]
    entries = [
        Entry(date(2024, 1, 1), 60, lot=1),
        Entry(date(2024, 3, 1), 100, request=1, what=TAKEN),
        Entry(date(2025, 1, 1), 60, lot=2),
        Entry(date(2025, 2, 1), -30, lot=2, what=CORRECTED),
    ]
    moves = replay(lots, entries)
    assert left_on(moves, date(2024, 12, 31)) == -40
    assert left_on(moves, date(2025, 1, 31)) == 20
    assert left_on(moves, date(2025, 2, 1)) == -10
