"""Readings: months that are over are kept as they were read, and read anew where they changed."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kantoor.kernel.figures import figure_named, month_of, months_back
from kantoor.management.actions.reading import read_figures
from kantoor.management.models import Reading
from kantoor.management.queries.figures import figure
from kantoor.management.queries.history import histories
from kantoor.management.tests.steering import LEVEL, SALES, Steered


def days_of(first: date) -> int:
    last = min(month_of(first).last, timezone.localdate())
    return (last - first).days + 1


def test_months_that_are_over_are_read_once_and_then_not_asked_again(steered: Steered) -> None:
    assert read_figures(steered.director, figure=SALES, months=4) == 3
    assert read_figures(steered.director, figure=SALES, months=4) == 0
    steered.says.asked.clear()
    kept = histories(steered.director, [figure_named(SALES)], months=4)[SALES]
    assert [each.value for each in kept] == [days_of(each.days.first) * 10 for each in kept]
    # Only the running month was asked.
    assert steered.says.asked == [(SALES, 1)]
    assert [each.taken_at is None for each in kept] == [False, False, False, True]


def test_months_that_were_never_read_are_asked_at_this_moment(steered: Steered) -> None:
    kept = histories(steered.director, [figure_named(SALES)], months=3)[SALES]
    assert [each.value for each in kept] == [days_of(each.days.first) * 10 for each in kept]
    assert all(each.taken_at is None for each in kept)


def test_a_month_that_turns_out_otherwise_is_read_again_and_both_readings_stay(
    steered: Steered, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_figures(steered.director, figure=SALES, months=3)
    before = Reading.objects.filter(figure=SALES).count()
    monkeypatch.setattr(
        type(steered.says), "of_days", lambda _self, _actor, spans: [7] * len(spans)
    )
    changed = figure_named(SALES)
    object.__setattr__(changed, "measure", steered.says.of_days)
    assert read_figures(steered.director, figure=SALES, months=3) == 2
    assert Reading.objects.filter(figure=SALES).count() == before + 2
    shown = figure(steered.director, name=SALES, months=3)
    assert [each.shown for each in shown.months] == ["7", "7", "7"]


def test_what_is_of_this_moment_is_kept_in_the_month_it_was_read(steered: Steered) -> None:
    steered.says.level = 5
    assert read_figures(steered.director, figure=LEVEL) == 1
    steered.says.level = 6
    assert read_figures(steered.director, figure=LEVEL) == 1
    found = Reading.objects.filter(figure=LEVEL).order_by("pk")
    assert [(row.month, row.numerator) for row in found] == [
        (timezone.localdate().replace(day=1), value) for value in (5, 6)
    ]


def test_the_last_month_begins_where_the_one_before_ends() -> None:
    today = timezone.localdate()
    last = month_of(months_back(today, 1))
    assert last.last + timedelta(days=1) == today.replace(day=1)
    assert months_back(date(2026, 1, 31), 13) == date(2024, 12, 1)
