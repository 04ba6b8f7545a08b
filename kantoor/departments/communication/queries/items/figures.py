"""A few figures of items for the desk: counted by indexes, as far as one looks."""

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import APPROVE_ITEMS, READ_ITEMS
from kantoor.departments.communication.models.items.item import APPROVED, DRAFT
from kantoor.departments.communication.queries.items.visible import visible_items
from kantoor.departments.communication.queries.items.waiting import to_agree_to
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.inboxes import counted
from kantoor.kernel.queries import query


class ItemFigures(msgspec.Struct, frozen=True, kw_only=True):
    """How many drafts there are, are planned, and wait for the actor; `any` whether there are items."""

    drafts: int
    planned: int
    to_agree_to: int
    any: bool


@query(permission=READ_ITEMS, title=_("Figures of items"))
def item_figures(actor: Actor, /) -> ItemFigures:
    """Counts of what one may see; four statements."""
    found = visible_items(actor)
    return ItemFigures(
        drafts=counted(found.filter(state=DRAFT)),
        planned=counted(found.filter(state=APPROVED, publish_at__isnull=False)),
        to_agree_to=counted(to_agree_to(actor)) if actor.may(APPROVE_ITEMS) else 0,
        any=found.exists(),
    )
