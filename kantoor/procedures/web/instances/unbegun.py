"""What should have begun by an event and could not: begun after all, or let be."""

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.procedures.queries.unbegun import unbegun

UNBEGUN = ListView(
    key="procedures.could_not_begin",
    title=_("Could not begin"),
    query=unbegun,
    columns=[
        Col(key="procedure", title=_("Procedure"), phone="title"),
        Col(key="event", title=_("By the event")),
        Col(key="why", title=_("Why not"), phone="meta"),
        Col(key="at", title=_("When"), kind="datetime", sort=True, phone="figure"),
    ],
    narrows=[Narrow(key="settled", title=_("With what was dealt with"), kind="boolean")],
    tabs=[Tab(_("Open")), Tab(_("All"), {"settled": "1"})],
    sort="-at",
    kind="procedures.not_begun",
    muted=lambda row: row.settled,
    bulk=[
        Bulk(
            action="procedures.begin_after_all",
            parameter="missed",
            label=_("Begin after all"),
            icon="player-play",
        ),
        Bulk(
            action="procedures.leave_unbegun",
            parameter="missed",
            label=_("Let be"),
            icon="check",
        ),
    ],
    empty=Empty(
        _("Everything that should begin began"),
        _("When an event can't begin a procedure, it comes here with the reason."),
        icon="player-play",
    ),
)
