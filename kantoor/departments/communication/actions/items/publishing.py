"""Publish items: what was agreed to at its time, a crisis notice at once with a second pair after."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.items.agreeing import refuse_unfilled, said
from kantoor.departments.communication.actions.items.finding import about, items_by_code
from kantoor.departments.communication.actions.items.pictures import refuse_expired_pictures
from kantoor.departments.communication.actions.items.writing import latest_texts
from kantoor.departments.communication.department import PUBLISH_ITEMS
from kantoor.departments.communication.errors import NotReady
from kantoor.departments.communication.events import (
    ItemAwaits,
    ItemCorrected,
    ItemPublished,
    ItemWithdrawn,
)
from kantoor.departments.communication.models import (
    Item,
    ItemText,
    Mailing,
    Publication,
    Withdrawal,
)
from kantoor.departments.communication.models.items.item import (
    APPROVED,
    ASKED,
    CRISIS,
    DRAFT,
    PUBLISHED,
    WITHDRAWN,
)
from kantoor.departments.communication.models.mailings.mailing import (
    GATHERING,
    PAUSED,
    SENDING,
    STOPPED,
)
from kantoor.departments.communication.queries.items.agreeing import approved_versions
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import publish
from kantoor.kernel.actors.actor import Actor


@action(permission=PUBLISH_ITEMS, title=_("Publish items"), bulk_of="publish_item")
def publish_items(actor: Actor, /, *, codes: Sequence[str]) -> None:
    """Publish items that were agreed to, in all their languages.

    A crisis notice needs no approval before, but somebody is asked for it after. Raises
    UnknownItem, NotReady for what nobody agreed to, or what is to wait for its time.
    """
    items = items_by_code(actor, codes)
    now = timezone.now()
    for row in items:
        if row.state != APPROVED and not (row.kind == CRISIS and row.state in (DRAFT, ASKED)):
            message = _("“{code}” can't be published: somebody has to agree to it first.")
            if row.state in (PUBLISHED, WITHDRAWN):
                message = _("“{code}” was published already.")
            raise NotReady(message.format(code=row.code), field="codes")
        if row.publish_at is not None and row.publish_at > now:
            message = _("“{code}” waits for its time; take that away to publish it now.")
            raise NotReady(message.format(code=row.code), field="codes")
    put_out(actor, items, now)
    about(items)


@action(permission=PUBLISH_ITEMS, title=_("Publish an item"))
def publish_item(actor: Actor, /, *, item: str) -> None:
    """Publish an item that was agreed to, or a crisis notice at once. See `publish_items`."""
    publish_items(actor, codes=[item])


@action(permission=PUBLISH_ITEMS, title=_("Correct items"), bulk_of="correct_item")
def correct_items(actor: Actor, /, *, codes: Sequence[str], note: str) -> None:
    """Publish the new texts of published items; `note` says what was wrong, and is shown.

    What was published before is kept. Raises UnknownItem, NotReady when it is not published, has
    no new text, or nobody agreed to it (of a crisis notice that is asked after).
    """
    items = items_by_code(actor, codes)
    note, now = said(note), timezone.now()
    approved = approved_versions(items)
    fresh = _unpublished(items)
    for row in items:
        if row.state != PUBLISHED or not fresh[row.pk]:
            message = _("“{code}” has no new text to publish; write one first.")
            raise NotReady(message.format(code=row.code), field="codes")
        if row.kind != CRISIS and approved.get(row.pk, 0) != row.version:
            message = _("“{code}” can't be published: somebody has to agree to it first.")
            raise NotReady(message.format(code=row.code), field="codes")
        row.changed_at = now
        row.awaits = approved.get(row.pk, 0) != row.version
        row.title = next(
            (text.title for text in fresh[row.pk] if text.language == row.language), row.title
        )
    texts = [text for row in items for text in fresh[row.pk]]
    refuse_expired_pictures(actor, texts)
    for row in items:
        refuse_unfilled(row, fresh[row.pk])
    _publications(texts, actor, note, now)
    Item.objects.bulk_update(items, ["awaits", "title", "changed_at"])
    for row in items:
        languages = tuple(text.language for text in fresh[row.pk])
        publish(
            ItemCorrected(
                actor.company_id, row.pk, row.uid, row.code, row.kind, row.version, languages, now
            )
        )  # fmt: skip
        _ask_after(actor, row)
    about(items)


@action(permission=PUBLISH_ITEMS, title=_("Correct an item"))
def correct_item(actor: Actor, /, *, item: str, note: str) -> None:
    """Publish the new text of a published item, with what was wrong. See `correct_items`."""
    correct_items(actor, codes=[item], note=note)


@action(permission=PUBLISH_ITEMS, title=_("Withdraw items"), bulk_of="withdraw_item")
def withdraw_items(actor: Actor, /, *, codes: Sequence[str], why: str) -> None:
    """Take published items off all pages, feeds and screens; `why` is shown where they stood.

    Mailings of them stop: who still waits for one gets nothing. What was published is kept for
    who may see all items. Raises UnknownItem, NotReady.
    """
    items = items_by_code(actor, codes)
    why, now = said(why, "why"), timezone.now()
    for row in items:
        if row.state != PUBLISHED:
            message = _("“{code}” is not published.").format(code=row.code)
            raise NotReady(message, field="codes")
        row.state, row.awaits, row.changed_at = WITHDRAWN, False, now
    Withdrawal.objects.bulk_create(
        [Withdrawal(item=row, why=why, at=now, user_id=actor.user_id) for row in items]
    )
    Item.objects.bulk_update(items, ["state", "awaits", "changed_at"])
    open_ones = Mailing.objects.filter(item__in=items, state__in=(GATHERING, SENDING, PAUSED))
    open_ones.update(state=STOPPED, ended_at=now)
    for row in items:
        publish(ItemWithdrawn(actor.company_id, row.pk, row.uid, row.code, row.kind, now))
    about(items)


@action(permission=PUBLISH_ITEMS, title=_("Withdraw an item"))
def withdraw_item(actor: Actor, /, *, item: str, why: str) -> None:
    """Take a published item off all pages, and say why. See `withdraw_items`."""
    withdraw_items(actor, codes=[item], why=why)


def put_out(actor: Actor, items: Sequence[Item], now: datetime) -> None:
    """Write that these items are published now, in the newest text of each of their languages.

    Raises BadPicture for one that may not be published any more, NotReady for words of a template
    that nobody filled in.
    """
    texts = list(latest_texts(items).values())
    refuse_expired_pictures(actor, texts)
    for row in items:
        refuse_unfilled(row, [text for text in texts if text.item_id == row.pk])
    for row in items:
        # A crisis notice goes out before anybody agreed to its texts, or to whom it is for.
        row.awaits = row.state != APPROVED
        row.state, row.published_at, row.changed_at = PUBLISHED, now, now
    _publications(texts, actor, "", now)
    Item.objects.bulk_update(items, ["state", "awaits", "published_at", "changed_at"])
    for row in items:
        publish(
            ItemPublished(
                actor.company_id, row.pk, row.uid, row.code, row.kind, row.audience_id,
                row.must_read, now,
            )
        )  # fmt: skip
        _ask_after(actor, row)


def _ask_after(actor: Actor, row: Item) -> None:
    """Tell who agrees to texts that one went out before anybody did."""
    if row.awaits:
        publish(ItemAwaits(actor.company_id, row.pk, row.uid, row.kind, row.version))


def _unpublished(items: Sequence[Item]) -> dict[int, list[ItemText]]:
    """The newest texts of each item that are not what its readers see; two statements."""
    rows = Publication.objects.filter(item__in=[each.pk for each in items]).order_by("pk")
    out = {(row.item_id, row.language): row.text_id for row in rows}
    found: dict[int, list[ItemText]] = {each.pk: [] for each in items}
    for (item, language), text in sorted(latest_texts(items).items()):
        if out.get((item, language)) != text.pk:
            found[item].append(text)
    return found


def _publications(texts: Sequence[ItemText], actor: Actor, note: str, at: datetime) -> None:
    Publication.objects.bulk_create(
        [
            Publication(
                item_id=text.item_id, language=text.language, text=text, note=note, at=at,
                user_id=actor.user_id,
            )
            for text in texts
        ]
    )  # fmt: skip
