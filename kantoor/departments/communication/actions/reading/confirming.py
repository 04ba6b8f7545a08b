"""Say that one read something: on its page, by the address in the mail, or noted by who saw it."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.reading.asking import item_of, last_round
from kantoor.departments.communication.actions.reading.noting import note_steps
from kantoor.departments.communication.department import PUBLISH_ITEMS, SEE_NEWS
from kantoor.departments.communication.errors import NotReady, UnknownItem
from kantoor.departments.communication.models import Item, ReadingAsked
from kantoor.departments.communication.models.reading.asked import (
    BY_HAND,
    BY_LINK,
    BY_PAGE,
    CONFIRMED,
    ENDED,
)
from kantoor.departments.communication.queries.items.texts import texts_shown
from kantoor.departments.communication.queries.items.visible import party_of
from kantoor.departments.communication.queries.reading.addresses import readings_of_token
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.queries import scoped


@action(permission=SEE_NEWS, title=_("Say that you read it"))
def confirm_reading(actor: Actor, /, *, item: str) -> None:
    """Say that one read an item that one is asked to read; once is enough.

    Raises UnknownItem where one is not asked.
    """
    party = party_of(actor)
    asked = (
        scoped(actor, ReadingAsked).select_for_update(of=("self",)).select_related("round__item")
    )
    row = asked.filter(round__item__code=item, party=party or 0).order_by("-round__number").first()
    if row is None or row.state == ENDED:
        raise UnknownItem(_("You are not asked to read this."), field="item")
    concerns(f"communication.item/{row.round.item_id}")
    _confirm(actor, [row], BY_PAGE, actor.language)


@action(permission=SEE_NEWS, title=_("Take by its address that somebody read it"), hidden=True)
def confirm_by_address(actor: Actor, /, *, token: str, language: str = "") -> None:
    """The same for who has the address from the mail, of what may not wait. Raises UnknownItem."""
    row = readings_of_token(actor.company_id, token).select_for_update(of=("self",)).first()
    if row is None or row.state == ENDED:
        raise UnknownItem(_("There is nothing at this address."))
    concerns(f"communication.item/{row.round.item_id}")
    _confirm(actor, [row], BY_LINK, language)


@action(
    permission=PUBLISH_ITEMS, title=_("Note that people read it"),
    bulk_of="communication.note_reading",
)  # fmt: skip
def note_readings(actor: Actor, /, *, item: str, people: Sequence[str], note: str) -> int:
    """Note that people read an item who can't say so themselves; `note` is how one knows.

    Such as a list that was signed on paper. `people` are their numbers. Gives how many had not
    confirmed before. Raises UnknownItem, NotFound for who is not asked, InvalidInput.
    """
    if not note.strip():
        raise InvalidInput(_("Say how you know, such as a list they signed."), field="note")
    held = last_round(row := item_of(actor, item))
    codes = list(dict.fromkeys(people))
    found = ReadingAsked.objects.select_for_update(of=("self",)).select_related("party")
    rows = {
        each.party.code: each
        for each in found.filter(round=held, party__code__in=codes).exclude(state=ENDED)
    }
    for place, code in enumerate(codes, 1):
        if held is None or code not in rows:
            raise NotFound(
                _("“{code}” is not asked to read it.").format(code=code[:40]),
                field="people", line=place,
            )  # fmt: skip
    concerns(f"communication.item/{row.pk}")
    return _confirm(actor, list(rows.values()), BY_HAND, row.language, note.strip())


@action(permission=PUBLISH_ITEMS, title=_("Note that somebody read it"))
def note_reading(actor: Actor, /, *, item: str, person: str, note: str) -> int:
    """The same for one."""
    return note_readings(actor, item=item, people=[person], note=note)


def _confirm(
    actor: Actor, rows: Sequence[ReadingAsked], way: str, language: str, note: str = ""
) -> int:
    """Confirm those that are open, with the text that stood there; gives how many."""
    now, fresh = timezone.now(), [row for row in rows if row.state != CONFIRMED]
    if not fresh:
        return 0
    items: dict[int, Item] = {row.round.item_id: row.round.item for row in fresh}
    texts, read = texts_shown(items.values(), language), {}
    for row in fresh:
        if (text := texts.get(row.round.item_id)) is None:
            raise NotReady(_("It is not published."), field="item")
        row.state, row.confirmed_at, row.next_at = CONFIRMED, now, None
        read[row.pk] = text.text_id
    ReadingAsked.objects.bulk_update(fresh, ["state", "confirmed_at", "next_at"])
    note_steps(actor, fresh, CONFIRMED, now, way=way, note=note, texts=read)
    return len(fresh)
