"""The management report: what is in it for whom, beside what, and as PDF."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.translation import override

from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.figures import first_of_next, month_of, months_back
from kantoor.management.actions.reading import read_figures
from kantoor.management.print.month import month_pdf
from kantoor.management.queries.report import DepartmentPart, management_report
from kantoor.management.tests.steering import LEVEL, SALES, SECRET, Steered, objective


def part(report_parts: list[DepartmentPart]) -> DepartmentPart:
    return next(each for each in report_parts if each.name == "tests")


def length(first: date) -> int:
    return (month_of(first).last - first).days + 1


def test_a_month_stands_beside_the_one_before_a_year_before_and_the_year_so_far(
    steered: Steered,
) -> None:
    last = months_back(timezone.localdate(), 1)
    (line, _level) = sorted(
        part(management_report(steered.director).departments).figures, key=lambda e: e.name != SALES
    )
    assert line.name == SALES
    assert line.month == length(last) * 10
    assert line.previous == length(months_back(last, 1)) * 10
    assert line.last_year == length(months_back(last, 12)) * 10
    year = (month_of(last).last - date(last.year, 1, 1)).days + 1
    assert line.year == year * 10


def test_a_chart_has_its_figures_month_by_month(steered: Steered) -> None:
    (chart,) = part(management_report(steered.director).departments).charts
    assert [length(first) * 10 for first in chart.months] == chart.plotted
    assert len(chart.months) == 13


def test_what_is_of_this_moment_is_as_it_was_read_in_the_month(steered: Steered) -> None:
    steered.says.level = 42
    read_figures(steered.director, figure=LEVEL)
    steered.says.level = 43
    parts = management_report(steered.director, month=timezone.localdate()).departments
    found = {line.name: line for line in part(parts).figures}
    assert found[LEVEL].month == Decimal(43)
    assert found[LEVEL].previous is None


def test_what_somebody_may_not_see_is_not_in_theirs(steered: Steered) -> None:
    def names(who: object) -> set[str]:
        parts = management_report(who).departments  # type: ignore[arg-type]
        return {line.name for each in parts for line in each.figures}

    assert SECRET in names(steered.house.administrator)
    assert SECRET not in names(steered.director)
    assert "finance.revenue" in names(steered.bookkeeper)
    assert "hr.headcount" not in names(steered.bookkeeper)


def test_a_month_that_is_still_to_come_is_refused(steered: Steered) -> None:
    with pytest.raises(InvalidInput):
        management_report(steered.director, month=first_of_next(timezone.localdate()))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_is_set_in_type_in_both_languages(steered: Steered, language: str) -> None:
    today = timezone.localdate()
    objective(steered.director, starts_on=today - timedelta(days=80), ends_on=today)
    with override(language):
        content = month_pdf(steered.director)
    assert content.startswith(b"%PDF-")
    assert len(content) > 20_000
