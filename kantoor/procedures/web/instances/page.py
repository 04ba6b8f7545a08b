"""An instance as a page: its drawing and where it stands, what it passed, what was said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for, acts
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import link, words_for
from kantoor.kernel.ui.cells import Cell, Link, Status
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Fact, Related, Relation
from kantoor.procedures.department import HELP
from kantoor.procedures.diagrams.elements import Diagram
from kantoor.procedures.diagrams.opening import bytes_of
from kantoor.procedures.diagrams.reading import read_diagram
from kantoor.procedures.queries.instances import InstanceShown, Standing, StepRow, instance
from kantoor.procedures.web import files, words
from kantoor.procedures.web.asking import said_of
from kantoor.procedures.web.drawing import Drawing, Shown, Stand, drawing_of, length, name_of
from kantoor.procedures.web.instances.register import INSTANCES

HIDDEN = {"instance", "requester"}
"""Values that every instance has, and that stand on the page in words."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the instance stands, with what can be done there."""

    at: Standing
    status: Status
    waits_for: str
    why: str
    url: str
    steps: Sequence[Act]


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A step that was passed, in words."""

    name: str
    status: Status
    who: str
    step: StepRow
    took: str


def show(actor: Actor, shown: InstanceShown) -> Thing:
    """An instance with what stands around it."""
    row = shown.row
    diagram = read_diagram(bytes_of(shown.xml))
    return Thing(
        title=row.title,
        row=row.id,
        state=words.status(words.INSTANCE_STATES, row.state),
        since=row.ended_at or row.changed_at,
        facts=_facts(actor, shown, diagram),
        steps=_steps(actor, shown),
        relations=[_people(shown)],
        breadcrumb=[Link(str(INSTANCES.title), INSTANCES.url)],
        body={
            "drawing": drawing_shown(actor, shown, diagram),
            "places": [_place(actor, shown, each) for each in shown.standing],
            "passages": [_passage(each) for each in reversed(shown.steps)],
            "remarks": shown.comments,
            "values": _values(shown, diagram),
            "number": row.number,
            "here": words.instance_url(row.number),
        },
    )


def drawing_shown(actor: Actor, shown: InstanceShown, diagram: Diagram) -> Drawing:
    """The drawing of the version it goes by, with where it stands."""
    stands: dict[str, Stand] = {
        each.element: "passed" for each in shown.steps if each.how in ("done", "happened")
    }
    urls: dict[str, str] = {}
    for each in shown.standing:
        stands[each.element] = "failed" if each.kind == "failed" else "waiting"
        if each.task is not None:
            urls[each.element] = words.task_url(each.task)
    return drawing_of(
        diagram,
        language=actor.language,
        xml_url=files.of_instance(shown.row.number),
        shown=Shown(stands=stands, url_of=lambda element: urls.get(element.id, "")),
    )


def _facts(actor: Actor, shown: InstanceShown, diagram: Diagram) -> list[Fact]:
    row = shown.row
    found: list[tuple[str, Cell]] = [
        (gettext("Number"), str(row.number)),
        (gettext("Procedure"), _procedure(actor, shown)),
        (gettext("Started by"), row.requester),
        (gettext("Because of"), _cause(actor, shown.cause, diagram)),
        (gettext("Started"), row.started_at),
        (gettext("Ended"), row.ended_at),
    ]
    return [Fact(label, value) for label, value in found if value not in ("", None)]


def _procedure(actor: Actor, shown: InstanceShown) -> Cell:
    row = shown.row
    said = gettext("{name}, version {version}").format(name=row.procedure, version=row.version)
    may_open = actor.may("procedures.read_procedures")
    return Link(said, words.version_url(row.procedure_key, row.version)) if may_open else said


def _cause(actor: Actor, cause: str, diagram: Diagram) -> Cell:
    """What made it begin: the event as the drawing calls it, or the page of a thing."""
    if not cause:
        return ""
    page = link(actor, cause)
    said = words_for(cause, page)
    for start in diagram.elements.values():
        if page and start.tag == "startEvent" and start.message == page.label and start.name:
            said = name_of(start, actor.language)
    return Link(said, page.url) if page and page.url else said


def _steps(actor: Actor, shown: InstanceShown) -> list[Act | None]:
    row = shown.row
    here = words.instance_url(row.number)
    if row.state not in ("running", "stuck"):
        return []
    failed = [each.wait for each in shown.standing if each.kind == "failed"]
    again = (
        act_for(actor, "procedures.try_again", waits=failed, icon="refresh", at_once=True, back=here,
                label=_("Try again what failed"), tone="main")
        if failed
        else None
    )  # fmt: skip
    mine = shown.mine or actor.may(HELP)
    hint = _("What it did that can be undone is undone.") if shown.undoable else ""
    call_off = act_for(
        actor, "procedures.call_off", instance=row.number, icon="x", tone="danger", back=here,
        label=_("Call it off"), hint=hint,
    )  # fmt: skip
    return [again, call_off if mine else None]


def _people(shown: InstanceShown) -> Relation:
    """Who started it, who did what, and who has something to do."""
    found: dict[str, str] = {}
    if shown.row.requester:
        found[shown.row.requester] = gettext("started it")
    for step in shown.steps:
        if step.user:
            found.setdefault(step.user, step.name)
    for each in shown.standing:
        if each.who:
            found[each.who] = gettext("has “{name}”").format(name=each.name)
    items = [Related(Link(name, ""), detail) for name, detail in found.items()]
    return Relation(gettext("People"), items)


def _place(actor: Actor, shown: InstanceShown, each: Standing) -> Place:
    here = words.instance_url(shown.row.number)
    steps: list[Act] = []
    if each.kind == "failed":
        steps = acts(
            act_for(actor, "procedures.try_again", waits=[each.wait], label=_("Try again"),
                    icon="refresh", at_once=True, back=here),
            act_for(actor, "procedures.skip_step", wait=each.wait, label=_("Go on past it"),
                    icon="arrow-right", back=here),
        )  # fmt: skip
    url = words.task_url(each.task) if each.task is not None else ""
    if each.approval is not None:
        url = words.approval_url(each.approval)
    return Place(
        at=each,
        status=_standing(each),
        waits_for=str(words.WAITS_FOR.get(each.kind, "")),
        why=each.why,
        url=url,
        steps=steps,
    )


def _standing(each: Standing) -> Status:
    if each.kind == "failed":
        return Status("failed", gettext("Failed"), "bad")
    if each.late:
        return words.status(words.TASK_STATES, "late")
    return Status("waiting", gettext("Waits"), "wait")


def _passage(each: StepRow) -> Passage:
    who = each.user
    if each.deputy_for:
        who = gettext("{name}, for {whom}").format(name=each.user, whom=each.deputy_for)
    return Passage(
        name=each.name,
        status=words.status(words.HOW, each.how),
        who=who,
        step=each,
        took=length(each.elapsed_s) if each.elapsed_s else "",
    )


def _values(shown: InstanceShown, diagram: Diagram) -> list[tuple[str, str]]:
    known: Mapping[str, object] = {
        name: value for name, value in shown.values.items() if name not in HIDDEN
    }
    if isinstance(refused := known.get("error"), Mapping) and "message" in refused:
        known = {**known, "error": refused["message"]}
    fields = [field for element in diagram.elements.values() for field in element.fields]
    return said_of(known, fields)


INSTANCE = RecordView(
    key="procedures.instances",
    title=_("Procedure under way"),
    kind="procedures.instance",
    path="<int:number>",
    find=instance,
    show=show,
    template="procedures/instance.html",
)
