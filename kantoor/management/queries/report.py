"""The management report of a month: every figure beside the month before, the same month a year
before and the year so far, with the months behind each chart, and how the objectives stand.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

import msgspec
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.figures import (
    Days,
    Figure,
    Value,
    figures_for,
    measured,
    month_of,
    months_back,
    months_until,
)
from kantoor.kernel.queries import query, scoped
from kantoor.management import values
from kantoor.management.models import Objective
from kantoor.management.queries.figures import READ, department_title
from kantoor.management.queries.history import MONTHS, latest_readings, value_of
from kantoor.management.queries.objectives import READ as READ_OBJECTIVES
from kantoor.management.queries.objectives import ObjectiveRow, ResultShown, shown_of

MOST_CHARTS = 6
STANDS_OUT = Fraction(1, 20)
"""A change of less than a twentieth stands out for nobody."""
MOST_SAID = 5


class FigureLine(msgspec.Struct, frozen=True, kw_only=True):
    """A figure in the month and beside it; values in its unit, the `shown_` ones as text.

    `year` is the calendar year up to the month; of what stands at a moment there is none.
    """

    name: str
    title: str
    meaning: str
    kind: str
    month: Decimal | None
    previous: Decimal | None
    last_year: Decimal | None
    year: Decimal | None
    shown_month: str
    shown_previous: str
    shown_last_year: str
    shown_year: str
    change: str
    better: bool | None
    weight: Decimal
    plotted: list[int | None]


class ChartLine(msgspec.Struct, frozen=True, kw_only=True):
    """A figure by month as a chart shows it; `plotted` are integers with `decimals` decimals."""

    name: str
    title: str
    kind: str
    unit: str
    decimals: int
    months: list[date]
    plotted: list[int | None]


class DepartmentPart(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of a department, and charts of some of them."""

    name: str
    title: str
    figures: list[FigureLine]
    charts: list[ChartLine]


class ObjectivePart(msgspec.Struct, frozen=True, kw_only=True):
    """An objective with its key results."""

    row: ObjectiveRow
    results: list[ResultShown]


class ManagementReport(msgspec.Struct, frozen=True, kw_only=True):
    """The report of a month; `worse` and `better` name the figures that changed most."""

    currency: str
    month: date
    last: date
    departments: list[DepartmentPart]
    objectives: list[ObjectivePart]
    worse: list[FigureLine]
    better: list[FigureLine]


@query(permission=READ, title=_("Management report"), exposed=True)
def management_report(actor: Actor, /, *, month: date | None = None) -> ManagementReport:
    """The report of the month that a day is in, the last whole one unless said.

    What one may not see is not in it. Raises InvalidInput for a month that is still to come.
    """
    today = timezone.localdate()
    day = month or months_back(today, 1)
    if not date(1990, 1, 1) <= day <= month_of(today).last:
        raise InvalidInput(_("Give a month that has begun."), field="month")
    days = month_of(day)
    by_department = groupby(figures_for(actor), key=lambda each: each.department)
    parts = [_part(actor, name, list(group), days) for name, group in by_department]
    lines = [line for part in parts for line in part.figures if line.better is not None]
    lines.sort(key=lambda line: (-line.weight, line.name))
    return ManagementReport(
        currency=actor.currency,
        month=days.first,
        last=days.last,
        departments=parts,
        objectives=_objectives(actor, days),
        worse=[line for line in lines if not line.better][:MOST_SAID],
        better=[line for line in lines if line.better][:MOST_SAID],
    )


def _part(actor: Actor, name: str, found: Sequence[Figure], days: Days) -> DepartmentPart:
    """The figures of a department: each is asked once, of all that it is shown over."""
    months = months_until(days.first, MONTHS)
    year = Days(date(days.first.year, 1, 1), days.last)
    kept = latest_readings(
        actor.company_id, [each.name for each in found if each.of == "now"], months[0].first
    )
    lines: list[FigureLine] = []
    charts: list[ChartLine] = []
    for each in found:
        spans = [*months, year]
        got = measured(actor, each.name, spans)
        if each.of == "now":
            # What is of one moment can't be asked of the past: as it was read in each month.
            got = [
                value_of(kept[each.name, span.first])
                if value is None and (each.name, span.first) in kept
                else value
                for span, value in zip(spans, got, strict=True)
            ]
        by_month, so_far = got[:-1], got[-1] if each.of == "days" else None
        lines.append(_line(actor, each, by_month, so_far))
        if len(charts) < MOST_CHARTS and sum(bool(value) for value in by_month) >= 3:
            charts.append(_chart(actor, each, months, by_month))
    return DepartmentPart(name=name, title=department_title(name), figures=lines, charts=charts)


def _line(actor: Actor, figure: Figure, by_month: Sequence[Value], so_far: Value) -> FigureLine:
    month, previous, last_year = by_month[-1], by_month[-2], by_month[0]
    kind, currency = figure.kind, actor.currency
    weight = _weight(figure, month, previous)
    better = values.is_better(figure, month, previous) if weight >= STANDS_OUT else None
    return FigureLine(
        name=figure.name, title=force_str(figure.title), meaning=force_str(figure.meaning), kind=kind,
        month=values.in_unit(kind, month, currency),
        previous=values.in_unit(kind, previous, currency),
        last_year=values.in_unit(kind, last_year, currency),
        year=values.in_unit(kind, so_far, currency),
        shown_month=values.shown(kind, month, currency, whole=True),
        shown_previous=values.shown(kind, previous, currency, whole=True),
        shown_last_year=values.shown(kind, last_year, currency, whole=True),
        shown_year=values.shown(kind, so_far, currency, whole=True),
        change=values.changed(figure, month, previous), better=better,
        weight=values.in_unit("number", weight, "") or Decimal(0),
        plotted=_plotted(actor, figure, by_month),
    )  # fmt: skip


def _weight(figure: Figure, now: Value, before: Value) -> Fraction:
    """How much a figure changed: as a part of what it was, or in points of a percentage."""
    if now is None or before is None:
        return Fraction(0)
    if figure.kind == "percent":
        return abs(Fraction(now) - Fraction(before))
    return abs((Fraction(now) - before) / Fraction(before)) if before else Fraction(0)


def _chart(
    actor: Actor, figure: Figure, months: Sequence[Days], by_month: Sequence[Value]
) -> ChartLine:
    kind, currency = figure.kind, actor.currency
    return ChartLine(
        name=figure.name, title=force_str(figure.title),
        kind="bars" if figure.of == "days" and kind != "percent" else "line",
        unit=values.unit(kind, currency), decimals=values.decimals(kind, currency),
        months=[each.first for each in months],
        plotted=_plotted(actor, figure, by_month),
    )  # fmt: skip


def _plotted(actor: Actor, figure: Figure, by_month: Sequence[Value]) -> list[int | None]:
    """The months as a chart shows them; those before there was anything are no noughts."""
    found = [values.scaled(figure.kind, each, actor.currency) for each in by_month]
    begun = next((place for place, each in enumerate(found) if each), len(found))
    return [each if place >= begun else None for place, each in enumerate(found)]


def _objectives(actor: Actor, days: Days) -> list[ObjectivePart]:
    """The objectives that went on in the month, as they stand now."""
    if not actor.may(READ_OBJECTIVES):
        return []
    rows = scoped(actor, Objective).filter(starts_on__lte=days.last, ends_on__gte=days.first)
    found = rows.select_related("owner").order_by("ends_on", "number")[:40]
    return [ObjectivePart(row=row, results=results) for row, results in shown_of(actor, found)]
