"""Reading as registers: what must be read, who read it, what I am asked, and who of my people."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kantoor.departments.communication.queries.reading.own import my_readings, people_to_read
from kantoor.departments.communication.queries.reading.register import readings
from kantoor.departments.communication.queries.reading.standing import readings_stand
from kantoor.departments.communication.web.reading import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.paging import LARGEST_PAGE

MUST_READ = ListView(
    key="communication.must_read",
    title=_("What must be read"),
    query=readings_stand,
    columns=[
        Col(key="title", title=_("Title"), phone="title", sort=True),
        Col(
            key="at",
            title=pgettext_lazy("reading", "Asked"),
            kind="datetime",
            phone="meta",
            sort=True,
        ),
        Col(key="asked", title=_("People"), kind="number"),
        Col(key="confirmed", title=_("Read it"), kind="number"),
        Col(key="late", title=pgettext_lazy("reading", "Too late"), kind="number"),
        Col(key="escalated", title=_("The manager was told"), kind="number", default=False),
        Col(key="share", title=_("Percent"), kind="number", phone="figure"),
    ],
    sort="-at",
    row_key="item",
    row_url=lambda row: words.stands_url(row.item),
    search_hint=_("Words of the title"),
    empty=Empty(
        _("Nothing has to be read"),
        _("Say of a policy that it must be read; who did and who did not stands here."),
        icon="checklist",
    ),
)


def _items(actor: Actor) -> Mapping[str, Any]:
    """The items of which it can be asked who read them."""
    try:
        return {row.item: row.title for row in readings_stand(actor, limit=LARGEST_PAGE).rows}
    except DomainError:
        return {}


READINGS = ListView(
    key="communication.readings",
    title=_("Who read what"),
    query=readings,
    columns=[
        Col(key="person", title=_("Name"), phone="title", sort=True),
        Col(key="title", title=_("Title"), phone="meta", sort=True),
        Col(key="state", title=_("State"), kind="status", states=words.STATES, phone="figure"),
        Col(key="due_at", title=_("Read before"), kind="datetime", sort=True),
        Col(key="confirmed_at", title=_("Read at"), kind="datetime", sort=True),
        Col(key="way", title=_("How"), value=lambda row: words.WAYS[row.way], default=False),
        Col(key="stage", title=_("Last done"), kind="status", states=words.STAGES),
        Col(key="told", title=_("Who was told")),
        Col(key="mail", title=_("Mail"), kind="status", states=words.MAILS),
        Col(key="code", title=_("Number"), default=False),
        Col(
            key="asked_at",
            title=pgettext_lazy("reading", "Asked"),
            kind="datetime",
            default=False,
            sort=True,
        ),
        Col(key="round", title=_("Time asked"), kind="number", default=False),
    ],
    narrows=[
        Narrow(key="item", title=_("Title"), choices=_items),
        Narrow(key="state", title=_("State"), choices=words.FILTERED),
    ],
    tabs=[
        Tab(_("All")),
        Tab(_("Not read yet"), {"state": "open"}),
        Tab(pgettext_lazy("reading", "Too late"), {"state": "late"}),
        Tab(pgettext_lazy("reading", "Read"), {"state": "confirmed"}),
    ],
    sort="due_at",
    row_url=lambda row: f"/communication/readings/{row.id}",
    muted=lambda row: row.state == "ended",
    search_hint=_("Name or number"),
    empty=Empty(
        _("Nobody is asked to read anything"),
        _("Say of a policy that it must be read; who did and who did not stands here."),
        icon="checklist",
    ),
)

MY_READINGS = ListView(
    key="communication.my_readings",
    title=_("To read"),
    query=my_readings,
    columns=[
        Col(key="title", title=_("Title"), phone="title"),
        Col(key="state", title=_("State"), kind="status", states=words.STATES, phone="figure"),
        Col(key="due_at", title=_("Read before"), kind="datetime", sort=True, phone="meta"),
        Col(key="confirmed_at", title=_("Read at"), kind="datetime"),
        Col(key="why", title=_("Why again")),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={key: words.FILTERED[key] for key in ("open", "confirmed")},
        )
    ],
    tabs=[
        Tab(_("All")),
        Tab(_("Not read yet"), {"state": "open"}),
        Tab(pgettext_lazy("reading", "Read"), {"state": "confirmed"}),
    ],
    sort="due_at",
    row_key="item",
    row_url=lambda row: words.news_url(row.item),
    muted=lambda row: row.state == "confirmed",
    empty=Empty(
        _("Nothing to read"), _("What you are asked to read stands here."), icon="checklist"
    ),
)

PEOPLE = ListView(
    key="communication.people_to_read",
    title=_("My people who did not read it"),
    query=people_to_read,
    columns=[
        Col(key="person", title=_("Name"), phone="title", sort=True),
        Col(key="title", title=_("Title"), phone="meta"),
        Col(key="due_at", title=_("Read before"), kind="datetime", sort=True, phone="figure"),
    ],
    sort="due_at",
    in_menu=False,
    row_url=lambda row: words.news_url(row.item),
    empty=Empty(
        _("All of your people read what they should"),
        _("Who does not in time stands here."),
        icon="checklist",
    ),
)
