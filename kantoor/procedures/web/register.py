"""Procedures as a list, and each as a page: its drawing with times and bottlenecks, and its versions."""

from urllib.parse import quote, urlencode

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.ui.cells import Link, Status
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Fact, Related, Relation
from kantoor.procedures.department import MANAGE
from kantoor.procedures.diagrams.opening import bytes_of
from kantoor.procedures.diagrams.reading import read_diagram
from kantoor.procedures.queries.procedures import (
    ProcedureRow,
    ProcedureShown,
    VersionRow,
    drawing,
    procedure,
    procedures,
    step_times,
)
from kantoor.procedures.web import files
from kantoor.procedures.web.checks import faults_now
from kantoor.procedures.web.drawing import Shown, drawing_of
from kantoor.procedures.web.editor import EDITOR


def procedure_url(key: str) -> str:
    """The page of a procedure."""
    return f"/procedures/procedures/{quote(key)}"


def editor_url(key: str = "", version: int = 0) -> str:
    """The editor of a version, or of a new procedure."""
    asked = {"procedure": key, **({"version": version} if version else {})}
    return f"{EDITOR.url}?{urlencode(asked)}" if key else EDITOR.url


def _new(actor: Actor) -> Act | None:
    if not actor.may(MANAGE):
        return None
    return Act(gettext("Draw a procedure"), editor_url(), icon="pencil", key="n")


def _state(row: ProcedureRow) -> str:
    if row.retired:
        return "retired"
    return "open" if row.published else "drawn"


STATES: States = {
    "open": (_("In use"), "good"),
    "drawn": (_("Drawn only"), "wait"),
    "retired": (_("Out of use"), "quiet"),
}

PROCEDURES = ListView(
    key="procedures.procedures",
    title=_("Procedures"),
    query=procedures,
    columns=[
        Col(key="name", title=_("Name"), kind="link", url=lambda row: procedure_url(row.key),
            sort=True, phone="title"),
        Col(key="state", title=_("State"), kind="status", value=_state, states=STATES),
        Col(key="published", title=_("Version"), kind="number"),
        Col(key="running", title=_("Under way"), kind="number", phone="figure"),
        Col(key="stuck", title=_("Stuck"), kind="number"),
        Col(key="key", title=_("Key"), sort=True, phone="meta"),
    ],
    sort="name",
    row_key="key",
    row_url=lambda row: procedure_url(row.key),
    main=_new,
    search_hint=_("Words of the name"),
    empty=Empty(
        _("No procedures yet"), _("Draw one, or bring in a BPMN file."), icon="sitemap", act=_new
    ),
)  # fmt: skip


def show_procedure(actor: Actor, shown: ProcedureShown) -> Thing:
    """A procedure: how it goes, where it takes long, and what can be done with its versions."""
    row = shown.row
    here = procedure_url(row.key)
    drawn = drawing(actor, procedure=row.key)
    diagram = read_diagram(bytes_of(drawn.xml))
    faults = faults_now(actor, diagram)
    times = {time.element: time for time in step_times(actor, procedure=row.key)}
    word, tone = STATES[_state(row)]
    edit = Act(
        gettext("Change the drawing"), editor_url(row.key, drawn.version), icon="pencil", key="e"
    )
    retire = act_for(
        actor, "procedures.retire_procedure", label=_("Take out of use"), icon="archive", back=here,
        procedure=row.key,
    )  # fmt: skip
    return Thing(
        title=row.name,
        row=row.id,
        state=Status(_state(row), str(word), tone),
        facts=[
            Fact(gettext("Key"), row.key),
            Fact(gettext("Drawing of version"), drawn.version),
            Fact(gettext("Under way"), row.running),
            *([Fact(gettext("Stuck"), row.stuck)] if row.stuck else []),
            Fact(gettext("Acts as"), shown.account),
            Fact(gettext("Its roles"), ", ".join(shown.roles) or gettext("none")),
        ],
        relations=[
            Relation(gettext("Versions"), [_version(row.key, each) for each in shown.versions])
        ],
        main_action=edit if actor.may(MANAGE) else None,
        steps=[_publish(actor, shown), None if row.retired else retire],
        body={
            "drawing": drawing_of(
                diagram,
                language=actor.language,
                xml_url=files.of_version(row.key, drawn.version),
                shown=Shown(times=times, faults=faults),
            ),
            "account_without_role": not shown.roles
            and any(each.rule.endswith(".not_allowed") for each in faults),
        },
    )


def _publish(actor: Actor, shown: ProcedureShown) -> Act | None:
    """The step that puts the newest version to use, when it is not."""
    newest = shown.versions[0]
    if shown.row.published == newest.number and not shown.row.retired:
        return None
    return act_for(
        actor, "procedures.publish_version",
        label=gettext("Put version {number} to use").format(number=newest.number),
        icon="player-play", at_once=True, back=procedure_url(shown.row.key),
        procedure=shown.row.key, version=newest.number,
    )  # fmt: skip


def _version(key: str, version: VersionRow) -> Related:
    said = [version.made_by, version.note]
    if version.faults:
        said.append(gettext("{count} found").format(count=version.faults))
    if version.running:
        said.append(gettext("{count} under way").format(count=version.running))
    return Related(
        Link(
            gettext("Version {number}").format(number=version.number),
            editor_url(key, version.number),
        ),
        " · ".join(each for each in said if each),
    )


PROCEDURE = RecordView(
    key="procedures.procedures",
    title=_("Procedure"),
    kind="procedures.procedure",
    path="<str:key>",
    find=procedure,
    show=show_procedure,
    template="procedures/procedure.html",
)
