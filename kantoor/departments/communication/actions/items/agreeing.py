"""Ask that items be agreed to, agree to them, and give them back: never who wrote them."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.items.finding import about, items_by_code
from kantoor.departments.communication.actions.items.writing import latest_texts
from kantoor.departments.communication.department import APPROVE_ITEMS, WRITE_ITEMS
from kantoor.departments.communication.errors import NotReady, OwnWork
from kantoor.departments.communication.events import ItemAwaits, ItemDecided
from kantoor.departments.communication.models import Item, ItemDecision, ItemText
from kantoor.departments.communication.models.items.item import APPROVED, ASKED, DRAFT, PUBLISHED
from kantoor.departments.communication.models.items.text import APPROVE, RETURN
from kantoor.departments.communication.queries.items.agreeing import (
    approved_versions,
    code_in,
    not_to_judge,
    seen_of,
)
from kantoor.departments.communication.rendering.checking import to_fill_in
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput

LONGEST_NOTE = 500


@action(permission=WRITE_ITEMS, title=_("Ask approval of items"), bulk_of="ask_item_approval")
def ask_items_approval(actor: Actor, /, *, codes: Sequence[str]) -> None:
    """Ask others to agree to items as they stand: drafts, and new texts of what is published.

    Raises UnknownItem, NotReady when nothing of it waits to be agreed to, or words of a template
    are still to be filled in.
    """
    items = items_by_code(actor, codes)
    approved, texts = approved_versions(items), latest_texts(items)
    now = timezone.now()
    for row in items:
        fresh = row.state == PUBLISHED and approved.get(row.pk, 0) != row.version
        if row.state != DRAFT and not fresh:
            message = _("“{code}” has nothing to agree to.").format(code=row.code)
            raise NotReady(message, field="codes")
        refuse_unfilled(row, [text for (key, _language), text in texts.items() if key == row.pk])
        row.awaits, row.changed_at = True, now
        row.state = ASKED if row.state == DRAFT else row.state
        publish(ItemAwaits(actor.company_id, row.pk, row.uid, row.kind, row.version))
    Item.objects.bulk_update(items, ["state", "awaits", "changed_at"])
    about(items)


@action(permission=WRITE_ITEMS, title=_("Ask approval of an item"))
def ask_item_approval(actor: Actor, /, *, item: str) -> None:
    """Ask others to agree to an item as it stands. See `ask_items_approval`."""
    ask_items_approval(actor, codes=[item])


@action(permission=APPROVE_ITEMS, title=_("Approve items"), bulk_of="approve_item")
def approve_items(actor: Actor, /, *, seen: Sequence[str]) -> None:
    """Agree to items as they were seen; what has a time to be published is, when that comes.

    `seen` are their names as they were looked at (`seen` of the item): its texts, and whom it is
    for, where and when. What changed since is refused. Raises UnknownItem, NotReady when it was
    not asked or has changed, OwnWork for who wrote any of it or said whom it is for.
    """
    items = items_by_code(actor, [code_in(each) for each in seen], field="seen")
    rows = {row.code: row for row in items}
    for place, each in enumerate(seen, 1):
        _refuse_changed(rows[code_in(each)], each, place if len(seen) > 1 else None)
    _decide(actor, items, APPROVE, "")


@action(permission=APPROVE_ITEMS, title=_("Approve an item"))
def approve_item(actor: Actor, /, *, seen: str) -> None:
    """Agree to an item as it was seen. See `approve_items`."""
    approve_items(actor, seen=[seen])


@action(permission=APPROVE_ITEMS, title=_("Give items back"), bulk_of="return_item")
def return_items(actor: Actor, /, *, codes: Sequence[str], note: str) -> None:
    """Give items back to who writes them, and say what is to change.

    What is published already stays so: withdraw or correct it. Raises UnknownItem, NotReady,
    OwnWork, InvalidInput.
    """
    _decide(actor, items_by_code(actor, codes), RETURN, said(note))


@action(permission=APPROVE_ITEMS, title=_("Give an item back"))
def return_item(actor: Actor, /, *, item: str, note: str) -> None:
    """Give an item back to who writes it, and say what is to change. See `return_items`."""
    return_items(actor, codes=[item], note=note)


def refuse_unfilled(row: Item, texts: Sequence[ItemText]) -> None:
    """Refuse texts with words of a template that are still to be filled in."""
    for text in texts:
        if left := to_fill_in(text.title, text.summary, text.body):
            message = _("Fill in {words} first, or take it out of “{code}”.")
            raise NotReady(message.format(words=left[0], code=row.code), field="codes")


def said(note: str, field: str = "note") -> str:
    """What somebody said on one line or more, not too long and not nothing."""
    note = note.strip()
    if not note:
        raise InvalidInput(_("Say it in a few words."), field=field)
    if len(note) > LONGEST_NOTE:
        message = _("This is longer than {most} characters.").format(most=LONGEST_NOTE)
        raise InvalidInput(message, field=field)
    return note


def _refuse_changed(row: Item, seen: str, line: int | None) -> None:
    """Refuse to agree to an item that is not any more what somebody had before them."""
    if seen == seen_of(row):
        return
    message = _("“{code}” was changed since you read it; read version {number}.")
    if seen.rpartition("@")[2].partition(".")[0] == str(row.version):
        message = _(
            "Whom “{code}” is for, where or when it is seen was changed since you looked at it;"
            " look again."
        )
    raise NotReady(message.format(code=row.code, number=row.version), field="seen", line=line)


def _decide(actor: Actor, items: Sequence[Item], outcome: str, note: str) -> None:
    authors = not_to_judge(items)
    now = timezone.now()
    for row in items:
        if not row.awaits:
            message = _("Nobody asks to agree to “{code}” now.").format(code=row.code)
            raise NotReady(message, field="codes")
        if actor.user_id is None or actor.user_id in authors[row.pk]:
            own = _("You wrote at “{code}”, or said whom it is for; let somebody else read it.")
            raise OwnWork(own.format(code=row.code), field="codes")
        row.awaits, row.changed_at = False, now
        if row.state == ASKED:
            row.state = APPROVED if outcome == APPROVE else DRAFT
    ItemDecision.objects.bulk_create(
        [
            ItemDecision(
                item=row, version=row.version, placing=row.placing, publish_at=row.publish_at,
                outcome=outcome, note=note, at=now, user_id=actor.user_id,
            )
            for row in items
        ]
    )  # fmt: skip
    Item.objects.bulk_update(items, ["state", "awaits", "changed_at"])
    for row in items:
        publish(
            ItemDecided(
                actor.company_id, row.pk, row.uid, outcome, row.version, row.owner_id
            )
        )  # fmt: skip
    about(items)
