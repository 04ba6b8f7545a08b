"""Procedures under way: a list of instances."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.search import Found, searcher
from kantoor.kernel.paging import LARGEST_PAGE
from kantoor.kernel.ui.listing import Act
from kantoor.procedures.department import START, TAKE_PART
from kantoor.procedures.queries.instances import instances
from kantoor.procedures.queries.procedures import procedures
from kantoor.procedures.web import words


def procedures_to_choose(actor: Actor) -> dict[str, str]:
    """The procedures by key, for who may see all of them."""
    try:
        return {row.key: row.name for row in procedures(actor, limit=LARGEST_PAGE).rows}
    except DomainError:
        return {}


def _start(actor: Actor) -> Act | None:
    if not actor.may(START):
        return None
    return Act(gettext("Start a procedure"), "/procedures/start", icon="player-play", key="n")


INSTANCES = ListView(
    key="procedures.instances",
    title=_("Under way"),
    query=instances,
    columns=[
        Col(key="number", title=_("Number"), kind="number", align="start", phone="meta"),
        Col(key="title", title=_("Title"), sort=True, phone="title"),
        Col(key="procedure", title=_("Procedure"), phone="meta"),
        Col(key="state", title=_("State"), kind="status", states=words.INSTANCE_STATES),
        Col(key="requester", title=_("Started by")),
        Col(key="started_at", title=_("Started"), kind="datetime", sort=True, phone="figure"),
        Col(key="changed_at", title=_("Last changed"), kind="datetime", sort=True, default=False),
        Col(key="ended_at", title=_("Ended"), kind="datetime", default=False),
        Col(key="version", title=_("Version"), kind="number", default=False),
    ],
    narrows=[
        Narrow(key="state", title=_("State"), choices=words.STATES_TO_CHOOSE),
        Narrow(key="procedure", title=_("Procedure"), choices=procedures_to_choose),
        Narrow(key="mine", title=_("Mine"), kind="boolean"),
    ],
    tabs=[
        Tab(_("Not ended"), {"state": "running,stuck"}),
        Tab(_("Stand still"), {"state": "stuck"}),
        Tab(_("Mine"), {"mine": "1"}),
        Tab(_("All")),
    ],
    sort="-started_at",
    kind="procedures.instance",
    row_url=lambda row: words.instance_url(row.number),
    muted=lambda row: row.state in ("ended", "called_off"),
    main=_start,
    search_hint=_("Title or number"),
    empty=Empty(
        _("Nothing is under way"),
        _("What is started, or begins by itself, stands here with how far it is."),
        icon="route",
    ),
)


@searcher(
    "procedures.instance", title=_("Procedures under way"), permission=TAKE_PART, icon="route"
)
def find_instances(actor: Actor, text: str, most: int) -> list[Found]:
    """Instances by title or number, the latest first."""
    page = instances(actor, search=text.strip(), limit=most)
    return [
        Found(row.title, words.instance_url(row.number), f"{row.procedure} · {row.number}")
        for row in page.rows
    ]
