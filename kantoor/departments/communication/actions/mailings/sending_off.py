"""A published item is sent off to an audience: what it says and who it is for are settled here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.mailings.begun_here import note_begun
from kantoor.departments.communication.actions.mailings.gathering import others_now
from kantoor.departments.communication.actions.mailings.saying import say_what_stands
from kantoor.departments.communication.actions.moments import refuse_without_zone
from kantoor.departments.communication.department import SEND_MAILINGS
from kantoor.departments.communication.drafts_mailings import MailingDraft
from kantoor.departments.communication.errors import NotReady, UnknownAudience, UnknownItem
from kantoor.departments.communication.models import (
    Audience,
    Channel,
    Item,
    Mailing,
)
from kantoor.departments.communication.models.items.item import PUBLISHED
from kantoor.departments.communication.models.mailings.channel import CHAT
from kantoor.departments.communication.queries.audiences.careless import refuse_careless
from kantoor.departments.communication.queries.audiences.parts import is_part_of
from kantoor.departments.communication.queries.items.agreeing import meant_for_others
from kantoor.departments.communication.queries.items.visible import visible_items
from kantoor.departments.communication.queries.mailings.agreed import must_hear
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.mail.models import Mailbox
from kantoor.kernel.mail.outgoing import sending_mailbox
from kantoor.kernel.queries import scoped
from kantoor.kernel.store.uids import new_uid

PURPOSE = "communication"
"""Of the mailboxes that are communication's."""
FASTEST = 100_000


@action(permission=SEND_MAILINGS, title=_("Send items"), bulk_of="communication.send_item")
def send_items(actor: Actor, /, *, mailings: Sequence[MailingDraft]) -> list[str]:
    """Send published items to their audiences, or to a part; gives the names (uid) of the mailings.

    Whom an item is for was agreed to with it: others are refused. Who it goes to is written down
    next, by a job. Raises UnknownItem, UnknownAudience, NotFound, NotReady, InvalidInput; Careless
    where the size has to be said and was not.
    """
    known, now = _known(actor, mailings), timezone.now()
    rows = [_mailing(actor, known, draft, now, place) for place, draft in enumerate(mailings, 1)]
    made = Mailing.objects.bulk_create(rows)
    say_what_stands(actor, made)
    note_begun(made)
    for row in made:
        concerns(f"communication.mailing/{row.pk}")
    return [row.uid for row in made]


@dataclass(frozen=True, slots=True)
class _Known:
    """What mailings name, each asked once for all; `changed` are items meant for others by now."""

    items: dict[str, Item]
    changed: set[int]
    audiences: dict[str, Audience]
    channels: dict[str, Channel]
    boxes: dict[str, Mailbox]
    box: Mailbox | None


def _known(actor: Actor, mailings: Sequence[MailingDraft]) -> _Known:
    items = visible_items(actor).filter(code__in=[each.item for each in mailings])
    found = {each.code: each for each in items.select_related("audience")}
    audiences = scoped(actor, Audience).filter(
        code__in=[each.audience for each in mailings], active=True
    )
    boxes = scoped(actor, Mailbox).filter(active=True, purpose=PURPOSE)
    return _Known(
        items=found,
        changed=meant_for_others(list(found.values())),
        audiences={each.code: each for each in audiences},
        channels={each.code: each for each in scoped(actor, Channel).filter(active=True)},
        boxes={each.name: each for each in boxes},
        box=sending_mailbox(actor, PURPOSE),
    )


def _mailing(
    actor: Actor, known: _Known, draft: MailingDraft, now: datetime, place: int
) -> Mailing:
    """One mailing, not written yet; refused with the place it has among them."""
    item = _published(known.items.get(draft.item), place)
    audience = item.audience if not draft.audience else known.audiences.get(draft.audience)
    if draft.audience and audience is None:
        raise UnknownAudience(_("There is no such audience."), field="audience", line=place)
    _refuse_others(actor, item, audience, item.pk in known.changed, place)
    refuse_without_zone(draft.not_before, field="not_before", line=place)
    way, box = _way(draft, known.channels, place), None
    if way is None:
        box = known.boxes.get(draft.mailbox) if draft.mailbox else known.box
        _can_go(box, place)
    if not 0 <= draft.per_minute <= FASTEST:
        message = _("Give a number from 0 to {most}.").format(most=FASTEST)
        raise InvalidInput(message, field="per_minute", line=place)
    purpose = draft.purpose or (audience.purpose if audience else "")
    return Mailing(
        company_id=actor.company_id,
        uid=new_uid(now),
        item=item,
        audience=audience,
        mailbox=box,
        way=way,
        purpose=purpose,
        per_minute=draft.per_minute,
        size=_size(actor, draft, item, audience, way, purpose),
        next_at=max(draft.not_before or now, now),
        user_id=actor.user_id,
        created_at=now,
    )


def _size(
    actor: Actor,
    draft: MailingDraft,
    item: Item,
    audience: Audience | None,
    way: Channel | None,
    purpose: str,
) -> int:
    """How many are reached; a room is one. Raises Careless where it has to be said and was not."""
    if way is not None and way.kind == CHAT:
        return 1
    return refuse_careless(
        actor, audience, confirmed=draft.confirmed, purpose=purpose,
        by="phone" if way else "mail", must=must_hear(item, audience.pk if audience else None),
    ).size  # fmt: skip


@action(permission=SEND_MAILINGS, title=_("Send an item"))
def send_item(
    actor: Actor,
    /,
    *,
    item: str,
    audience: str = "",
    mailbox: str = "",
    channel: str = "",
    purpose: str = "",
    per_minute: int = 0,
    not_before: datetime | None = None,
    confirmed: int | None = None,
) -> str:
    """Send a published item to its audience or a part of that; gives the mailing's name."""
    draft = MailingDraft(
        item=item, audience=audience, mailbox=mailbox, channel=channel, purpose=purpose,
        per_minute=per_minute, not_before=not_before, confirmed=confirmed,
    )  # fmt: skip
    return send_items(actor, mailings=[draft])[0]


def _published(item: Item | None, place: int) -> Item:
    if item is None:
        raise UnknownItem(_("There is no such item."), field="item", line=place)
    if item.state != PUBLISHED:
        raise NotReady(_("Publish the item first."), field="item", line=place)
    return item


def _refuse_others(
    actor: Actor, item: Item, audience: Audience | None, changed: bool, place: int
) -> None:
    """Refuse an audience with anybody whom the item was not agreed to be for."""
    if changed:
        raise NotReady(others_now(item), field="audience", line=place)
    if is_part_of(actor, audience, item.audience):
        return
    message = _("“{code}” was agreed to for “{audience}”: send it to them, or to a part of them.")
    name = item.audience.name if item.audience else _("Everybody who works here")
    said = message.format(code=item.code, audience=name)
    raise NotReady(said, field="audience", line=place)


def _way(draft: MailingDraft, channels: dict[str, Channel], place: int) -> Channel | None:
    if not draft.channel:
        return None
    if (found := channels.get(draft.channel)) is None:
        raise NotFound(_("There is no such channel."), field="channel", line=place)
    return found


def _can_go(box: Mailbox | None, place: int) -> None:
    if box is None:
        message = _("There is no mailbox to send from; add one for communication.")
        raise NotReady(message, field="mailbox", line=place)
    if not settings.SMTP and not settings.MAIL_BACKEND:
        message = _("No mail goes out: the installation names no mail server.")
        raise NotReady(message, field="mailbox", line=place)
