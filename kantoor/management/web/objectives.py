"""Objectives as a register, and the page of one: key results, how they went, what was said."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for, acts
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.charts import Chart, Series
from kantoor.kernel.ui.record_page import Fact
from kantoor.management.print.words import STATES
from kantoor.management.queries.objectives import (
    READ,
    ObjectiveShown,
    Trend,
    objective,
    objective_numbers,
    objectives,
    result_trends,
)
from kantoor.management.web import words

OBJECTIVES = ListView(
    key="management.objectives",
    title=_("Objectives"),
    query=objectives,
    columns=[
        Col(key="number", title=_("Number"), kind="number", sort=True, phone="hidden"),
        Col(key="title", title=_("Objective"), phone="title"),
        Col(key="owner_name", title=_("Who answers for it"), phone="meta"),
        Col(key="starts_on", title=_("From"), kind="date", sort=True, default=False),
        Col(key="ends_on", title=_("To"), kind="date", sort=True),
        Col(key="results", title=_("Key results"), kind="number"),
        Col(
            key="progress",
            title=_("Progress"),
            value=lambda row: words.percent(row.progress),
            align="end",
            phone="figure",
        ),
        Col(
            key="expected",
            title=_("Expected by now"),
            value=lambda row: words.percent(row.expected),
            align="end",
        ),
        Col(key="state", title=_("State"), kind="status", states=STATES),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={"open": _("Goes on"), "closed": _("Closed")},
        )
    ],
    tabs=[
        Tab(_("Goes on"), {"state": "open"}),
        Tab(_("Closed"), {"state": "closed"}),
        Tab(_("All")),
    ],
    sort="-number",
    row_url=lambda row: words.objective_url(row.number),
    muted=lambda row: row.state in words.OUTCOMES and row.state != "reached",
    new="management.set_objective",
    search_hint=_("Words of the objective"),
    empty=Empty(
        _("No objectives yet"),
        _("Say what is to be reached, by when, and by which figures one sees it."),
        icon="flag",
    ),
)


def _show(actor: Actor, shown: ObjectiveShown) -> Thing:
    row = shown.row
    here = words.objective_url(row.number)
    given = {"number": row.number}
    change = {
        **given, "title_nl": shown.title_nl, "title_en": shown.title_en, "owner": row.owner,
        "starts_on": row.starts_on, "ends_on": row.ends_on,
    }  # fmt: skip
    open_ = shown.closed_at is None
    comment = act_for(
        actor, "management.comment_on_objective", given, label=_("Comment"), icon="message",
        back=here,
    )  # fmt: skip
    steps = [
        act_for(
            actor, "management.add_key_result", {"result.objective": row.number},
            label=_("Add a key result"), icon="plus", key="n", back=here,
        ),
        comment,
        act_for(actor, "management.close_objective", given, label=_("Close"), icon="flag", back=here),
    ]  # fmt: skip
    return Thing(
        title=row.title,
        row=row.id,
        state=words.state_of(row.state),
        since=shown.closed_at,
        note=shown.conclusion,
        facts=[
            Fact(gettext("Who answers for it"), row.owner_name),
            Fact(gettext("From"), row.starts_on),
            Fact(gettext("To"), row.ends_on),
            Fact(gettext("Progress"), words.percent(row.progress)),
            Fact(gettext("Expected by now"), words.percent(row.expected)),
        ],
        main_action=act_for(
            actor, "management.change_objective", change, label=_("Change"), key="e", icon="edit",
            back=here,
        )
        if open_
        else None,
        steps=steps if open_ else [comment],
        body={
            "results": _results(actor, shown, here),
            "comments": shown.comments,
            "rule": words.RULE,
            "charts": [
                _chart(place, each)
                for place, each in enumerate(result_trends(actor, number=row.number))
            ],
        },
    )  # fmt: skip


def _results(actor: Actor, shown: ObjectiveShown, here: str) -> list[Mapping[str, Any]]:
    """Each key result with its state and what can be done with it."""
    found: list[Mapping[str, Any]] = []
    for each in shown.results:
        change = {"result": each.id, "start": each.start, "target": each.target,
                  "over": each.over, "due_on": each.due_on}  # fmt: skip
        todo = acts(
            act_for(
                actor, "management.change_key_result", {f"change.{name}": value for name, value in change.items()}, label=_("Change"),
                icon="edit", back=here,
            ),
            act_for(
                actor, "management.end_key_result", {"result": each.id}, label=_("Take off"),
                icon="x", at_once=True, back=here,
            ),
        )  # fmt: skip
        found.append(
            {
                "row": each,
                "status": words.state_of(each.state),
                "progress": words.percent(each.progress),
                "expected": words.percent(each.expected),
                "width": int(each.progress or 0),
                "acts": todo if shown.closed_at is None and each.visible else [],
            }
        )
    return found


def _chart(place: int, trend: Trend) -> Chart:
    return Chart(
        key=f"result-{place}",
        title=trend.title,
        labels=[words.month_short(each) for each in trend.days],
        series=[Series(trend.unit or trend.title, trend.values, "1")],
        kind="line" if len(trend.days) > 2 else "bar",
        exponent=trend.decimals,
    )


OBJECTIVE = RecordView(
    key="management.objectives",
    title=_("Objective"),
    kind="management.objective",
    path="<int:number>",
    find=objective,
    show=_show,
    template="management/objective.html",
)


@page_of("management.objective", title=_("Objective"))
def objective_pages(actor: Actor, keys: Sequence[str]) -> dict[str, Link]:
    """The pages of objectives, by their key."""
    if not actor.may(READ):
        return {}
    found = objective_numbers(actor, keys=[int(key) for key in keys if key.isdecimal()])
    return {
        str(key): Link(title, words.objective_url(number)) for key, (number, title) in found.items()
    }
