"""Procedures under way as a list, and each as a page: the drawing with where it stands."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.ui.cells import Status
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Fact
from kantoor.procedures.diagrams.opening import bytes_of
from kantoor.procedures.diagrams.reading import read_diagram
from kantoor.procedures.queries.instances import InstanceShown, instance, instances
from kantoor.procedures.web import files
from kantoor.procedures.web.drawing import Shown, Stand, drawing_of, length

STATES: States = {
    "running": (_("Under way"), "info"),
    "stuck": (_("Stuck"), "bad"),
    "ended": (_("Ended"), "good"),
    "called_off": (_("Called off"), "quiet"),
}
HOW = {
    "done": _("Done"),
    "happened": _("Came"),
    "failed": _("Failed"),
    "skipped": _("Passed over"),
    "cancelled": _("Fell away"),
}


def instance_url(number: int) -> str:
    """The page of an instance."""
    return f"/procedures/instances/{number}"


INSTANCES = ListView(
    key="procedures.instances",
    title=_("Under way"),
    query=instances,
    columns=[
        Col(key="title", title=_("Title"), kind="link", url=lambda row: instance_url(row.number),
            phone="title"),
        Col(key="procedure", title=_("Procedure"), phone="meta"),
        Col(key="state", title=_("State"), kind="status", value=lambda row: row.state, states=STATES),
        Col(key="requester", title=_("Started by")),
        Col(key="started_at", title=_("Started"), kind="datetime", sort=True),
        Col(key="changed_at", title=_("Changed"), kind="datetime", sort=True),
    ],
    narrows=[
        Narrow(key="state", title=_("State"),
               choices={state: word for state, (word, _tone) in STATES.items()})
    ],
    sort="-started_at",
    row_url=lambda row: instance_url(row.number),
    search_hint=_("Words of the title"),
    empty=Empty(_("Nothing under way"), _("What is started, or begins by itself, stands here."),
                icon="route"),
)  # fmt: skip


def show_instance(actor: Actor, shown: InstanceShown) -> Thing:
    """Where an instance stands on its drawing, what it passed, and what it knows."""
    row = shown.row
    word, tone = STATES[row.state]
    return Thing(
        title=row.title,
        row=row.id,
        state=Status(row.state, str(word), tone),
        since=row.changed_at,
        facts=[
            Fact(gettext("Procedure"), row.procedure),
            Fact(gettext("Version"), row.version),
            *([Fact(gettext("Started by"), row.requester)] if row.requester else []),
            Fact(gettext("Started"), row.started_at),
            *([Fact(gettext("Ended"), row.ended_at)] if row.ended_at else []),
        ],
        steps=_steps(actor, shown),
        body={
            "comments": shown.comments,
            "drawing": drawing_of(
                read_diagram(bytes_of(shown.xml)),
                language=actor.language,
                xml_url=files.of_instance(row.number),
                shown=Shown(stands=stands_of(shown)),
            ),
            "standing": shown.standing,
            "passed": [(each, HOW[each.how], length(each.elapsed_s)) for each in shown.steps],
        },
    )


def _steps(actor: Actor, shown: InstanceShown) -> list[Act | None]:
    """What can be done: what failed comes first."""
    number, here = shown.row.number, instance_url(shown.row.number)
    found: list[Act | None] = []
    for wait in (each.wait for each in shown.standing if each.kind == "failed"):
        found.append(
            act_for(actor, "procedures.try_again", label=_("Try again"), icon="refresh", at_once=True,
                    back=here, waits=[wait])
        )  # fmt: skip
        found.append(
            act_for(actor, "procedures.skip_step", {"wait": wait}, label=_("Go on past it"),
                    icon="arrow-right", back=here)
        )  # fmt: skip
    found.append(
        act_for(actor, "procedures.comment_on", {"instance": number}, label=_("Say something"),
                icon="message", key="c", back=here)
    )  # fmt: skip
    if shown.row.state in ("running", "stuck"):
        found.append(
            act_for(actor, "procedures.call_off", {"instance": number}, label=_("Call off"),
                    icon="ban", back=here)
        )  # fmt: skip
    return found


def stands_of(shown: InstanceShown) -> dict[str, Stand]:
    """Where an instance stands, by element: what waits goes before what was passed."""
    stands: dict[str, Stand] = {
        step.element: "passed" for step in shown.steps if step.how in ("done", "happened")
    }
    for standing in shown.standing:
        stands[standing.element] = "failed" if standing.kind == "failed" else "waiting"
    return stands


INSTANCE = RecordView(
    key="procedures.instances",
    title=_("Procedure under way"),
    kind="procedures.instance",
    path="<int:number>",
    find=instance,
    show=show_instance,
    template="procedures/instance.html",
)
