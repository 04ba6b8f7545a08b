"""Objectives as registers: those of oneself and one's people, and those of all."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.growth.objectives import my_objectives, objectives
from kantoor.departments.hr.web.growth import words
from kantoor.kernel.pages.acts import url_of_action
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow

_COLUMNS = (
    Col(key="person", title=_("Employee"), sort=True, phone="meta"),
    Col(key="title", title=_("Objective"), phone="title"),
    Col(key="measure", title=_("Measured by")),
    Col(key="due_on", title=_("By"), kind="date", sort=True, phone="meta"),
    Col(
        key="progress",
        title=_("Progress"),
        value=lambda row: f"{row.progress} %",
        align="end",
        phone="figure",
    ),
    Col(key="note", title=_("Note")),
    Col(key="state", title=_("State"), kind="status", states=words.OBJECTIVE_STATES),
)
_NARROWS = (
    Narrow(
        key="state",
        title=_("State"),
        choices={code: word for code, (word, _tone) in words.OBJECTIVE_STATES.items()},
    ),
)
_TABS = (Tab(_("Goes on"), {"state": "open"}), Tab(_("Late"), {"state": "late"}), Tab(_("All")))
_BULK = (Bulk(action="hr.end_objectives", parameter="objectives", label=_("End"), icon="check"),)
_EMPTY = Empty(
    _("No objectives"), _("Set one: what is to be reached, by when, and how one sees it."), icon="flag"
)  # fmt: skip


def _progress(row: object) -> str:
    found = {"objective": row.id, "progress": row.progress, "note": row.note}  # type: ignore[attr-defined]
    ended = row.state in ("reached", "dropped")  # type: ignore[attr-defined]
    return "" if ended else url_of_action("hr.note_progress", found)


MY_OBJECTIVES = ListView(
    key="hr.my_objectives",
    title=_("Objectives of me and my people"),
    query=my_objectives,
    columns=_COLUMNS,
    narrows=_NARROWS,
    tabs=_TABS,
    sort="due_on",
    row_url=_progress,
    muted=lambda row: row.state in ("reached", "dropped"),
    new="hr.set_objective",
    bulk=_BULK,
    empty=_EMPTY,
)

OBJECTIVES = ListView(
    key="hr.objectives",
    title=_("Objectives"),
    query=objectives,
    columns=_COLUMNS,
    narrows=_NARROWS,
    tabs=_TABS,
    sort="due_on",
    row_url=_progress,
    muted=lambda row: row.state in ("reached", "dropped"),
    new="hr.set_objective",
    bulk=_BULK,
    search_hint=_("Name of the employee"),
    empty=_EMPTY,
)
