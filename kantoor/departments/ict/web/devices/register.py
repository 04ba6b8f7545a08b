"""The register of devices as a page."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.devices.card import device_numbers
from kantoor.departments.ict.queries.devices.lists import locations
from kantoor.departments.ict.queries.devices.register import devices
from kantoor.departments.ict.web.devices.words import KINDS, STATES, device_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.parties import party_url
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.search import Found, searcher
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.listing import Act


def places_by_code(actor: Actor) -> dict[str, str]:
    """The places to choose from."""
    return {each.code: each.path for each in locations(actor) if each.active}


def _more(_actor: Actor) -> Sequence[Act | None]:
    return [
        Act(gettext("Locations"), "/ict/locations", icon="building"),
        Act(gettext("Licences"), "/ict/licences", icon="tags"),
    ]


DEVICES = ListView(
    key="ict.devices",
    title=_("Devices"),
    query=devices,
    columns=[
        Col(key="number", title=_("Number"), sort=True, phone="meta"),
        Col(key="name", title=_("Name"), sort=True, phone="title"),
        Col(
            key="kind", title=_("Kind"), sort=True, value=lambda row: KINDS.get(row.kind, row.kind)
        ),
        Col(key="model", title=_("Model"), phone="meta"),
        Col(key="serial", title=_("Serial number"), default=False),
        Col(key="state", title=_("State"), kind="status", sort=True, states=STATES),
        Col(
            key="holder",
            title=_("With"),
            kind="party",
            value=lambda row: row.holder_name or None,
            url=lambda row: party_url(row.holder),
        ),
        Col(key="location_name", title=_("Location")),
        Col(key="system", title=_("Operating system"), default=False),
        Col(key="warranty_until", title=_("Warranty until"), kind="date", default=False),
        Col(key="contract_until", title=_("Contract until"), kind="date", default=False),
        Col(key="seen_at", title=_("Last reported"), kind="datetime"),
        Col(key="price", title=_("Price"), kind="money", default=False),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={"free": _("Can be handed out"), **{k: v[0] for k, v in STATES.items()}},
        ),
        Narrow(key="kind", title=_("Kind"), choices=KINDS),
        Narrow(key="location", title=_("Location"), choices=places_by_code),
        Narrow(key="holder", title=_("With"), kind="text", hint=_("The person's code.")),
        Narrow(
            key="software", title=_("Software"), kind="text", hint=_("The program's whole name.")
        ),
        Narrow(key="warranty", title=_("Warranty until"), kind="date_range"),
    ],
    tabs=[
        Tab(_("All")),
        Tab(_("Handed out"), {"state": "issued"}),
        Tab(_("Can be handed out"), {"state": "free"}),
        Tab(_("In repair"), {"state": "repair"}),
        Tab(_("Seen, not registered"), {"state": "found"}),
    ],
    sort="-number",
    row_key="number",
    row_url=lambda row: device_url(row.number),
    muted=lambda row: row.state == "disposed",
    bulk=[
        Bulk(action="ict.stock_devices", parameter="devices", icon="package"),
        Bulk(action="ict.move_devices", parameter="devices", icon="building"),
        Bulk(action="ict.repair_devices", parameter="devices", icon="settings"),
        Bulk(action="ict.wipe_devices", parameter="devices", icon="trash"),
        Bulk(action="ict.dispose_of_devices", parameter="devices", icon="ban", tone="danger"),
    ],
    new="ict.register_device",
    more=_more,
    search_hint=_("Number, serial number or beginning of the name"),
    empty=Empty(
        _("No devices yet"),
        _("Register one, or let an agent on it report to /inventory."),
        icon="device-desktop",
    ),
)


@page_of("ict.device", title=_("Device"))
def device_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of devices by their keys."""
    if not actor.may("ict.read_devices"):
        return {}
    found = device_numbers(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {str(key): Link(number, device_url(number)) for key, number in found.items()}


@searcher("ict.device", title=_("Devices"), permission="ict.read_devices", icon="device-desktop")
def find_devices(actor: Actor, words: str, most: int) -> list[Found]:
    """Devices by number, serial number or the beginning of their name."""
    rows = devices(actor, search=words.strip(), limit=most).rows
    return [
        Found(f"{row.number} {row.name}".strip(), device_url(row.number), row.model) for row in rows
    ]
