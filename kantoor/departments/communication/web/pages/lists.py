"""The lists of the intranet: the policies that hold, and the events that are coming."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kantoor.departments.communication.queries.pages.news import events, policies
from kantoor.departments.communication.web.pages.words import news_url
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow

POLICIES = ListView(
    key="communication.policies",
    title=_("Policies"),
    query=policies,
    columns=[
        Col(
            key="title",
            title=_("Title"),
            kind="link",
            url=lambda row: news_url(row.code),
            phone="title",
        ),
        Col(key="summary", title=_("In short")),
        Col(
            key="must_read",
            title=_("To be read"),
            value=lambda row: _("By everybody it is for") if row.must_read else "",
        ),
        Col(key="at", title=_("Published"), kind="datetime", phone="meta"),
        Col(key="changed_at", title=_("Corrected"), kind="datetime"),
    ],
    narrows=[Narrow(key="must_read", title=_("To be read"), choices={"1": _("Yes"), "0": _("No")})],
    row_key="code",
    row_url=lambda row: news_url(row.code),
    search_hint=_("Words of the title or the text"),
    empty=Empty(_("No policies yet"), _("What holds for everybody stands here."), icon="book"),
)

EVENTS = ListView(
    key="communication.events",
    title=pgettext_lazy("to come to", "Events"),
    query=events,
    columns=[
        Col(
            key="title",
            title=_("Title"),
            kind="link",
            url=lambda row: news_url(row.code),
            phone="title",
        ),
        Col(key="event_from", title=_("Begins"), kind="datetime", phone="figure"),
        Col(key="event_until", title=_("Ends"), kind="datetime"),
        Col(key="place", title=_("Place"), phone="meta"),
    ],
    narrows=[
        Narrow(
            key="past",
            title=_("When"),
            choices={"1": _("Over"), "0": pgettext_lazy("events", "Coming")},
        )
    ],
    tabs=[Tab(pgettext_lazy("events", "Coming")), Tab(_("Over"), {"past": "1"})],
    row_key="code",
    row_url=lambda row: news_url(row.code),
    search_hint=_("Words of the title or the text"),
    empty=Empty(
        _("No events"), _("Events that you can come to stand here."), icon="calendar-event"
    ),
)
