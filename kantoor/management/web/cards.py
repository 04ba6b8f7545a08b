"""Cards of a dashboard as they are drawn; those whose data one may not see are left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl

from django.utils.encoding import force_str
from django.utils.translation import gettext

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.figures import Figure, known_figure
from kantoor.kernel.pages.list_view import ListView
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.cells import Status
from kantoor.kernel.ui.charts import Chart, Series
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Document
from kantoor.management import values
from kantoor.management.models.dashboards import BARS, FIGURE, OBJECTIVES, TABLE
from kantoor.management.queries.dashboards import CardRow, DashboardShown
from kantoor.management.queries.history import MONTHS, Months, histories
from kantoor.management.queries.objectives import READ as READ_OBJECTIVES
from kantoor.management.queries.objectives import ObjectiveRow, objectives
from kantoor.management.registers import known_register
from kantoor.management.web import words

COLUMNS = 5


@dataclass(frozen=True, kw_only=True)
class FigureCard:
    """A figure with how it differs from the month before, and its last months."""

    label: str
    value: str
    exact: str
    url: str
    trend_url: str
    change: str
    status: Status | None
    spark: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class TableCard:
    """The first rows of a register, which it opens."""

    title: str
    url: str
    document: Document


@dataclass(frozen=True, kw_only=True)
class ObjectivesCard:
    """The objectives that go on."""

    title: str
    url: str
    rows: Sequence[ObjectiveRow]
    states: Sequence[Status]

    @property
    def lines(self) -> list[tuple[ObjectiveRow, Status, str, int]]:
        """Each objective with its state, its page, and its progress in whole percents."""
        return [
            (row, state, words.objective_url(row.number), int(row.progress or 0))
            for row, state in zip(self.rows, self.states, strict=True)
        ]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A card as it stands on the page, with what can be done with it where it is edited."""

    id: int
    kind: Literal["figure", "chart", "table", "objectives"]
    figure: FigureCard | None = None
    chart: Chart | None = None
    table: TableCard | None = None
    goals: ObjectivesCard | None = None
    acts: Sequence[Act] = ()


def draw(actor: Actor, shown: DashboardShown) -> list[Drawn]:
    """The cards of a dashboard that the actor may see, in order; each figure asked once."""
    wanted: dict[str, Figure] = {}
    months = MONTHS
    for card in shown.cards:
        figure = _figure(actor, card)
        if figure is not None:
            wanted[figure.name] = figure
            months = max(months, card.most)
    kept = histories(actor, list(wanted.values()), months=months)
    drawn = [_drawn(actor, card, wanted, kept) for card in shown.cards]
    return [each for each in drawn if each is not None]


def _figure(actor: Actor, card: CardRow) -> Figure | None:
    if card.kind in (TABLE, OBJECTIVES):
        return None
    found = known_figure(card.subject)
    return found if found is not None and actor.may(found.permission) else None


def _drawn(
    actor: Actor, card: CardRow, wanted: Mapping[str, Figure], kept: Mapping[str, Months]
) -> Drawn | None:
    if card.kind == TABLE:
        table = _table(actor, card)
        return Drawn(id=card.id, kind="table", table=table) if table else None
    if card.kind == OBJECTIVES:
        goals = _objectives(actor, card)
        return Drawn(id=card.id, kind="objectives", goals=goals) if goals else None
    figure = wanted.get(card.subject)
    if figure is None:
        return None
    if card.kind == FIGURE:
        return Drawn(
            id=card.id, kind="figure", figure=figure_card(actor, figure, kept[figure.name])
        )
    shown = kept[figure.name][-card.most :]
    if not any(each.value for each in shown):
        # Axes without anything on them say less than a word.
        empty = Document(columns=[], lines=[])
        url = words.figure_url(figure.name)
        table = TableCard(title=force_str(figure.title), url=url, document=empty)
        return Drawn(id=card.id, kind="table", table=table)
    chart = chart_of(actor, figure, shown, bars=card.kind == BARS)
    return Drawn(id=card.id, kind="chart", chart=chart)


def figure_card(actor: Actor, figure: Figure, kept: Months) -> FigureCard:
    """A figure at a glance: of what runs, this month so far; else how it stands now."""
    now, before = kept[-1], kept[-2] if len(kept) > 1 else None
    value_before = before.value if before else None
    # Half a month is no worse than a whole one: only what stands at a moment is judged.
    better = None
    if figure.of != "days":
        better = values.is_better(figure, now.value, value_before)
    change = ""
    status: Status | None = None
    if before is not None and value_before is not None:
        month = words.month_short(before.days.first)
        told = values.shown(figure.kind, value_before, actor.currency, whole=True)
        change = gettext("%(value)s in %(month)s") % {"value": told, "month": month}
        differs = values.changed(figure, now.value, value_before)
        if better is not None and differs:
            said = gettext("%(change)s since %(month)s") % {"change": differs, "month": month}
            change = ""
            status = Status("better", said, "good") if better else Status("worse", said, "wait")
    plotted = [values.scaled(figure.kind, each.value, actor.currency) for each in _begun(kept)]
    return FigureCard(
        label=force_str(figure.title),
        value=values.shown(figure.kind, now.value, actor.currency, whole=True),
        exact=values.shown(figure.kind, now.value, actor.currency),
        url=figure.sources(now.days),
        trend_url=words.figure_url(figure.name),
        change=change,
        status=status,
        spark=[each for each in plotted if each is not None],
    )


def _begun(kept: Months) -> Months:
    """Without the months before there was anything, but two at least."""
    first = next((place for place, each in enumerate(kept) if each.value), len(kept))
    return kept[min(first, max(len(kept) - 2, 0)) :]


def chart_of(actor: Actor, figure: Figure, kept: Months, *, bars: bool) -> Chart:
    """A figure by month, zero-based; the months before there was anything are left out."""
    kept = _begun(kept)
    return Chart(
        key=figure.name.replace(".", "-"),
        title=force_str(figure.title),
        labels=[words.month_short(each.days.first) for each in kept],
        series=[
            Series(
                values.unit(figure.kind, actor.currency) or force_str(figure.title),
                [values.scaled(figure.kind, each.value, actor.currency) for each in kept],
                "1",
            )
        ],
        kind="bar" if bars else "line",
        exponent=values.decimals(figure.kind, actor.currency),
        url=words.figure_url(figure.name),
    )


def _table(actor: Actor, card: CardRow) -> TableCard | None:
    view = known_register(card.subject)
    if view is None or not view.shows_to(actor) or not view.concerns(actor):
        return None
    address = Address(view.url, tuple(parse_qsl(card.asked)))
    try:
        page = view.page(actor, address)
    except DomainError:
        return None
    keys = _chosen(view)
    columns = [each for each in page.columns if each.key in keys]
    return TableCard(
        title=page.title,
        url=f"{view.url}?{card.asked}" if card.asked else view.url,
        document=Document(columns=columns, lines=page.rows[: card.most]),
    )


def _chosen(view: ListView) -> set[str]:
    """The columns that say most: what a phone shows of a row, then those in order."""
    roles = ("title", "figure", "meta")
    first = [col.key for col in view.columns if col.phone in roles]
    rest = [col.key for col in view.columns if col.default and col.phone != "hidden"]
    return set(list(dict.fromkeys([*first, *rest]))[:COLUMNS])


def _objectives(actor: Actor, card: CardRow) -> ObjectivesCard | None:
    if not actor.may(READ_OBJECTIVES):
        return None
    rows = objectives(actor, state="open", sort="ends_on", limit=card.most).rows
    return ObjectivesCard(
        title=gettext("Objectives"),
        url="/management/objectives?state=open",
        rows=rows,
        states=[words.state_of(each.state) for each in rows],
    )
