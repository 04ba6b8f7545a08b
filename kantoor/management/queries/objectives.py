"""Objectives with how far they are, reckoned from the figures at this moment."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import msgspec
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.figures import (
    Days,
    Figure,
    Value,
    known_figure,
    measured,
    month_of,
    months_back,
    months_until,
)
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped
from kantoor.management import progress as rule
from kantoor.management import values
from kantoor.management.errors import UnknownObjective
from kantoor.management.models import KeyResult, Objective, ObjectiveComment
from kantoor.management.models.objectives import MONTH

READ = "management.read_objectives"
SORTS = {"number": (), "ends_on": ("ends_on",), "starts_on": ("starts_on",)}
MOST_POINTS = 24


class ResultShown(msgspec.Struct, frozen=True, kw_only=True):
    """A key result with where it stands; values in the figure's unit, `progress` in percent.

    `visible` is whether the reader may see its figure; if not there are no values.
    """

    id: int
    figure: str
    title: str
    over: str
    unit: str
    start: Decimal | None
    target: Decimal | None
    now: Decimal | None
    shown_start: str
    shown_target: str
    shown_now: str
    progress: Decimal | None
    expected: Decimal
    state: str
    due_on: date
    visible: bool
    url: str


class ObjectiveRow(msgspec.Struct, frozen=True, kw_only=True):
    """An objective as listed: `progress` in percent, the mean of its key results."""

    id: int
    number: int
    title: str
    owner: str
    owner_name: str
    starts_on: date
    ends_on: date
    results: int
    progress: Decimal | None
    expected: Decimal | None
    state: str


class CommentRow(msgspec.Struct, frozen=True):
    """What somebody said of an objective."""

    who: str
    text: str
    at: datetime


class ObjectiveShown(msgspec.Struct, frozen=True, kw_only=True):
    """An objective with its key results and what was said of it."""

    row: ObjectiveRow
    title_nl: str
    title_en: str
    results: list[ResultShown]
    comments: list[CommentRow]
    closed_at: datetime | None
    conclusion: str


class Trend(msgspec.Struct, frozen=True, kw_only=True):
    """A key result month by month: labels are the ends of the months; values may be missing."""

    title: str
    days: list[date]
    values: list[int | None]
    decimals: int
    unit: str


@query(permission=READ, title=_("Objectives"), exposed=True)
def objectives(
    actor: Actor, /, *, state: str = "", search: str = "", sort: str = "-number",
    cursor: str = "", limit: int = PAGE,
) -> Page[ObjectiveRow]:  # fmt: skip
    """The objectives; `state` is open (all that go on), closed, or empty for all."""
    found = scoped(actor, Objective).select_related("owner")
    if state:
        found = found.filter(closed_at__isnull=state == "open")
    if search:
        column = "title_nl" if actor.language.startswith("nl") else "title_en"
        found = found.filter(**{f"{column}__icontains": search})
    page = page_by(found, order=sorted_by(sort, SORTS), cursor=cursor, limit=limit, totals={})
    return page.with_rows(rows_of(actor, page.rows))


@query(permission=READ, title=_("An objective"), exposed=True)
def objective(actor: Actor, /, *, number: int) -> ObjectiveShown:
    """One objective by its number. Raises UnknownObjective."""
    row = scoped(actor, Objective).select_related("owner").filter(number=number).first()
    if row is None:
        raise UnknownObjective(_("There is no such objective."), field="number")
    results = _shown(actor, [row])[row.pk]
    comments = ObjectiveComment.objects.filter(objective=row).select_related("author")
    return ObjectiveShown(
        row=_row(actor, row, results),
        title_nl=row.title_nl,
        title_en=row.title_en,
        results=results,
        comments=[
            CommentRow(each.author.name if each.author else "Kantoor", each.text, each.said_at)
            for each in comments.order_by("-pk")
        ],
        closed_at=row.closed_at,
        conclusion=row.conclusion,
    )


@query(permission=READ, title=_("How key results went"))
def result_trends(actor: Actor, /, *, number: int) -> list[Trend]:
    """The key results of an objective whose figures one may see, month by month until today."""
    today = timezone.localdate()
    row = scoped(actor, Objective).filter(number=number).first()
    if row is None:
        return []
    last = min(max(row.ends_on, row.starts_on), today)
    count = (last.year - row.starts_on.year) * 12 + last.month - row.starts_on.month + 1
    months = months_until(last, min(max(count, 1), MOST_POINTS))
    shown = _seen(actor, list(_results([row])))
    asked: dict[str, list[Days]] = {}
    for each, figure in shown:
        asked.setdefault(figure.name, []).extend(_span(each, min(m.last, last)) for m in months)
    kept = {name: iter(measured(actor, name, spans)) for name, spans in asked.items()}
    return [
        Trend(
            title=force_str(figure.title),
            days=[days.last for days in months],
            values=[
                values.scaled(figure.kind, next(kept[figure.name]), actor.currency) for _m in months
            ],
            decimals=values.decimals(figure.kind, actor.currency),
            unit=values.unit(figure.kind, actor.currency),
        )
        for _each, figure in shown
    ]


def _seen(actor: Actor, results: Sequence[KeyResult]) -> list[tuple[KeyResult, Figure]]:
    """The key results whose figures there are and one may see."""
    pairs = [(each, known_figure(each.figure)) for each in results]
    return [(each, found) for each, found in pairs if found and actor.may(found.permission)]


@query(permission=READ, title=_("Numbers of objectives"))
def objective_numbers(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, tuple[int, str]]:
    """The numbers and titles of objectives by their keys."""
    rows = scoped(actor, Objective).filter(pk__in=keys)
    return {row.pk: (row.number, title_of(actor, row)) for row in rows}


def rows_of(actor: Actor, found: Sequence[Objective]) -> list[ObjectiveRow]:
    """Objectives as listed; each figure is asked once, however many there are."""
    results = _shown(actor, found)
    return [_row(actor, row, results[row.pk]) for row in found]


def shown_of(
    actor: Actor, found: Iterable[Objective]
) -> list[tuple[ObjectiveRow, list[ResultShown]]]:
    """Objectives with their key results; each figure is asked once."""
    rows = list(found)
    results = _shown(actor, rows)
    return [(_row(actor, row, results[row.pk]), results[row.pk]) for row in rows]


def title_of(actor: Actor, row: Objective) -> str:
    """The title in the language that holds, which of a letter is its reader's."""
    language = get_language() or actor.language
    return row.title_nl if language.startswith("nl") else row.title_en


def _row(actor: Actor, row: Objective, results: Sequence[ResultShown]) -> ObjectiveRow:
    known = [each for each in results if each.progress is not None]
    done = rule.mean([Fraction(each.progress or 0) / 100 for each in known])
    wanted = rule.mean([Fraction(each.expected) / 100 for each in known])
    state = row.outcome or (rule.UNKNOWN if wanted is None else rule.state(done, wanted))
    return ObjectiveRow(
        id=row.pk, number=row.number, title=title_of(actor, row), owner=row.owner.sign_in,
        owner_name=row.owner.name, starts_on=row.starts_on, ends_on=row.ends_on,
        results=len(results), progress=_percent(done), expected=_percent(wanted), state=state,
    )  # fmt: skip


def _results(rows: Iterable[Objective]) -> "QuerySet[KeyResult]":
    keys = [row.pk for row in rows]
    found = KeyResult.objects.filter(objective__in=keys, ended_at=None)
    return found.select_related("objective").order_by("pk")


def _shown(actor: Actor, rows: Sequence[Objective]) -> dict[int, list[ResultShown]]:
    """The key results of objectives by their objective's key."""
    found: dict[int, list[ResultShown]] = {row.pk: [] for row in rows}
    listed = list(_results(rows))
    today = timezone.localdate()
    now = _now(actor, listed, today)
    for each in listed:
        found[each.objective_id].append(_result(actor, each, now, today))
    return found


def _now(
    actor: Actor, results: Sequence[KeyResult], today: date
) -> Mapping[int, tuple[Days, Value]]:
    """What the figures are now: each figure asked once, of all spans together."""
    wanted: dict[str, dict[int, Days]] = {}
    for each, _figure in _seen(actor, results):
        closed = each.objective.closed_at
        last = min(timezone.localdate(closed), today) if closed else today
        wanted.setdefault(each.figure, {})[each.pk] = _span(each, last)
    found: dict[int, tuple[Days, Value]] = {}
    for name, spans in wanted.items():
        kept = measured(actor, name, list(spans.values()))
        found |= dict(zip(spans, zip(spans.values(), kept, strict=True), strict=True))
    return found


def _span(result: KeyResult, last: date) -> Days:
    """What a key result is measured over at the end of a day."""
    figure = known_figure(result.figure)
    if figure is None or figure.of != "days":
        return Days(last.replace(day=1), last)
    if result.over == MONTH:
        whole = month_of(last)
        return whole if whole.last <= last else month_of(months_back(last, 1))
    first = result.objective.starts_on
    return Days(first, max(last, first))


def _result(
    actor: Actor, row: KeyResult, now: Mapping[int, tuple[Days, Value]], today: date
) -> ResultShown:
    figure = known_figure(row.figure)
    wanted = rule.expected(row.objective.starts_on, row.due_on, today)
    if figure is None or row.pk not in now:
        return ResultShown(
            id=row.pk, figure=row.figure, title=force_str(figure.title) if figure else row.figure,
            over=row.over, unit="", start=None, target=None, now=None, shown_start="",
            shown_target="", shown_now="", progress=None, expected=_percent(wanted) or Decimal(0),
            state=rule.UNKNOWN, due_on=row.due_on, visible=False, url="",
        )  # fmt: skip
    days, value = now[row.pk]
    start = Fraction(row.start_numerator, row.start_denominator)
    target = Fraction(row.target_numerator, row.target_denominator)
    done = rule.progress(start, target, value)
    kind, currency = figure.kind, actor.currency
    return ResultShown(
        id=row.pk, figure=row.figure, title=force_str(figure.title), over=row.over,
        unit=values.unit(kind, currency), start=values.in_unit(kind, start, currency),
        target=values.in_unit(kind, target, currency), now=values.in_unit(kind, value, currency),
        shown_start=values.brief(kind, start, currency),
        shown_target=values.brief(kind, target, currency),
        shown_now=values.shown(kind, value, currency), progress=_percent(done),
        expected=_percent(wanted) or Decimal(0), state=rule.state(done, wanted),
        due_on=row.due_on, visible=True, url=figure.sources(days),
    )  # fmt: skip


def _percent(part: Fraction | None) -> Decimal | None:
    """A part of one as a percentage, rounded down: 100 % is said of what is reached alone."""
    return None if part is None else Decimal(int(part * 1000)).scaleb(-1)
