"""The figures that one may see: what each is, was, and where what it is made of can be seen."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.departments import department_named
from kantoor.kernel.errors import NotAllowed
from kantoor.kernel.figures import (
    Days,
    Figure,
    figure_named,
    figures_for,
    measured,
    months_until,
)
from kantoor.kernel.queries import query
from kantoor.management import values
from kantoor.management.models import Reading
from kantoor.management.queries.history import (
    MONTHS,
    MonthValue,
    histories,
    latest_readings,
    value_of,
)

READ = "management.read_dashboards"
MOST = 60


class FigureRow(msgspec.Struct, frozen=True, kw_only=True):
    """A figure as listed; `value` is of this month so far (or of now), in its unit."""

    name: str
    title: str
    department: str
    kind: str
    unit: str
    value: Decimal | None
    before: Decimal | None
    shown: str
    shown_before: str
    change: str
    better: bool | None
    url: str


class MonthRow(msgspec.Struct, frozen=True, kw_only=True):
    """A figure in a month; `taken_at` is when it was read, empty where it is as of now."""

    month: date
    value: Decimal | None
    shown: str
    taken_at: datetime | None
    url: str


class FigureShown(msgspec.Struct, frozen=True, kw_only=True):
    """A figure with its meaning and its months, the latest first."""

    row: FigureRow
    meaning: str
    months: list[MonthRow]


@query(permission=READ, title=_("Figures"), exposed=True)
def figures(actor: Actor, /, *, department: str = "", search: str = "") -> list[FigureRow]:
    """The figures that one may see, by department, as they were read last beside the month before.

    Of what runs that is the last whole month, of what is of one moment this one.
    """
    found = [each for each in figures_for(actor) if department in ("", each.department)]
    words = search.strip().lower()
    if words:
        found = [each for each in found if words in force_str(each.title).lower()]
    months = months_until(timezone.localdate(), 3)
    kept = latest_readings(actor.company_id, [each.name for each in found], months[0].first)
    return [_row(actor, each, _as_read(each, months, kept)) for each in found]


def _as_read(
    figure: Figure, months: list[Days], kept: Mapping[tuple[str, date], Reading]
) -> list[MonthValue]:
    """The last two months that there are readings of."""
    read = [kept.get((figure.name, each.first)) for each in months]
    found = [
        MonthValue(days, value_of(row) if row else None, row.taken_at if row else None)
        for days, row in zip(months, read, strict=True)
    ]
    return found[1:] if figure.of == "now" else found[:2]


@query(permission=READ, title=_("A figure"), exposed=True)
def figure(actor: Actor, /, *, name: str, months: int = MONTHS) -> FigureShown:
    """One figure by its name, by month. Raises NotFound, NotAllowed."""
    found = seen_figure(actor, name)
    kept = histories(actor, [found], months=min(max(months, 2), MOST))[name]
    return FigureShown(
        row=_row(actor, found, kept[-2:]),
        meaning=force_str(found.meaning),
        months=[_month(actor, found, each) for each in reversed(kept)],
    )


@query(permission=READ, title=_("What a figure is"), exposed=True)
def figure_between(actor: Actor, /, *, name: str, first: date, last: date) -> Decimal | None:
    """A figure over any days, in its unit, as the system says at this moment."""
    found = seen_figure(actor, name)
    value = measured(actor, name, [Days(min(first, last), max(first, last))])[0]
    return values.in_unit(found.kind, value, actor.currency)


def seen_figure(actor: Actor, name: str, field: str = "name") -> Figure:
    """The figure of that name; raises NotFound, NotAllowed when one may not see it."""
    found = figure_named(name, field)
    if not actor.may(found.permission):
        message = _("You may not see this: it needs the permission {permission}.")
        raise NotAllowed(message.format(permission=found.permission))
    return found


def figures_by_name(actor: Actor) -> dict[str, str]:
    """The figures that one may see by name, for choosing one: its department and title."""
    return {
        each.name: f"{department_title(each.department)}: {force_str(each.title)}"
        for each in figures_for(actor)
    }


def department_title(name: str) -> str:
    """What a department is called; the kernel's figures are of the house."""
    found = department_named(name)
    return force_str(found.title) if found else str(_("House"))


def _row(actor: Actor, figure: Figure, kept: list[MonthValue]) -> FigureRow:
    before, now = kept[-2].value, kept[-1].value
    show: Any = lambda value: values.shown(figure.kind, value, actor.currency)  # noqa: E731
    return FigureRow(
        name=figure.name,
        title=force_str(figure.title),
        department=department_title(figure.department),
        kind=figure.kind,
        unit=values.unit(figure.kind, actor.currency),
        value=values.in_unit(figure.kind, now, actor.currency),
        before=values.in_unit(figure.kind, before, actor.currency),
        shown=show(now),
        shown_before=show(before),
        change=values.changed(figure, now, before),
        better=values.is_better(figure, now, before),
        url=figure.sources(kept[-1].days),
    )


def _month(actor: Actor, figure: Figure, kept: MonthValue) -> MonthRow:
    return MonthRow(
        month=kept.days.first,
        value=values.in_unit(figure.kind, kept.value, actor.currency),
        shown=values.shown(figure.kind, kept.value, actor.currency),
        taken_at=kept.taken_at,
        url=figure.sources(kept.days),
    )
