"""What is agreed to of items beside their texts: counted, and kept with who said it, when it changes."""

from collections.abc import Mapping, Sequence

from django.utils import timezone

from kantoor.departments.communication.models import Audience, Item, ItemPlacing
from kantoor.departments.communication.models.items.item import APPROVED, ASKED, DRAFT
from kantoor.kernel.actors.actor import Actor

WIDER = ("on_intranet", "on_press_page", "on_screens", "must_read")
"""What may not become true of something published: nobody agreed to that."""
AGREED = (
    "audience_id", *WIDER, "read_days", "ends_at", "publish_at", "event_from", "event_until",
    "place",
)  # fmt: skip
Facts = Mapping[int, tuple[object, ...]]


def facts_of(items: Sequence[Item]) -> Facts:
    """For whom each item is, and where and when it is seen, by its row."""
    return {row.pk: tuple(getattr(row, name) for name in AGREED) for row in items}


def note_placings(actor: Actor, items: Sequence[Item], before: Facts) -> None:
    """Count, and keep who said it, where that is not any more as before; saves no item."""
    after = facts_of(items)
    _note(actor, [row for row in items if after[row.pk] != before[row.pk]])


def ends_approval(row: Item) -> None:
    """What was agreed to, or asked, is to be agreed to as it is now."""
    if row.state in (ASKED, APPROVED):
        row.state, row.awaits = DRAFT, False


def place_anew(actor: Actor, audiences: Sequence[Audience]) -> None:
    """These audiences mean others now: what is for them and not out yet is agreed to anew."""
    waiting = Item.objects.filter(audience__in=audiences, state__in=(DRAFT, ASKED, APPROVED))
    items = list(waiting.select_for_update(of=("self",)).order_by("pk"))
    now = timezone.now()
    for row in items:
        ends_approval(row)
        row.changed_at = now
    _note(actor, items)
    if items:
        Item.objects.bulk_update(items, ["state", "awaits", "placing", "changed_at"])


def _note(actor: Actor, items: Sequence[Item]) -> None:
    now = timezone.now()
    for row in items:
        row.placing += 1
    ItemPlacing.objects.bulk_create(
        ItemPlacing(item=row, number=row.placing, at=now, user_id=actor.user_id) for row in items
    )
