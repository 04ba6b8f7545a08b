"""The inbox: the tasks that one may do, what is due first on top."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.ui.listing import Act
from kantoor.procedures.department import START
from kantoor.procedures.queries.tasks import TaskRow, inbox
from kantoor.procedures.web import words


def state_of(row: TaskRow) -> str:
    """How a task stands, in one word."""
    if row.asked:
        return "asked"
    if row.late:
        return "late"
    if row.mine:
        return "mine"
    return "taken" if row.taken else "open"


def whose(row: TaskRow) -> str:
    """Who has a task or may take it; for whom, where one stands in."""
    if row.for_whom and row.for_whom != row.whose:
        return gettext("{whose}, for {whom}").format(whose=row.whose, whom=row.for_whom)
    return row.whose


def _start(actor: Actor) -> Act | None:
    if not actor.may(START):
        return None
    return Act(gettext("Start a procedure"), "/procedures/start", icon="player-play", key="n")


TASKS = ListView(
    key="procedures.tasks",
    title=_("Tasks"),
    query=inbox,
    columns=[
        Col(key="title", title=_("Task"), phone="title"),
        Col(key="instance_title", title=_("About"), phone="meta"),
        Col(key="procedure", title=_("Procedure"), phone="hidden"),
        Col(key="state", title=_("State"), kind="status", value=state_of, states=words.TASK_STATES),
        Col(key="whose", title=_("Whose"), value=whose),
        Col(key="due_at", title=_("Due"), kind="datetime", phone="figure"),
        Col(key="made_at", title=_("Since"), kind="datetime", default=False),
    ],
    narrows=[
        Narrow(key="mine", title=_("Mine"), kind="boolean"),
        Narrow(key="late", title=_("Late"), kind="boolean"),
    ],
    tabs=[Tab(_("All")), Tab(_("Mine"), {"mine": "1"}), Tab(_("Late"), {"late": "1"})],
    kind="procedures.task",
    row_url=lambda row: words.task_url(row.id),
    bulk=[
        Bulk(action="procedures.claim_tasks", parameter="tasks", label=_("Take"), icon="user-check")
    ],
    main=_start,
    search_hint=_("Task or what it is about"),
    empty=Empty(
        _("No tasks wait for you"),
        _(
            "What procedures ask of you, your roles and your teams comes here by itself. Start a"
            " procedure to set one going."
        ),
        icon="checklist",
    ),
)
