"""The remarks in which one was named; what was read is put away."""

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.procedures.queries.remarks import mentions
from kantoor.procedures.web import words

MENTIONS = ListView(
    key="procedures.mentions",
    title=_("Mentions"),
    query=mentions,
    columns=[
        Col(key="text", title=_("What was said"), phone="title"),
        Col(key="user", title=_("By whom"), phone="meta"),
        Col(key="instance_title", title=_("About")),
        Col(key="made_at", title=_("When"), kind="datetime", phone="figure"),
    ],
    narrows=[Narrow(key="seen", title=_("With what was put away"), kind="boolean")],
    tabs=[Tab(_("New")), Tab(_("All"), {"seen": "1"})],
    kind="procedures.mention",
    row_url=lambda row: words.instance_url(row.instance),
    muted=lambda row: row.seen,
    bulk=[
        Bulk(
            action="procedures.see_mentions",
            parameter="mentions",
            label=_("Put away"),
            icon="check",
        )
    ],
    empty=Empty(
        _("Nobody named you"),
        _("When a colleague writes @ and your name in a remark, it comes here."),
        icon="messages",
    ),
)
