"""Remarks on texts while they are written: say them, and settle them."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.items.finding import MOST_AT_ONCE
from kantoor.departments.communication.department import WRITE_ITEMS
from kantoor.departments.communication.errors import UnknownItem
from kantoor.departments.communication.models import ItemRemark, ItemText
from kantoor.departments.communication.queries.items.visible import visible_items
from kantoor.departments.communication.rendering.plain import as_plain
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput

LONGEST_SAID, LONGEST_PASSAGE = 2_000, 300


@action(permission=WRITE_ITEMS, title=_("Remark on a text"))
def remark_on_text(
    actor: Actor, /, *, item: str, said: str, passage: str = "", number: int = 0
) -> int:
    """Say something of a text of an item, or of a `passage` that stands in it; gives its key.

    `number` is that of the text, 0 the newest. Raises UnknownItem, InvalidInput.
    """
    said, passage = said.strip(), " ".join(passage.split())
    if not said:
        raise InvalidInput(_("Say it in a few words."), field="said")
    for field, words, most in (("said", said, LONGEST_SAID), ("passage", passage, LONGEST_PASSAGE)):
        if len(words) > most:
            message = _("This is longer than {most} characters.").format(most=most)
            raise InvalidInput(message, field=field)
    texts = ItemText.objects.filter(
        item__in=visible_items(actor).filter(code=item).values("pk"),
        **({"number": number} if number else {}),
    )
    text = texts.order_by("-number").first()
    if text is None:
        raise UnknownItem(_("There is no item “{code}”.").format(code=item[:80]), field="item")
    if passage and not any(passage in words for words in _as_read(text)):
        raise InvalidInput(_("These words are not in the text."), field="passage")
    row = ItemRemark.objects.create(
        text=text, passage=passage, said=said, at=timezone.now(), user_id=actor.user_id
    )
    concerns(f"communication.item/{text.item_id}")
    return row.pk


def _as_read(text: ItemText) -> list[str]:
    """The words of a text as they were written, and as one reads them."""
    written = [text.title, text.summary, text.body, as_plain(text.body, address=None)]
    return [" ".join(each.split()) for each in written]


@action(permission=WRITE_ITEMS, title=_("Settle remarks"), bulk_of="settle_remark")
def settle_remarks(actor: Actor, /, *, remarks: Sequence[int]) -> None:
    """Say that remarks were dealt with; what is settled stays so. Raises UnknownItem."""
    if len(remarks) > MOST_AT_ONCE:
        message = _("No more than {most} at once.").format(most=MOST_AT_ONCE)
        raise InvalidInput(message, field="remarks")
    seen = ItemRemark.objects.filter(
        pk__in=remarks, text__item__in=visible_items(actor).values("pk")
    ).values("pk")
    rows = list(ItemRemark.objects.select_for_update().filter(pk__in=seen).order_by("pk"))
    if len(rows) < len(set(remarks)):
        raise UnknownItem(_("There is no such remark."), field="remarks")
    open_ones = [row for row in rows if row.settled_at is None]
    for row in open_ones:
        row.settled_at, row.settled_by = timezone.now(), actor.user_id
    ItemRemark.objects.bulk_update(open_ones, ["settled_at", "settled_by"])
    items = set(
        ItemText.objects.filter(pk__in=[row.text_id for row in rows]).values_list("item", flat=True)
    )
    if len(items) == 1:
        concerns(f"communication.item/{items.pop()}")


@action(permission=WRITE_ITEMS, title=_("Settle a remark"))
def settle_remark(actor: Actor, /, *, remark: int) -> None:
    """Say that a remark was dealt with. Raises UnknownItem."""
    settle_remarks(actor, remarks=[remark])
