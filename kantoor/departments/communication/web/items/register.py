"""The register of items."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kantoor.departments.communication.queries.items.register import items
from kantoor.departments.communication.web.items import words
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.search import search_in

ITEMS = ListView(
    key="communication.items",
    title=pgettext_lazy("communication", "Items"),
    query=items,
    columns=[
        Col(
            key="title",
            title=_("Title"),
            kind="link",
            url=lambda row: words.item_url(row.code),
            sort=True,
            phone="title",
        ),
        Col(key="kind", title=_("Kind"), value=lambda row: words.KINDS[row.kind], phone="meta"),
        Col(
            key="state",
            title=_("State"),
            kind="status",
            value=lambda row: row.state,
            states=words.STATES,
            phone="figure",
        ),
        Col(
            key="awaits",
            title=_("To agree to"),
            value=lambda row: _("Waits") if row.awaits else "",
            default=False,
        ),
        Col(
            key="audience",
            title=_("For"),
            value=lambda row: row.audience or _("Everybody who works here"),
        ),
        Col(key="owner", title=_("Owner")),
        Col(key="publish_at", title=_("Comes out"), kind="datetime", sort=True),
        Col(key="published_at", title=_("Published"), kind="datetime", sort=True),
        Col(key="changed_at", title=_("Changed"), kind="datetime", sort=True),
    ],
    narrows=[
        Narrow(key="kind", title=_("Kind"), choices=words.KINDS),
        Narrow(
            key="state",
            title=_("State"),
            choices={state: word for state, (word, _tone) in words.STATES.items()},
        ),
        Narrow(key="whose", title=_("Whose"), choices={"mine": _("Mine")}),
        Narrow(key="awaits", title=_("To agree to"), choices={"1": _("Waits")}),
    ],
    sort="-changed_at",
    row_key="code",
    row_seen="seen",
    row_url=lambda row: words.item_url(row.code),
    muted=lambda row: row.state == "withdrawn",
    tabs=[
        Tab(_("All")),
        Tab(_("Mine"), {"whose": "mine"}),
        Tab(_("To agree to"), {"awaits": "1"}),
        Tab(_("Approved"), {"state": "approved"}),
        Tab(_("Published"), {"state": "published"}),
    ],
    bulk=[
        Bulk(action="communication.ask_items_approval", parameter="codes", icon="user-check"),
        Bulk(action="communication.approve_items", parameter="seen", as_seen=True, icon="check"),
        Bulk(action="communication.publish_items", parameter="codes", icon="send"),
        Bulk(action="communication.schedule_items", parameter="codes", icon="calendar-event"),
        Bulk(action="communication.withdraw_items", parameter="codes", icon="eye-off"),
    ],
    new="communication.write_item",
    search_hint=_("Words of the title or the text"),
    empty=Empty(
        _("No items yet"),
        _("News, policies, press releases and events begin here as a draft."),
        icon="speakerphone",
    ),
)
search_in(ITEMS, icon="speakerphone")
