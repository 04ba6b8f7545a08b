"""Objectives over the database: reckoned from figures, spoken of, closed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kantoor.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from kantoor.management.actions.objectives import (
    add_key_result,
    change_key_result,
    change_objective,
    close_objective,
    comment_on_objective,
    end_key_result,
    set_objective,
)
from kantoor.management.drafts import KeyResultChange, KeyResultDraft, ObjectiveSetting
from kantoor.management.errors import UnknownObjective
from kantoor.management.models import KeyResult
from kantoor.management.queries.objectives import objective as shown
from kantoor.management.queries.objectives import objectives, result_trends
from kantoor.management.tests.steering import LEVEL, SALES, SECRET, Steered, objective


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def test_a_result_is_measured_since_the_objective_began(steered: Steered) -> None:
    # Ten a day over ten days, of the two hundred that are wanted.
    number = objective(steered.director, starts_on=days_ago(9), ends_on=days_ago(-10), target="200")
    found = shown(steered.director, number=number)
    (result,) = found.results
    assert (result.now, result.progress, result.expected) == (
        Decimal(100),
        Decimal(50),
        Decimal(50),
    )
    assert result.state == "on_track"
    assert result.url == f"/stock?from={days_ago(9)}&to={timezone.localdate()}"
    assert (found.row.progress, found.row.state) == (Decimal(50), "on_track")


def test_a_level_is_measured_as_it_is_now(steered: Steered) -> None:
    steered.says.level = 45
    number = objective(
        steered.director, starts_on=days_ago(99), ends_on=days_ago(0), figure=LEVEL, start="60",
        target="30",
    )  # fmt: skip
    (result,) = shown(steered.director, number=number).results
    assert (result.progress, result.state) == (Decimal(50), "off")


def test_a_hundred_percent_is_said_of_what_is_reached_alone(steered: Steered) -> None:
    steered.says.level = 99_999
    number = objective(
        steered.director, starts_on=days_ago(9), ends_on=days_ago(0), figure=LEVEL, target="100000"
    )
    (result,) = shown(steered.director, number=number).results
    assert (result.progress, result.state) == (Decimal("99.9"), "on_track")


def test_who_may_not_see_a_figure_sees_no_value_of_it(steered: Steered) -> None:
    number = objective(
        steered.house.administrator, starts_on=days_ago(9), ends_on=days_ago(0), figure=SECRET
    )
    (result,) = shown(steered.director, number=number).results
    assert not result.visible
    assert (result.now, result.start, result.target, result.progress) == (None,) * 4
    assert shown(steered.director, number=number).row.state == "unknown"
    assert result_trends(steered.director, number=number) == []
    draft = KeyResultDraft(objective=number, figure=SECRET, start=Decimal(0), target=Decimal(1))
    with pytest.raises(NotAllowed):
        add_key_result(steered.director, result=draft)


def test_statements_do_not_grow_with_objectives(steered: Steered) -> None:
    def asked(count: int) -> int:
        for _n in range(count):
            objective(steered.director, starts_on=days_ago(9), ends_on=days_ago(0))
        steered.says.asked.clear()
        with CaptureQueriesContext(connection) as found:
            objectives(steered.director)
        assert len(steered.says.asked) == 1
        return len(found)

    assert asked(2) == asked(20)


def test_a_result_that_was_taken_off_counts_no_more(steered: Steered) -> None:
    number = objective(steered.director, starts_on=days_ago(9), ends_on=days_ago(0))
    end_key_result(steered.director, result=KeyResult.objects.get().pk)
    found = shown(steered.director, number=number)
    assert (found.results, found.row.progress) == ([], None)


def test_a_changed_target_changes_the_progress(steered: Steered) -> None:
    number = objective(steered.director, starts_on=days_ago(9), ends_on=days_ago(-10), target="200")
    key = KeyResult.objects.get().pk
    change_key_result(steered.director, change=KeyResultChange(result=key, target=Decimal(400)))
    assert shown(steered.director, number=number).results[0].progress == 25
    with pytest.raises(InvalidInput):
        change_key_result(steered.director, change=KeyResultChange(result=key, target=Decimal(0)))


def test_the_trend_ends_where_the_result_stands(steered: Steered) -> None:
    number = objective(steered.director, starts_on=days_ago(70), ends_on=days_ago(0))
    (trend,) = result_trends(steered.director, number=number)
    assert trend.values[-1] == 710
    assert trend.values == sorted(each for each in trend.values if each is not None)
    assert len(trend.values) == len(trend.days) >= 3


def test_a_closed_objective_changes_no_more_but_can_be_spoken_of(steered: Steered) -> None:
    number = objective(steered.director, starts_on=days_ago(9), ends_on=days_ago(0))
    close_objective(steered.director, number=number, outcome="partly", conclusion="Half of it")
    comment_on_objective(steered.bookkeeper, number=number, comment="What a year")
    found = shown(steered.bookkeeper, number=number)
    assert (found.row.state, found.conclusion) == ("partly", "Half of it")
    assert [(each.who, each.text) for each in found.comments] == [("Boris", "What a year")]
    with pytest.raises(Conflict):
        change_objective(steered.director, number=number, title_en="Other")
    with pytest.raises(Conflict):
        change_key_result(
            steered.director,
            change=KeyResultChange(result=KeyResult.objects.get().pk, target=Decimal(9)),
        )
    assert [row.number for row in objectives(steered.director, state="closed").rows] == [number]
    assert objectives(steered.director, state="open").rows == []


def test_a_key_result_without_a_way_to_go_is_refused(steered: Steered) -> None:
    number = objective(steered.director, starts_on=days_ago(9), ends_on=days_ago(0))
    for draft, field in (
        (KeyResultDraft(objective=number, figure=SALES, start=Decimal(1), target=Decimal(1)), "target"),
        (KeyResultDraft(objective=number, figure=SALES, start=Decimal(0), target=Decimal(1), due_on=days_ago(10)), "due_on"),
    ):  # fmt: skip
        with pytest.raises(InvalidInput) as refused:
            add_key_result(steered.director, result=draft)
        assert refused.value.place.field == field
    with pytest.raises(NotFound):
        add_key_result(
            steered.director,
            result=KeyResultDraft(
                objective=number, figure="tests.none", start=Decimal(0), target=Decimal(1)
            ),
        )


def test_an_objective_names_somebody_with_an_account_and_days_in_order(steered: Steered) -> None:
    setting = {"title_nl": "G", "title_en": "G", "owner": "dora"}
    with pytest.raises(InvalidInput):
        set_objective(
            steered.director,
            objective=ObjectiveSetting(**setting, starts_on=days_ago(0), ends_on=days_ago(1)),
        )
    with pytest.raises(NotFound):
        set_objective(
            steered.director,
            objective=ObjectiveSetting(
                **{**setting, "owner": "nobody"}, starts_on=days_ago(1), ends_on=days_ago(0)
            ),
        )
    with pytest.raises(UnknownObjective):
        comment_on_objective(steered.director, number=77, comment="?")
