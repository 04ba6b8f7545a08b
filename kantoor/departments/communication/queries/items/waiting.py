"""What of items waits for somebody: to agree to, and what was given back to them."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import APPROVE_ITEMS, READ_ITEMS, WRITE_ITEMS
from kantoor.departments.communication.models import Item as Written
from kantoor.departments.communication.models import ItemDecision
from kantoor.departments.communication.models.items.item import DRAFT
from kantoor.departments.communication.models.items.text import RETURN
from kantoor.departments.communication.queries.items.agreeing import not_of
from kantoor.departments.communication.queries.items.visible import visible_items
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.inboxes import Ask, Item, count_of, inbox_source


def to_agree_to(actor: Actor) -> QuerySet[Written]:
    """What somebody asks to be agreed to, of which the actor wrote nothing that is not agreed to."""
    if not actor.may(READ_ITEMS) or actor.user_id is None:
        return Written.objects.none()
    return not_of(visible_items(actor).filter(awaits=True), actor.user_id)


@inbox_source(
    "communication.approvals",
    title=_("Texts to agree to"),
    permission=APPROVE_ITEMS,
    count=count_of(to_agree_to),
    order=45,
)
def approvals_waiting(actor: Actor, ask: Ask) -> Sequence[Item]:
    """Items whose texts wait for somebody to agree, those that come out first on top."""
    return [_item(row) for row in ask.page(to_agree_to(actor))]


def given_back(actor: Actor) -> QuerySet[Written]:
    """One's own drafts that were given back since they were last written."""
    returned = ItemDecision.objects.filter(
        item=OuterRef("pk"), outcome=RETURN, version=OuterRef("version")
    )
    found = visible_items(actor).filter(owner_id=actor.user_id or 0, state=DRAFT)
    return found.filter(Exists(returned))


@inbox_source(
    "communication.given_back",
    title=_("Texts given back"),
    permission=WRITE_ITEMS,
    count=count_of(given_back),
    order=46,
)
def given_back_waiting(actor: Actor, ask: Ask) -> Sequence[Item]:
    """One's own drafts that somebody gave back."""
    return [_item(row) for row in ask.page(given_back(actor))]


def _item(row: Written) -> Item:
    return Item(
        key=row.pk, title=row.title, url=f"/communication/items/{row.code}", since=row.changed_at
    )
