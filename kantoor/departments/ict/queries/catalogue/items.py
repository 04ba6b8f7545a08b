"""The catalogue as it is shown: what is offered, and the form of one item."""

from collections.abc import Sequence

import msgspec
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.errors import UnknownItem
from kantoor.departments.ict.models import CatalogueItem, Device
from kantoor.departments.ict.queries.cases.register import READ
from kantoor.departments.ict.queries.catalogue.requests import role_name
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Role
from kantoor.kernel.queries import query, scoped

ASK = "ict.ask_help"
MOST = 1_000
MOST_DEVICES = 100


class ItemRow(msgspec.Struct, frozen=True):
    """An item as listed, with the names of its service and queue."""

    id: int
    code: str
    name: str
    text: str
    section: str
    service: str
    queue: str
    approval: str
    active: bool


class FieldShown(msgspec.Struct, frozen=True):
    """A field of a form; see CatalogueField."""

    key: str
    label: str
    kind: str
    hint: str
    required: bool
    choices: Sequence[str]
    least: int | None
    most: int | None


class ItemShown(msgspec.Struct, frozen=True):
    """An item with its form; `service` and `queue` are codes."""

    item: ItemRow
    service: str
    queue: str
    impact: int
    urgency: int
    role: str
    role_name: str
    tasks: Sequence[str]
    fields: list[FieldShown]


@query(permission=ASK, title=_("The catalogue"), exposed=True)
def catalogue(actor: Actor, /, *, search: str = "") -> list[ItemRow]:
    """What can be asked for now, by section and name."""
    return _rows(actor, search, offered=True)


@query(permission=READ, title=_("Items of the catalogue"), exposed=True)
def catalogue_items(actor: Actor, /, *, search: str = "") -> list[ItemRow]:
    """Every item of the catalogue, those that are not offered too."""
    return _rows(actor, search, offered=False)


@query(permission=ASK, title=_("An item of the catalogue"), exposed=True)
def catalogue_item(actor: Actor, /, *, code: str) -> ItemShown:
    """An item with its form; one that is not offered shows to the desk alone. UnknownItem."""
    rows = scoped(actor, CatalogueItem).select_related("service", "queue")
    if not actor.may(READ):
        rows = rows.filter(active=True)
    row = rows.filter(code=code).first()
    if row is None:
        message = _("There is no “{code}” in the catalogue.").format(code=code[:40])
        raise UnknownItem(message, field="code")
    return ItemShown(
        _row(row),
        row.service.code if row.service else "",
        row.queue.code if row.queue else "",
        row.impact,
        row.urgency,
        row.role,
        role_name(row.role),
        row.tasks.split("\n") if row.tasks else [],
        [
            FieldShown(
                each.key, each.label, each.kind, each.hint, each.required,
                each.choices.split("\n") if each.choices else [], each.least, each.most,
            )
            for each in row.fields.order_by("place")
        ],
    )  # fmt: skip


@query(permission=ASK, title=_("My devices by number"))
def own_devices(actor: Actor, /) -> dict[str, str]:
    """The devices that one has oneself, by number."""
    rows = scoped(actor, Device).filter(
        holder__signs_in__user_id=actor.user_id or 0, merged_into=None
    )
    return {
        str(row): f"{row.name} ({row})" if row.name else str(row)
        for row in rows.order_by("number")[:MOST_DEVICES]
    }


@query(permission="ict.manage_desk", title=_("Names of roles"))
def role_names(actor: Actor, /) -> dict[str, str]:
    """The roles of the installation by code, in the reader's language."""
    dutch = (get_language() or "").startswith("nl")
    rows = Role.objects.order_by("code")[:MOST]
    return {row.code: row.name_nl if dutch else row.name_en for row in rows}


def _rows(actor: Actor, search: str, *, offered: bool) -> list[ItemRow]:
    rows = scoped(actor, CatalogueItem).select_related("service", "queue")
    if offered:
        rows = rows.filter(active=True)
    if search:
        rows = rows.filter(
            Q(name__icontains=search) | Q(text__icontains=search) | Q(section__icontains=search)
        )
    return [_row(each) for each in rows.order_by("section", "name", "pk")[:MOST]]


def _row(row: CatalogueItem) -> ItemRow:
    return ItemRow(
        row.pk,
        row.code,
        row.name,
        row.text,
        row.section,
        row.service.name if row.service else "",
        row.queue.name if row.queue else "",
        row.approval,
        row.active,
    )
