"""Sickness as pages, for who may see it: who is away, and the steps of the law with their days."""

from collections.abc import Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.leave.keys import spell_names
from kantoor.departments.hr.queries.leave.sickness import (
    DutyRow,
    SpellShown,
    sick_spell,
    sick_spells,
)
from kantoor.departments.hr.web.leave import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.ui.cells import Link, Status
from kantoor.kernel.ui.formats import day
from kantoor.kernel.ui.listing import Column, Row
from kantoor.kernel.ui.record_page import Document, Fact, Related, Relation

SICKNESS = ListView(
    key="hr.sickness",
    title=_("Sickness"),
    query=sick_spells,
    columns=[
        Col(key="name", title=_("Employee"), phone="title"),
        Col(key="first", title=_("First day"), kind="date", phone="meta"),
        Col(key="back_on", title=_("Back on"), kind="date"),
        Col(key="days", title=_("Days counted"), kind="number", phone="figure"),
        Col(key="away_percent", title=_("Away (%)"), kind="number"),
        Col(key="next_step", title=_("Next step"), value=lambda r: words.STEPS.get(r.next_step, "")),
        Col(key="due", title=_("By"), kind="date"),
    ],
    narrows=[
        Narrow(key="open", title=_("Sick now"), kind="boolean"),
        Narrow(key="date", title=_("Sick on"), kind="date_range"),
    ],
    tabs=[Tab(_("Sick now"), {"open": "1"}), Tab(_("All"))],
    row_url=lambda row: words.spell_url(row.id),
    muted=lambda row: row.back_on is not None,
    new="hr.report_sick",
    search_hint=_("Name"),
    empty=Empty(_("Nobody is sick"), icon="stethoscope"),
)  # fmt: skip


def show(actor: Actor, shown: SpellShown) -> Thing:
    """A spell: the steps that the law asks, and how far somebody came back."""
    row = shown.spell
    employee, here = {"employee": row.employee}, words.spell_url(row.id)
    steps = []
    if row.back_on is None:
        steps = [
            act_for(actor, "hr.report_recovered", employee, icon="check", back=here),
            act_for(actor, "hr.note_partial_return", employee, icon="percentage", back=here),
        ]
    steps.append(act_for(actor, "hr.note_sickness_step", employee, icon="checklist", back=here))
    sick = Status("sick", gettext("Sick"), "wait")
    back = Status("back", gettext("Recovered"), "good")
    return Thing(
        title=row.name,
        row=row.id,
        state=sick if row.back_on is None else back,
        facts=_facts(shown),
        document=_duties(shown.duties),
        relations=[_parts(shown)],
        steps=steps,
    )


def _facts(shown: SpellShown) -> list[Fact]:
    row = shown.spell
    facts = [
        Fact(gettext("First day"), row.first),
        Fact(gettext("Back on"), row.back_on),
        Fact(gettext("Days counted"), row.days),
        Fact(gettext("Of spells before"), shown.counted_days or None),
        Fact(gettext("Away (%)"), row.away_percent or None),
    ]
    return [fact for fact in facts if fact.value is not None]


def _duties(duties: Sequence[DutyRow]) -> Document:
    return Document(
        columns=[
            Column("step", gettext("Step"), phone="title"),
            Column("due", gettext("By"), "date", phone="meta"),
            Column("state", gettext("State"), "status"),
            Column("done", gettext("Done on"), "date"),
            Column("evidence", gettext("Evidence")),
        ],
        lines=[
            Row(
                each.step,
                {
                    "step": str(words.STEPS[each.step]),
                    "due": each.due,
                    "state": _state(each),
                    "done": each.done_on,
                    "evidence": each.evidence,
                },
            )
            for each in duties
        ],
        note=gettext("What somebody has is not kept: an employer may not."),
    )


def _state(duty: DutyRow) -> Status:
    if duty.done_on is not None:
        return Status("done", gettext("Done"), "good")
    if duty.due < timezone.localdate():
        return Status("late", gettext("Late"), "bad")
    return Status("open", gettext("To do"), "quiet")


def _parts(shown: SpellShown) -> Relation:
    items = [
        Related(Link(gettext("%(n)s %% at work") % {"n": percent}, ""), day(first))
        for first, percent in shown.parts
    ]
    return Relation(gettext("Partial return"), items)


SPELL = RecordView(
    key="hr.sickness",
    title=_("Sickness"),
    kind="hr.sick_spell",
    path="<int:spell>",
    find=sick_spell,
    show=show,
)


@page_of("hr.sick_spell", title=_("Sickness"))
def spell_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of spells by their keys."""
    found = spell_names(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {str(key): Link(name, words.spell_url(key)) for key, name in found.items()}
