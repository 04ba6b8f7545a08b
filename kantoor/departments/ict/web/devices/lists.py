"""Pages around devices: held inventories, software, licences, consumables, places, sheets, counts."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.devices.lists import (
    consumables,
    handovers,
    inventory_conflicts,
    licences,
    locations,
    software,
    stock_takes,
)
from kantoor.departments.ict.web.devices.words import (
    REASONS,
    device_url,
    handover_url,
    stock_take_url,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.parties import party_url
from kantoor.kernel.ui.listing import Act


def _door(actor: Actor) -> Sequence[Act | None]:
    return [
        act_for(
            actor,
            "ict.set_inventory_networks",
            label=_("From where inventories are taken"),
            icon="settings",
            back="/ict/inventory-conflicts",
        ),
        act_for(
            actor,
            "ict.set_inventory_keeping",
            label=_("How long inventories are kept"),
            icon="clock",
            back="/ict/inventory-conflicts",
        ),
    ]


CONFLICTS = ListView(
    key="ict.inventory_conflicts",
    title=_("Held inventories"),
    query=inventory_conflicts,
    columns=[
        Col(key="title", title=_("Machine"), phone="title"),
        Col(key="reason", title=_("Why"), value=lambda row: force_str(REASONS.get(row.reason, row.reason))),
        Col(
            key="candidates",
            title=_("May be"),
            kind="link",
            url=lambda row: device_url((row.candidates or " ").split(" ")[0]),
            phone="meta",
        ),
        Col(key="subject", title=_("Known by"), default=False),
        Col(key="at", title=_("Reported"), kind="datetime"),
        Col(
            key="device",
            title=_("Decided"),
            kind="link",
            value=lambda row: row.device or None,
            url=lambda row: device_url(row.device),
        ),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={
                "open": _("To decide"),
                "merged": _("It is that device"),
                "new": _("New"),
                "ignored": _("Ignored"),
            },
        )
    ],
    tabs=[
        Tab(_("To decide")),
        Tab(_("It is that device"), {"state": "merged"}),
        Tab(_("New"), {"state": "new"}),
        Tab(_("Ignored"), {"state": "ignored"}),
    ],
    row_key="id",
    row_url=lambda row: f"/ict/do/decide-conflict?conflict={row.id}&next=/ict/inventory-conflicts",
    bulk=[
        Bulk(
            action="ict.decide_conflicts", parameter="conflicts", label=_("It is that device"),
            icon="link", given={"decision": "merge"},
        ),
        Bulk(
            action="ict.decide_conflicts", parameter="conflicts", label=_("These are new devices"),
            icon="plus", given={"decision": "new"},
        ),
        Bulk(
            action="ict.decide_conflicts", parameter="conflicts", label=_("Ignore these agents"),
            icon="ban", tone="danger", given={"decision": "ignore"},
        ),
    ],
    more=_door,
    empty=Empty(
        _("Nothing is held"),
        _("Inventories of which it is not sure whose they are wait here."),
        icon="check",
    ),
)  # fmt: skip

SOFTWARE = ListView(
    key="ict.software",
    title=_("Software"),
    query=software,
    columns=[
        Col(key="name", title=_("Name"), sort=True, phone="title"),
        Col(key="publisher", title=_("Publisher"), sort=True, phone="meta"),
        Col(key="installed", title=_("On devices"), kind="number"),
        Col(key="seats", title=_("Licensed"), kind="number"),
        Col(key="missing", title=_("Too few"), kind="number", value=lambda row: row.missing or None, phone="figure"),
    ],
    narrows=[Narrow(key="licensed", title=_("With licences"), kind="boolean")],
    tabs=[Tab(_("All")), Tab(_("With licences"), {"licensed": "1"})],
    sort="name",
    row_url=lambda row: f"/ict/devices?{urlencode({'software': row.name})}",
    more=lambda _actor: [Act(gettext("Licences"), "/ict/licences", icon="tags")],
    search_hint=_("Beginning of name or publisher"),
    empty=Empty(
        _("No software yet"), _("It comes from the inventories of devices."), icon="package"
    ),
)  # fmt: skip

LICENCES = ListView(
    key="ict.licences",
    title=_("Licences"),
    query=licences,
    columns=[
        Col(key="number", title=_("Number"), sort=True, phone="meta"),
        Col(key="software", title=_("Software"), phone="title"),
        Col(key="seats", title=_("For devices"), kind="number"),
        Col(key="starts_on", title=_("From"), kind="date"),
        Col(key="until", title=_("Until"), kind="date", sort=True, phone="meta"),
        Col(key="supplier", title=_("Supplier"), default=False),
        Col(key="reference", title=_("Reference"), default=False),
        Col(key="cost", title=_("Cost"), kind="money", sum=True, phone="figure"),
    ],
    sort="-number",
    row_key="number",
    muted=lambda row: row.ended,
    new="ict.add_licence",
    empty=Empty(_("No licences yet"), _("Add what was bought, and see whether it is enough.")),
    in_menu=False,
)

CONSUMABLES = ListView(
    key="ict.consumables",
    title=_("Consumables"),
    query=consumables,
    columns=[
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="stock", title=_("In stock"), kind="number", phone="figure"),
        Col(key="minimum", title=_("At least"), kind="number"),
        Col(
            key="order",
            title=_("State"),
            kind="status",
            states={True: (_("To order"), "bad"), False: (_("Enough"), "good")},
        ),
    ],
    row_url=lambda row: f"/ict/do/move-stock?consumable={row.code}&next=/ict/consumables",
    new="ict.add_consumable",
    empty=Empty(_("No consumables yet"), _("Toner, cables, headsets: what is used up.")),
)

LOCATIONS = ListView(
    key="ict.locations",
    title=_("Locations"),
    query=locations,
    columns=[
        Col(key="path", title=_("Place"), phone="title"),
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="devices", title=_("Devices"), kind="number", phone="figure"),
    ],
    row_url=lambda row: f"/ict/devices?location={row.code}",
    muted=lambda row: not row.active,
    new="ict.add_location",
    empty=Empty(_("No locations yet"), _("A building, a floor, a room: places within places.")),
    in_menu=False,
)

HANDOVERS = ListView(
    key="ict.handovers",
    title=_("Handover sheets"),
    query=handovers,
    columns=[
        Col(key="number", title=_("Number"), phone="meta"),
        Col(
            key="party",
            title=_("With"),
            kind="party",
            value="party_name",
            url=lambda row: party_url(row.party),
            phone="title",
        ),
        Col(
            key="direction",
            title=_("What"),
            states={"out": (_("Handed out"), "info"), "back": (_("Taken back"), "quiet")},
            kind="status",
        ),
        Col(key="devices", title=_("Devices"), kind="number"),
        Col(key="at", title=_("When"), kind="datetime", phone="meta"),
        Col(
            key="signed",
            title=_("Signed"),
            kind="status",
            states={True: (_("Signed"), "good"), False: (_("Not signed"), "wait")},
        ),
    ],
    narrows=[Narrow(key="unsigned", title=_("Not signed"), kind="boolean")],
    tabs=[Tab(_("All")), Tab(_("Not signed"), {"unsigned": "1"})],
    row_url=lambda row: handover_url(row.number),
    new="ict.hand_out",
    empty=Empty(_("No sheets yet"), _("Hand out a device, and have it signed for.")),
)

STOCK_TAKES = ListView(
    key="ict.stock_takes",
    title=_("Stock-takes"),
    query=stock_takes,
    columns=[
        Col(key="number", title=_("Number"), phone="meta"),
        Col(key="location", title=_("Location"), phone="title"),
        Col(key="began_at", title=_("Begun"), kind="datetime"),
        Col(key="closed_at", title=_("Closed"), kind="datetime"),
        Col(key="counted", title=_("Counted"), kind="number", phone="figure"),
    ],
    row_url=lambda row: stock_take_url(row.number),
    new="ict.begin_stock_take",
    empty=Empty(_("No stock-takes yet"), _("Walk around with a phone, and scan the labels.")),
)
