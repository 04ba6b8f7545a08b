"""The page to write one's own week on: a grid of what by day, made for the keyboard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.times.writing import MOST_ROWS, write_week
from kantoor.departments.hr.drafts_times import WeekRow
from kantoor.departments.hr.errors_times import WeekChanged
from kantoor.departments.hr.formats.durations import clock, minutes_of
from kantoor.departments.hr.models.people.employment import WEEKDAYS
from kantoor.departments.hr.queries.times.numbers import monday_of
from kantoor.departments.hr.queries.times.sheets import (
    FIRST,
    LAST,
    OwnWeek,
    WeekGridRow,
    days_of,
    hour_choices,
    my_week,
)
from kantoor.departments.hr.web.times import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, Refusals
from kantoor.kernel.pages.acts import act_for, acts
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.formats import day as day_words
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.toasts import Toast, say

SPARE = 2
"""Empty rows under those that are filled, to write on."""
CHANGED = gettext_noop(
    "These hours were changed since you opened this page, by you on another one or by HR. What you"
    " typed stands below and is not kept yet: open the week again to see what is there, or press"
    " Keep to put yours in its place."
)
Faults = dict[tuple[int, str], str]
"""What is wrong, by row (from 1) and field."""


@dataclass(slots=True)
class Typed:
    """A row as it was typed, and what is wrong with its fields."""

    project: str = ""
    customer: str = ""
    text: str = ""
    billable: bool = False
    cells: Sequence[str] = ("",) * 7
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing was typed in it."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, kw_only=True)
class MyHours(View):
    """The page at `/hr/my-hours?week=2026-03-09`; with `&copy=1` filled as the week before."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The grid; sent, what it holds is kept, and handed in where that was asked."""
        actor = actor_of(request)
        monday = _monday(request.POST.get("week") or request.GET.get("week"))
        if request.method == "POST":
            rows = _typed(request)
            faults, others = _keep(
                actor, monday, rows, request.POST.get("version"), hand_in="submit" in request.POST
            )
            if not faults and not others:
                told = gettext("Handed in.") if "submit" in request.POST else gettext("Kept.")
                say(request, Toast(told))
                return HttpResponseRedirect(words.week_url(monday))
            for n, row in enumerate(rows, 1):
                row.faults = {name: said for (line, name), said in faults.items() if line == n}
            own = my_week(actor, week=monday)
            # Whoever was told of a change and sends it again overwrites what is there now.
            told_of = own.version if gettext(CHANGED) in others else request.POST.get("version")
            said = [*others, *faults.values()]
            return self._page(request, actor, own, rows, said, told_of or own.version)
        own = my_week(actor, week=monday)
        rows = [_shown(row) for row in own.rows]
        if request.GET.get("copy") and own.open and not rows:
            before = my_week(actor, week=monday - timedelta(days=7))
            rows = [_shown(row) for row in before.rows]
        return self._page(request, actor, own, rows, [], own.version)

    def _page(
        self, request: HttpRequest, actor: Actor, own: OwnWeek, rows: list[Typed],
        faults: list[str], version: str,
    ) -> HttpResponse:  # fmt: skip
        projects, customers = hour_choices(actor)
        if own.open:
            rows = [*rows, *(Typed() for _n in range(min(SPARE, MOST_ROWS - len(rows))))]
        days = days_of(own.monday)
        sums = [sum(_minutes(row.cells[n]) for row in rows) for n in range(7)]
        context: dict[str, Any] = {
            "page": {"title": force_str(self.title), "more": acts(*_more(actor, own))},
            "week": {
                "own": own, "name": words_of_week(own.monday), "state": words.state(own.state),
                "monday": own.monday.isoformat(), "version": version, "days": [(day, day_words(day)) for _n, day in days],
            },
            "rows": [_cells(n, row, days) for n, row in enumerate(rows)],
            "sums": [clock(each) for each in sums],
            "total": clock(sum(sums)),
            "projects": projects, "customers": customers, "faults": list(dict.fromkeys(faults)),
            "urls": {
                "page": self.url,
                "before": words.week_url(own.monday - timedelta(days=7)),
                "after": words.week_url(own.monday + timedelta(days=7)),
                "copy": "" if own.rows or not own.open else f"{words.week_url(own.monday)}&copy=1",
            },
        }  # fmt: skip
        return render(request, "hr/my_hours.html", context, status=422 if faults else 200)

    def routes(self) -> list[URLPattern]:
        """Its one address."""
        return [self.route("", self.respond)]


def words_of_week(monday: date) -> str:
    """A week as its heading names it."""
    _year, week, _day = monday.isocalendar()
    first, last = day_words(monday), day_words(monday + timedelta(days=6))
    return gettext("Week %(n)s: %(first)s to %(last)s") % {"n": week, "first": first, "last": last}


def _monday(said: str | None) -> date:
    """The Monday of the week that the address names; of this week for what can't be read."""
    try:
        day = date.fromisoformat(said or "")
    except ValueError:
        day = timezone.localdate()
    return monday_of(min(max(day, FIRST), LAST))


def _more(actor: Actor, own: OwnWeek) -> list[Act | None]:
    found: list[Act | None] = [Act(gettext("My timesheets"), "/hr/my-sheets", icon="list")]
    if own.state == "submitted":
        week = {"week": own.monday.isoformat()}
        here = words.week_url(own.monday)
        found.insert(0, act_for(actor, "hr.withdraw_week", week, at_once=True, back=here))
    return found


def _shown(row: WeekGridRow) -> Typed:
    cells = [clock(minutes) if minutes else "" for minutes in row.minutes]
    return Typed(row.project, row.customer, row.text, row.billable, cells)


def _cells(n: int, row: Typed, days: Sequence[tuple[str, date]]) -> dict[str, Any]:
    return {
        "n": n,
        "row": row,
        "cells": [
            (name, cell, day_words(day), row.faults.get(name, ""), day)
            for (name, day), cell in zip(days, row.cells, strict=True)
        ],
        "sum": clock(sum(_minutes(cell) for cell in row.cells)),
    }


def _minutes(cell: str) -> int:
    """The minutes of a cell for the sums; nothing for what can't be read."""
    try:
        return minutes_of(cell)
    except DomainError:
        return 0


def _typed(request: HttpRequest) -> list[Typed]:
    """The rows as they were sent; one more than a week may have is read, so that it is refused."""
    rows = []
    for n in range(MOST_ROWS + 1):
        if f"{n}-mon" not in request.POST:
            break
        cells = [request.POST.get(f"{n}-{name}", "")[:20] for name in WEEKDAYS]
        project, customer, text = (
            request.POST.get(f"{n}-{name}", "").strip()[:200]
            for name in ("project", "customer", "text")
        )
        row = Typed(project, customer, text, f"{n}-billable" in request.POST, cells)
        if not row.empty:
            rows.append(row)
    return rows


def _keep(
    actor: Actor, monday: date, rows: Sequence[Typed], version: str | None, *, hand_in: bool
) -> tuple[Faults, list[str]]:
    """Keep what was typed; gives what is wrong with cells, and with the whole."""
    faults: Faults = {}
    drafts = []
    for n, row in enumerate(rows, 1):
        minutes = {}
        for name, cell in zip(WEEKDAYS, row.cells, strict=True):
            try:
                minutes[name] = minutes_of(cell)
            except DomainError as error:
                faults[n, name] = force_str(error.message)
        drafts.append(
            WeekRow(
                project=row.project, customer=row.customer, text=row.text, billable=row.billable,
                **minutes,
            )
        )  # fmt: skip
    if faults:
        return faults, []
    try:
        write_week(actor, week=monday, rows=drafts, version=version, submit=hand_in)
    except WeekChanged:
        # The page goes on from what is there now: whoever sends it again knows.
        return {}, [gettext(CHANGED)]
    except DomainError as refusal:
        return _placed(refusal)
    return {}, []


def _placed(refusal: DomainError) -> tuple[Faults, list[str]]:
    """What was refused, at its cells where it has a row."""
    errors = refusal.errors if isinstance(refusal, Refusals) else (refusal,)
    faults: Faults = {}
    others = []
    for error in errors:
        if error.place.line:
            key = (error.place.line, error.place.field)
            faults.setdefault(key, force_str(error.message))
        else:
            others.append(force_str(error.message))
    return faults, others


MY_HOURS = MyHours(key="hr.my_hours", title=_("My hours"), permission="hr.use_own")
