"""The register of procedures, and the lists that the figures of their steps open."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.search import Found, searcher
from kantoor.kernel.ui.listing import Act
from kantoor.procedures.department import MANAGE, READ
from kantoor.procedures.queries.at_steps import passed_at, waiting_at
from kantoor.procedures.queries.procedures import ProcedureRow, procedures
from kantoor.procedures.web import words
from kantoor.procedures.web.drawing import length
from kantoor.procedures.web.instances.register import procedures_to_choose
from kantoor.procedures.web.register.journeys import JOURNEYS

STATES: States = {
    "published": (_("Published"), "good"),
    "draft": (_("Not published"), "wait"),
    "retired": (_("Out of use"), "quiet"),
}


def state_of(row: ProcedureRow) -> str:
    """Whether a procedure can begin."""
    if row.retired:
        return "retired"
    return "published" if row.published is not None else "draft"


def _draw(actor: Actor) -> Act | None:
    if not actor.may(MANAGE):
        return None
    return Act(gettext("Draw a procedure"), words.editor_url(), icon="pencil", key="n")


def _more(actor: Actor) -> list[Act | None]:
    if not actor.may(MANAGE):
        return []
    bring_in = Act(gettext("Bring in a diagram"), "/procedures/import", icon="upload")
    return [bring_in, _ready(actor)]


def _ready(_actor: Actor) -> Act:
    return Act(gettext("Journeys that come ready"), JOURNEYS.url, icon="sparkles")


REGISTER = ListView(
    key="procedures.procedures",
    title=_("Procedures"),
    query=procedures,
    columns=[
        Col(key="name", title=_("Name"), sort=True, phone="title"),
        Col(key="key", title=_("Key"), sort=True, phone="meta"),
        Col(key="state", title=_("State"), kind="status", value=state_of, states=STATES),
        Col(key="published", title=_("Version"), kind="number"),
        Col(key="running", title=_("Under way"), kind="number", phone="figure"),
        Col(key="stuck", title=_("Stand still"), kind="number"),
    ],
    sort="name",
    kind="procedures.procedure",
    row_url=lambda row: words.procedure_url(row.key),
    muted=lambda row: row.retired,
    main=_draw,
    more=_more,
    search_hint=_("Name or key"),
    empty=Empty(
        _("No procedures yet"),
        _("Use those that come ready, draw one, or bring in a BPMN diagram."),
        icon="sitemap",
        act=_ready,
    ),
)

_OF_A_STEP = (
    Narrow(key="procedure", title=_("Procedure"), choices=procedures_to_choose),
    Narrow(key="version", title=_("Version"), kind="text"),
    Narrow(key="element", title=_("Step"), kind="text"),
)
WAITING = ListView(
    key="procedures.waiting",
    title=_("Tasks that wait"),
    query=waiting_at,
    columns=[
        Col(key="title", title=_("Task"), phone="title"),
        Col(key="instance_title", title=_("About"), phone="meta"),
        Col(key="who", title=_("Whose")),
        Col(key="made_at", title=_("Since"), kind="datetime", sort=True),
        Col(key="due_at", title=_("Due"), kind="datetime", sort=True, phone="figure"),
        Col(key="late", title=_("State"), kind="status",
            states={True: (_("Late"), "bad"), False: (_("Waits"), "wait")}),
    ],
    narrows=[*_OF_A_STEP, Narrow(key="late", title=_("Late"), kind="boolean")],
    sort="made_at",
    row_url=lambda row: words.task_url(row.id),
    empty=Empty(_("No tasks wait"), _("Open tasks of everybody stand here."), icon="checklist"),
)  # fmt: skip
PASSED = ListView(
    key="procedures.passed",
    title=_("Steps passed"),
    query=passed_at,
    columns=[
        Col(key="name", title=_("Step"), phone="title"),
        Col(key="instance_title", title=_("About"), phone="meta"),
        Col(key="user", title=_("Done by")),
        Col(key="entered_at", title=_("From"), kind="datetime", default=False),
        Col(key="left_at", title=_("Passed"), kind="datetime", sort=True),
        Col(key="elapsed_s", title=_("Took"), value=lambda row: length(row.elapsed_s), sort=True,
            align="end", phone="figure"),
    ],
    narrows=_OF_A_STEP,
    sort="-left_at",
    row_url=lambda row: words.instance_url(row.instance),
    in_menu=False,
    empty=Empty(_("Nothing was passed yet"), _("Every step that is done stands here."),
                icon="timeline"),
)  # fmt: skip


@searcher("procedures.procedure", title=_("Procedures"), permission=READ, icon="sitemap")
def find_procedures(actor: Actor, text: str, most: int) -> list[Found]:
    """Procedures by name or key."""
    page = procedures(actor, search=text.strip(), limit=most)
    return [Found(row.name, words.procedure_url(row.key), row.key) for row in page.rows]
