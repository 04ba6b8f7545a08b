"""The register of figures, and the page of one: its months, each opening what it is made of."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.departments import departments
from kantoor.kernel.figures import figure_named
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.ui.cells import Link, Status
from kantoor.kernel.ui.listing import Column, Row
from kantoor.kernel.ui.record_page import Document, Fact
from kantoor.management.queries.figures import FigureShown, figure, figures
from kantoor.management.queries.history import histories
from kantoor.management.web.cards import chart_of
from kantoor.management.web.words import figure_url, month_name

BETTER: Mapping[str, Any] = {
    "higher": _("higher is better"),
    "lower": _("lower is better"),
    "": _("neither is better"),
}


def department_names(_actor: Actor) -> dict[str, Any]:
    """The departments with figures, for choosing one."""
    return {**{each.name: each.title for each in departments()}, "kernel": _("House")}


FIGURES = ListView(
    key="management.figures",
    title=_("Figures"),
    query=figures,
    columns=[
        Col(key="title", title=_("Figure"), phone="title"),
        Col(key="department", title=_("Department"), phone="meta"),
        Col(key="shown", title=_("Read"), align="end", phone="figure"),
        Col(key="shown_before", title=_("Month before"), align="end"),
        Col(key="change", title=_("Difference"), align="end", value=lambda row: row.change),
        Col(
            key="sources",
            title=_("Made of"),
            kind="link",
            value=lambda _row: _("Open"),
            url=lambda row: row.url,
        ),
    ],
    narrows=[Narrow(key="department", title=_("Department"), choices=department_names)],
    row_url=lambda row: figure_url(row.name),
    search_hint=_("Name of the figure"),
    empty=Empty(
        _("No figures that you may see"), _("Figures show what your roles allow."), "chart-bar"
    ),
)


def _show(actor: Actor, shown: FigureShown) -> Thing:
    known = figure_named(shown.row.name)
    kept = histories(actor, [known])[known.name]
    tone = Status("figure", shown.row.shown, "info")
    return Thing(
        title=shown.row.title,
        state=tone,
        note=gettext("%(shown)s the month before") % {"shown": shown.row.shown_before},
        facts=[
            Fact(gettext("Department"), shown.row.department),
            Fact(gettext("Name"), shown.row.name),
            Fact(gettext("Which way"), str(BETTER[known.better])),
            Fact(gettext("Made of"), Link(gettext("Open"), shown.row.url)),
        ],
        document=Document(
            columns=[
                Column("month", gettext("Month"), phone="title"),
                Column("value", gettext("Value"), "link", align="end", phone="figure"),
                Column("taken", gettext("Read"), "datetime"),
            ],
            lines=[
                Row(
                    str(each.month),
                    {
                        "month": month_name(each.month),
                        "value": Link(each.shown, each.url),
                        "taken": each.taken_at or gettext("now"),
                    },
                )
                for each in shown.months
            ],
            note=gettext("Months that are over stand as they were read; the running one is of now."),
        ),
        steps=[
            act_for(
                actor, "management.read_figures", {"figure": shown.row.name},
                label=_("Read it again"), icon="refresh", at_once=True,
                back=figure_url(shown.row.name),
            ),
            act_for(
                actor, "management.set_alert", {"alert.figure": shown.row.name},
                label=_("Set an alert"), icon="bell",
            ),
        ],
        body={"chart": chart_of(actor, known, kept, bars=known.of == "days")},
    )  # fmt: skip


FIGURE = RecordView(
    key="management.figures",
    title=_("Figure"),
    kind="management.figure",
    path="<str:name>",
    find=figure,
    show=_show,
    template="management/figure.html",
)
