"""Figures by name: what a department measures of itself, for whoever steers by it.

    @figure(
        name="finance.revenue",
        title=_("Revenue"),
        kind="money",
        of="days",
        permission="finance.read_ledger",
        better="higher",
        sources=lambda days: f"/finance/general-ledger?group=revenue&date_from={days.first}…",
        meaning=_("What was sold, net of tax and of credit notes."),
    )
    def revenue(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]: ...

A figure says the same to everybody in a company who may see it. It is asked of many spans at
once, in a number of statements that does not grow with them, and opens the page whose rows it is
made of. Nothing above the departments adds anything up itself: it asks by name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.departments import department_named
from kantoor.kernel.errors import NotAllowed, NotFound

Value = int | Fraction | None
"""Exact; None where there is nothing to measure, which is not nought."""
Kind = Literal["money", "number", "percent", "duration", "days"]
"""Minor units of the company's currency; a number; a part of one; seconds; days."""
Of = Literal["days", "end", "now"]
"""Of the days of a span; of the end of its last day; of this moment, whatever the span."""
Better = Literal["higher", "lower", ""]
LAST = 1000
"""The figures of the house itself come behind those of its departments."""


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.first <= day <= self.last


Measure = Callable[[Actor, Sequence[Days]], Sequence[Value]]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A declared figure. `sources` is the address of the page with what it is made of.

    `meaning` says in a sentence what exactly it measures; `better` which way one wants it to go, if
    any; `place` orders figures within a department.
    """

    name: str
    title: Any
    kind: Kind
    of: Of
    permission: str
    better: Better
    sources: Callable[[Days], str]
    meaning: Any
    measure: Measure
    place: int

    @property
    def department(self) -> str:
        """Whose it is."""
        return self.name.partition(".")[0]


_figures: dict[str, Figure] = {}


def figure(
    *,
    name: str,
    title: object,
    kind: Kind,
    of: Of,
    permission: str,
    better: Better,
    sources: Callable[[Days], str],
    meaning: object,
) -> Callable[[Measure], Measure]:
    """Declare a figure under its full name, which stays: objectives and alerts refer to it."""

    def declare(measure: Measure) -> Measure:
        known = _figures.get(name)
        same = known is None or known.measure.__module__ == measure.__module__
        assert same, f"two figures are called {name}"
        _figures[name] = Figure(
            name=name, title=title, kind=kind, of=of, permission=permission, better=better,
            sources=sources, meaning=meaning, measure=measure, place=known.place if known else len(_figures),
        )  # fmt: skip
        return measure

    return declare


def figures() -> tuple[Figure, ...]:
    """Every figure of this installation, in the order of the menu and as they were declared."""
    return tuple(sorted(_figures.values(), key=_in_order))


def _in_order(figure: Figure) -> tuple[int, str, int]:
    known = department_named(figure.department)
    return known.order if known else LAST, figure.department, figure.place


def figures_for(actor: Actor) -> tuple[Figure, ...]:
    """The figures that somebody may see."""
    return tuple(each for each in figures() if actor.may(each.permission))


def figure_named(name: str, field: str = "figure") -> Figure:
    """The figure of that name; raises NotFound."""
    found = _figures.get(name)
    if found is None:
        message = _("There is no figure “{name}”.").format(name=name[:60])
        raise NotFound(message, field=field)
    return found


def known_figure(name: str) -> Figure | None:
    """The figure of that name, if this installation has it: its department may be left out."""
    return _figures.get(name)


def measured(actor: Actor, name: str, spans: Sequence[Days]) -> list[Value]:
    """What a figure is in each of the spans, from what the system holds at this moment.

    Of a figure `now` only a span that holds today has a value. Raises NotFound for a name that is
    no figure's, NotAllowed.
    """
    found = figure_named(name)
    if not actor.may(found.permission):
        message = _("You may not see this: it needs the permission {permission}.")
        raise NotAllowed(message.format(permission=found.permission))
    values = list(found.measure(actor, spans)) if spans else []
    assert len(values) == len(spans), f"{name} gave {len(values)} values for {len(spans)} spans"
    return values


def month_of(day: date) -> Days:
    """The days of the month that a day is in."""
    first = day.replace(day=1)
    return Days(first, first_of_next(first) - timedelta(days=1))


def first_of_next(day: date) -> date:
    """The first day of the month after that of a day."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def months_back(day: date, months: int) -> date:
    """The first day of the month so many months before that of a day."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def months_until(day: date, months: int) -> list[Days]:
    """So many months up to that of a day, which is the last one."""
    return [month_of(months_back(day, back)) for back in range(months - 1, -1, -1)]
