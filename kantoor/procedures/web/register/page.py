"""A procedure as a page: its drawing with times, its versions, and the account that acts for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.ui.cells import Cell, Link, Status
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Fact, Related, Relation
from kantoor.procedures.department import MANAGE
from kantoor.procedures.diagrams.checking import can_run
from kantoor.procedures.diagrams.elements import Diagram, Fault
from kantoor.procedures.diagrams.opening import bytes_of
from kantoor.procedures.diagrams.reading import read_diagram
from kantoor.procedures.queries.procedures import (
    DrawingShown,
    ProcedureShown,
    StepTime,
    VersionRow,
    VersionShown,
    drawing,
    procedure,
    startable,
    step_times,
    version,
)
from kantoor.procedures.web import files, words
from kantoor.procedures.web.checks import faults_now
from kantoor.procedures.web.drawing import Drawing, Shown, drawing_of
from kantoor.procedures.web.register.lists import REGISTER, STATES, state_of
from kantoor.procedures.web.register.moving import move_act
from kantoor.procedures.web.register.times import table


@dataclass(frozen=True, kw_only=True)
class VersionLine:
    """A version in the list of them, with what can be done."""

    row: VersionRow
    url: str
    status: Status
    publish: Act | None


# --- a procedure


def show(actor: Actor, shown: ProcedureShown) -> Thing:
    """A procedure with the drawing of what is published, or else of its newest version."""
    row = shown.row
    times = step_times(actor, procedure=row.key)
    drawn = drawing(actor, procedure=row.key)
    diagram = read_diagram(bytes_of(drawn.xml))
    faults = faults_now(actor, diagram)
    word, tone = STATES[state_of(row)]
    return Thing(
        title=row.name,
        row=row.id,
        state=Status(state_of(row), str(word), tone),
        facts=_facts(shown),
        main_action=_start(actor, shown),
        steps=_steps(actor, shown, drawn),
        relations=[_account(actor, shown)],
        breadcrumb=[Link(str(REGISTER.title), REGISTER.url)],
        body={
            "drawing": _drawing(actor, drawn, diagram, faults, times),
            "times": table(row.key, drawn.version, times) if times else None,
            "faults": _faults(faults),
            "versions": [_line(actor, shown, each) for each in shown.versions],
            "account_without_role": not shown.roles
            and any(each.rule.endswith(".not_allowed") for each in faults),
        },
    )


def _facts(shown: ProcedureShown) -> list[Fact]:
    row = shown.row
    of_it = f"/procedures/instances?procedure={row.key}&state="
    going = Link(str(row.running), f"{of_it}running")
    found: list[tuple[str, Cell]] = [
        (gettext("Key"), row.key),
        (gettext("Published"), gettext("version {n}").format(n=row.published)
         if row.published is not None else gettext("no version")),
        (gettext("Under way"), going),
        (gettext("Stand still"), Link(str(row.stuck), f"{of_it}stuck") if row.stuck else "0"),
    ]  # fmt: skip
    return [Fact(label, value) for label, value in found]


def _start(actor: Actor, shown: ProcedureShown) -> Act | None:
    if shown.row.published is None or shown.row.retired or not actor.may("procedures.start"):
        return None
    if shown.row.key not in {each.key for each in startable(actor)}:
        return None  # it begins by an event, or is started by others
    url = words.start_url(shown.row.key)
    return Act(gettext("Start"), url, key="s", icon="player-play", tone="main")


def _steps(actor: Actor, shown: ProcedureShown, drawn: DrawingShown) -> list[Act | None]:
    row = shown.row
    here = words.procedure_url(row.key)
    newest = shown.versions[0] if shown.versions else None
    publish = None
    if newest is not None and not newest.faults and (newest.number != row.published or row.retired):
        publish = act_for(
            actor, "procedures.publish_version", procedure=row.key, version=newest.number,
            label=gettext("Publish version {n}").format(n=newest.number), icon="check", back=here,
            at_once=True, tone="main",
        )  # fmt: skip
    retire = act_for(
        actor, "procedures.retire_procedure", procedure=row.key, icon="archive", back=here,
        at_once=True, label=_("Take it out of use"),
        hint=_("What is under way goes on; publishing brings it back."),
    )  # fmt: skip
    edit = Act(
        gettext("Change the drawing"),
        words.editor_url(row.key, drawn.version),
        icon="pencil",
        key="e",
    )
    return [
        publish,
        move_act(actor, shown),
        edit if actor.may(MANAGE) else None,
        None if row.retired or row.published is None else retire,
    ]


def _account(actor: Actor, shown: ProcedureShown) -> Relation:
    """The account that acts for it, with its roles."""
    key = shown.row.key
    here = words.procedure_url(key)
    items = [
        Related(Link(role, f"/management/roles?q={role}"), gettext("role of {account}").format(account=shown.account))
        for role in shown.roles
    ]  # fmt: skip
    give = act_for(actor, "procedures.give_procedure_role", procedure=key, label=_("Give it a role"),
                   icon="plus", back=here)  # fmt: skip
    return Relation(gettext("What it may do itself"), items, give)


def _line(actor: Actor, shown: ProcedureShown, each: VersionRow) -> VersionLine:
    key = shown.row.key
    publish = None
    if not each.faults and each.number != shown.row.published:
        publish = act_for(
            actor, "procedures.publish_version", procedure=key, version=each.number, at_once=True,
            back=words.procedure_url(key), label=_("Publish"), icon="check",
        )  # fmt: skip
    return VersionLine(
        row=each,
        url=words.version_url(key, each.number),
        status=version_status(shown, each),
        publish=publish,
    )


def version_status(shown: ProcedureShown, each: VersionRow) -> Status:
    """How a version stands, as word and shape."""
    if each.number == shown.row.published and not shown.row.retired:
        return Status("published", gettext("Published"), "good")
    if each.faults:
        said = ngettext("{n} thing to mend", "{n} things to mend", each.faults)
        return Status("faulty", said.format(n=each.faults), "bad")
    if each.published_at is not None:
        return Status("earlier", gettext("Earlier"), "quiet")
    return Status("draft", gettext("Not published"), "wait")


def _drawing(
    actor: Actor,
    drawn: DrawingShown,
    diagram: Diagram,
    faults: Sequence[Fault],
    times: Sequence[StepTime],
) -> Drawing:
    return drawing_of(
        diagram,
        language=actor.language,
        xml_url=files.of_version(drawn.procedure, drawn.version),
        shown=Shown(times={each.element: each for each in times}, faults=faults),
    )


def _faults(faults: Sequence[Fault]) -> list[tuple[Fault, Status]]:
    """What can't run first, then what may not be meant."""
    told = sorted(faults, key=lambda each: each.level == "warning")
    return [
        (
            each,
            Status("warning", gettext("May not be meant"), "wait")
            if each.level == "warning"
            else Status("fault", gettext("Can't run"), "bad"),
        )
        for each in told
    ]


PROCEDURE = RecordView(
    key="procedures.procedures",
    title=_("Procedure"),
    kind="procedures.procedure",
    path="<str:key>",
    find=procedure,
    show=show,
    template="procedures/procedure.html",
)


# --- a version of it


def show_version(actor: Actor, found: VersionShown) -> Thing:
    """A version with its drawing, what of it can't run, and its times."""
    row, each = found.procedure.row, found.version
    key = row.key
    here = words.version_url(key, each.number)
    diagram = read_diagram(bytes_of(found.drawing.xml))
    faults = faults_now(actor, diagram)
    publish = None
    if can_run(faults) and each.number != row.published:
        publish = act_for(
            actor, "procedures.publish_version", procedure=key, version=each.number, at_once=True,
            back=here, label=_("Publish"), icon="check", tone="main",
        )  # fmt: skip
    edit = Act(
        gettext("Change the drawing"), words.editor_url(key, each.number), icon="pencil", key="e"
    )
    facts: list[tuple[str, Cell]] = [
        (gettext("Procedure"), Link(row.name, words.procedure_url(key))),
        (gettext("Brought in by"), each.made_by),
        (gettext("Brought in"), each.made_at),
        (gettext("First published"), each.published_at),
        (gettext("Note"), each.note),
        (gettext("Under way"), str(each.running)),
    ]
    return Thing(
        title=gettext("{name}, version {version}").format(name=row.name, version=each.number),
        row=each.id,
        state=version_status(found.procedure, each),
        since=each.made_at,
        facts=[Fact(label, value) for label, value in facts if value not in ("", None)],
        steps=[publish, edit if actor.may(MANAGE) else None],
        breadcrumb=[
            Link(str(REGISTER.title), REGISTER.url),
            Link(row.name, words.procedure_url(key)),
        ],
        body={
            "drawing": _drawing(actor, found.drawing, diagram, faults, found.times),
            "times": table(key, each.number, found.times) if found.times else None,
            "faults": _faults(faults),
            "versions": [],
        },
    )


VERSION = RecordView(
    key="procedures.procedures",
    title=_("Version"),
    kind="procedures.version",
    path="<str:key>/versions/<int:version>",
    find=version,
    show=show_version,
    template="procedures/procedure.html",
)
