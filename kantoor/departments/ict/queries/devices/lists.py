"""Lists around devices: held inventories, software, licences, consumables, places, sheets, counts."""

from datetime import date, datetime
from typing import Literal

import msgspec
from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import (
    Consumable,
    Device,
    Handover,
    InventoryConflict,
    Licence,
    Location,
    SoftwareCount,
    SoftwareTitle,
    StockTake,
)
from kantoor.departments.ict.models.devices.devices import device_number
from kantoor.departments.ict.models.devices.handovers import handover_number
from kantoor.departments.ict.models.devices.software import licence_number
from kantoor.departments.ict.models.devices.stock import stock_take_number
from kantoor.departments.ict.queries.devices.register import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped


class ConflictRow(msgspec.Struct, frozen=True):
    """An inventory that is held: what names the machine, why, and which devices it may be."""

    id: int
    title: str
    subject: str
    reason: str
    candidates: str
    at: datetime
    state: str
    device: str


@query(permission=READ, title=_("Held inventories"), exposed=True)
def inventory_conflicts(
    actor: Actor,
    /,
    *,
    state: Literal["open", "merged", "new", "ignored"] = "open",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[ConflictRow]:
    """Inventories of which a person says whose they are; by default those still open."""
    found = scoped(actor, InventoryConflict).filter(state=state).select_related("device")
    page = page_by(found, order=("-id",), cursor=cursor, limit=limit, totals={})
    return page.map(_conflict)


def _conflict(row: InventoryConflict) -> ConflictRow:
    return ConflictRow(
        row.pk, row.title, row.subject, row.reason, row.candidates, row.at, row.state,
        device_number(row.device.number) if row.device else "",
    )  # fmt: skip


class SoftwareRow(msgspec.Struct, frozen=True):
    """A title, on how many devices it is, and for how many there are licences (None: none needed)."""

    id: int
    name: str
    publisher: str
    installed: int
    seats: int | None
    missing: int


@query(permission=READ, title=_("Software"), exposed=True)
def software(
    actor: Actor,
    /,
    *,
    search: str = "",
    licensed: bool = False,
    sort: str = "name",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[SoftwareRow]:
    """Titles of software, with what is installed and what there are licences for.

    `licensed` are those for which there is a licence; `missing` is how many seats are short.
    """
    found = scoped(actor, SoftwareTitle)
    if search:
        found = found.filter(Q(name__startswith=search) | Q(publisher__startswith=search))
    if licensed:
        found = found.filter(pk__in=scoped(actor, Licence).values("title_id"))
    order = sorted_by(sort, {"name": ("name",), "publisher": ("publisher", "name")})
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    keys = [row.pk for row in page.rows]
    counted = SoftwareCount.objects.filter(title__in=keys)
    installed = dict(counted.values_list("title_id", "devices"))
    seats = _seats(actor, keys)
    return page.map(
        lambda row: SoftwareRow(
            row.pk,
            row.name,
            row.publisher,
            installed.get(row.pk, 0),
            seats.get(row.pk),
            max(installed.get(row.pk, 0) - seats[row.pk], 0) if row.pk in seats else 0,
        )
    )


def _seats(actor: Actor, titles: list[int]) -> dict[int, int]:
    """For how many devices there are licences today, of titles that have any at all."""
    today = timezone.localdate()
    valid = Q(ended=False, starts_on__lte=today) & (Q(until=None) | Q(until__gte=today))
    rows = scoped(actor, Licence).filter(title_id__in=titles).values("title_id")
    return {row["title_id"]: row["n"] or 0 for row in rows.annotate(n=Sum("seats", filter=valid))}


class LicenceRow(msgspec.Struct, frozen=True):
    """A licence; `cost` is in minor units of the company's currency."""

    id: int
    number: str
    software: str
    seats: int
    starts_on: date
    until: date | None
    cost: int
    supplier: str
    reference: str
    ended: bool


@query(permission=READ, title=_("Licences"), exposed=True)
def licences(
    actor: Actor, /, *, sort: str = "-number", cursor: str = "", limit: int = PAGE
) -> Page[LicenceRow]:
    """The licences."""
    found = scoped(actor, Licence).select_related("title", "supplier")
    order = sorted_by(sort, {"number": ("number",), "until": ("until", "number")})
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={"cost": Sum("cost")})
    return page.map(
        lambda row: LicenceRow(
            row.pk, licence_number(row.number), row.title.name, row.seats, row.starts_on,
            row.until, row.cost, row.supplier.name if row.supplier else "", row.reference,
            row.ended,
        )
    )  # fmt: skip


class ConsumableRow(msgspec.Struct, frozen=True):
    """A consumable with how many there are, and whether it has to be ordered."""

    id: int
    code: str
    name: str
    minimum: int
    stock: int
    order: bool


@query(permission=READ, title=_("Consumables"), exposed=True)
def consumables(actor: Actor, /, *, to_order: bool = False) -> list[ConsumableRow]:
    """The consumables with their stock, by code."""
    rows = scoped(actor, Consumable).filter(active=True).order_by("code")
    counted = rows.annotate(stock=Coalesce(Sum("moves__quantity"), 0))
    found = [
        ConsumableRow(row.pk, row.code, row.name, row.minimum, row.stock, row.stock < row.minimum)
        for row in counted
    ]
    return [each for each in found if each.order or not to_order]


class LocationRow(msgspec.Struct, frozen=True):
    """A place, with how many devices are in it itself."""

    id: int
    code: str
    name: str
    path: str
    devices: int
    active: bool


@query(permission=READ, title=_("Locations"), exposed=True)
def locations(actor: Actor, /) -> list[LocationRow]:
    """The places, from outside in."""
    here = (
        Device.objects.filter(location=OuterRef("pk"), merged_into=None)
        .order_by()
        .values("location")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rows = scoped(actor, Location).annotate(n=Coalesce(Subquery(here), 0)).order_by("path")
    return [LocationRow(r.pk, r.code, r.name, r.path, r.n, r.active) for r in rows]


class HandoverRow(msgspec.Struct, frozen=True):
    """A handover sheet: out or back, whose, of how many devices, and whether it is signed."""

    id: int
    number: str
    direction: str
    party: str
    party_name: str
    at: datetime
    devices: int
    signed: bool


@query(permission=READ, title=_("Handover sheets"), exposed=True)
def handovers(
    actor: Actor, /, *, unsigned: bool = False, cursor: str = "", limit: int = PAGE
) -> Page[HandoverRow]:
    """The handover sheets, the latest first; `unsigned` are those nobody signed yet."""
    found = scoped(actor, Handover).select_related("party")
    if unsigned:
        found = found.filter(signed_at=None)
    page = page_by(found, order=("-number", "-id"), cursor=cursor, limit=limit, totals={})
    keys = [row.pk for row in page.rows]
    counted = Handover.objects.filter(pk__in=keys).annotate(n=Count("items"))
    items = {row.pk: row.n for row in counted}
    return page.map(
        lambda row: HandoverRow(
            row.pk, handover_number(row.number), row.direction, row.party.code, row.party.name,
            row.at, items.get(row.pk, 0), row.signed_at is not None,
        )
    )  # fmt: skip


class StockTakeRow(msgspec.Struct, frozen=True):
    """A stock-take: of where, how many were counted, and whether it is still open."""

    id: int
    number: str
    location: str
    began_at: datetime
    closed_at: datetime | None
    counted: int


@query(permission=READ, title=_("Stock-takes"), exposed=True)
def stock_takes(actor: Actor, /, *, cursor: str = "", limit: int = PAGE) -> Page[StockTakeRow]:
    """The stock-takes, the latest first."""
    found = scoped(actor, StockTake).select_related("location")
    page = page_by(found, order=("-number", "-id"), cursor=cursor, limit=limit, totals={})
    keys = [row.pk for row in page.rows]
    counted = StockTake.objects.filter(pk__in=keys).annotate(n=Count("scans"))
    scans = {row.pk: row.n for row in counted}
    return page.map(
        lambda row: StockTakeRow(
            row.pk, stock_take_number(row.number), row.location.path if row.location else "",
            row.began_at, row.closed_at, scans.get(row.pk, 0),
        )
    )  # fmt: skip
