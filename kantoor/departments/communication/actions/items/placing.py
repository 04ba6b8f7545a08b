"""Say whom items are for, where they are seen, and when they come out."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.items.finding import (
    about,
    audiences_by_code,
    items_by_code,
)
from kantoor.departments.communication.actions.items.placed import (
    WIDER,
    ends_approval,
    facts_of,
    note_placings,
)
from kantoor.departments.communication.actions.items.writing import check_times
from kantoor.departments.communication.actions.moments import refuse_without_zone
from kantoor.departments.communication.department import PUBLISH_ITEMS, WRITE_ITEMS
from kantoor.departments.communication.drafts_items import EventDraft, PlacesDraft
from kantoor.departments.communication.errors import NotReady
from kantoor.departments.communication.models import Audience, Item
from kantoor.departments.communication.models.items.item import (
    APPROVED,
    DRAFT,
    EVENT,
    PUBLISHED,
    WITHDRAWN,
)
from kantoor.departments.communication.queries.items.agreeing import NOTHING, agreed_to
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotAllowed

FREE = ("pinned", "read_days", "ends_at")
LONGEST_READ_DAYS = 365


@action(permission=WRITE_ITEMS, title=_("Say whom items are for"), bulk_of="place_item")
def place_items(actor: Actor, /, *, places: Sequence[PlacesDraft]) -> None:
    """Say whom items are for and where they are seen.

    Who agreed to it, agreed to this too: what was approved is a draft again. What is published
    can only be taken from places, and needs who may publish. Raises UnknownItem, UnknownAudience,
    NotReady, InvalidInput.
    """
    items = items_by_code(actor, [each.item for each in places], field="item")
    rows = {row.code: row for row in items}
    audiences = audiences_by_code(actor, [each.audience for each in places])
    now = timezone.now()
    before = facts_of(items)
    for place, draft in enumerate(places, 1):
        row = rows[draft.item]
        _check_places(draft, now)
        _place(actor, row, draft, audiences, place if len(places) > 1 else None)
        row.changed_at = now
    note_placings(actor, items, before)
    fields = ["audience", *WIDER, *FREE, "state", "awaits", "placing", "changed_at"]
    Item.objects.bulk_update(items, fields)
    about(items)


@action(permission=WRITE_ITEMS, title=_("Say whom an item is for"))
def place_item(actor: Actor, /, *, places: PlacesDraft) -> None:
    """Say whom an item is for and where it is seen. See `place_items`."""
    place_items(actor, places=[places])


@action(permission=WRITE_ITEMS, title=_("Plan items"), bulk_of="schedule_item")
def schedule_items(
    actor: Actor, /, *, codes: Sequence[str], publish_at: datetime | None = None
) -> None:
    """Say when items are to be published, of a press release its embargo; without a time, by hand.

    They come out by themselves then, if somebody agreed to them. Once somebody did, only who may
    publish can plan them; a time that was agreed to is agreed to anew when it changes. Raises
    UnknownItem, NotReady, InvalidInput for a time that is past.
    """
    refuse_without_zone(publish_at, field="publish_at")
    if publish_at is not None and publish_at <= timezone.now():
        past = _("This is past; choose a time to come, or publish it now.")
        raise InvalidInput(past, field="publish_at")
    items = items_by_code(actor, codes)
    before, agreed = facts_of(items), agreed_to(items)
    for row in items:
        if row.state in (PUBLISHED, WITHDRAWN):
            message = _("“{code}” was published already.").format(code=row.code)
            raise NotReady(message, field="codes")
        if row.state == APPROVED and not actor.may(PUBLISH_ITEMS):
            message = _("“{code}” is approved; let who publishes plan it.").format(code=row.code)
            raise NotAllowed(message, field="codes")
        row.publish_at, row.changed_at = publish_at, timezone.now()
        then = agreed.get(row.pk, NOTHING).publish_at
        if row.state == APPROVED and then is not None and then != publish_at:
            row.state = DRAFT
    note_placings(actor, items, before)
    Item.objects.bulk_update(items, ["publish_at", "state", "placing", "changed_at"])
    about(items)


@action(permission=WRITE_ITEMS, title=_("Plan an item"))
def schedule_item(actor: Actor, /, *, item: str, publish_at: datetime | None = None) -> None:
    """Say when an item is to be published; without a time, by hand. See `schedule_items`."""
    schedule_items(actor, codes=[item], publish_at=publish_at)


@action(permission=WRITE_ITEMS, title=_("Set time and place of events"), bulk_of="set_event")
def set_events(actor: Actor, /, *, events: Sequence[EventDraft]) -> None:
    """Say when and where events are. Raises UnknownItem, NotReady, InvalidInput.

    What was approved is a draft again. Of what is published it needs who may publish: people come on
    what it says.
    """
    items = items_by_code(actor, [each.item for each in events], field="item")
    rows, before = {row.code: row for row in items}, facts_of(items)
    for draft in events:
        row = rows[draft.item]
        if row.kind != EVENT or row.state == WITHDRAWN:
            message = _("“{code}” is no event that is to come.").format(code=row.code)
            raise NotReady(message, field="item")
        _may_change_published(actor, row)
        check_times(draft.event_from, draft.event_until)
        row.event_from, row.event_until = draft.event_from, draft.event_until
        row.place, row.changed_at = draft.place.strip(), timezone.now()
        if facts_of([row])[row.pk] != before[row.pk]:
            ends_approval(row)
    note_placings(actor, items, before)
    fields = ["event_from", "event_until", "place", "state", "awaits", "placing", "changed_at"]
    Item.objects.bulk_update(items, fields)
    about(items)


@action(permission=WRITE_ITEMS, title=_("Set time and place of an event"))
def set_event(actor: Actor, /, *, event: EventDraft) -> None:
    """Say when and where an event is. See `set_events`."""
    set_events(actor, events=[event])


def _check_places(draft: PlacesDraft, now: datetime) -> None:
    if not 1 <= draft.read_days <= LONGEST_READ_DAYS:
        message = _("Give from 1 to {most} days to read it.").format(most=LONGEST_READ_DAYS)
        raise InvalidInput(message, field="read_days")
    refuse_without_zone(draft.ends_at, field="ends_at")
    if draft.ends_at is not None and draft.ends_at <= now:
        past = _("This is past: withdraw it to take it away now.")
        raise InvalidInput(past, field="ends_at")


def _place(
    actor: Actor,
    row: Item,
    draft: PlacesDraft,
    audiences: dict[str, Audience],
    line: int | None,
) -> None:
    audience = audiences[draft.audience].pk if draft.audience else None
    wider = [name for name in WIDER if getattr(draft, name) and not getattr(row, name)]
    before = facts_of([row])
    if row.state == WITHDRAWN:
        message = _("“{code}” is withdrawn.").format(code=row.code)
        raise NotReady(message, field="item", line=line)
    if row.state == PUBLISHED:
        _may_change_published(actor, row)
        if wider or audience != row.audience_id:
            agreed = _("“{code}” is published as it was agreed to; write a new item for others.")
            field = "audience" if audience != row.audience_id else wider[0]
            raise NotReady(agreed.format(code=row.code), field=field, line=line)
    for name in (*WIDER, *FREE):
        setattr(row, name, getattr(draft, name))
    row.audience_id = audience
    if facts_of([row]) != before:
        ends_approval(row)


def _may_change_published(actor: Actor, row: Item) -> None:
    if row.state == PUBLISHED and not actor.may(PUBLISH_ITEMS):
        message = _("“{code}” is published; let who publishes change it.").format(code=row.code)
        raise NotAllowed(message, field="item")
