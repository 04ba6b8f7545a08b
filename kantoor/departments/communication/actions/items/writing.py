"""Write items and their texts: each text is a version that stays."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf.locale import LANG_INFO
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.items.finding import (
    MOST_AT_ONCE,
    about,
    items_by_code,
)
from kantoor.departments.communication.actions.items.pictures import (
    note_pictures,
    refuse_unknown_pictures,
)
from kantoor.departments.communication.actions.moments import refuse_without_zone
from kantoor.departments.communication.department import WRITE_ITEMS
from kantoor.departments.communication.drafts_items import ItemDraft, TextDraft
from kantoor.departments.communication.errors import KnownAlready, NotReady
from kantoor.departments.communication.models import Item, ItemText
from kantoor.departments.communication.models.items.item import (
    APPROVED,
    ASKED,
    DRAFT,
    EVENT,
    PRESS,
    PUBLISHED,
    WITHDRAWN,
)
from kantoor.departments.communication.rendering.checking import check_text
from kantoor.departments.communication.rendering.pasted import without_html
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped
from kantoor.kernel.store.uids import new_uid

LONGEST_CODE = 80
MOST_ALIKE = 60
"""So many items may have the same title before one has to say a code."""


@action(permission=WRITE_ITEMS, title=_("Write items"), bulk_of="write_item")
def write_items(actor: Actor, /, *, items: Sequence[ItemDraft]) -> list[str]:
    """Write items as drafts, each with its first text; gives their codes.

    HTML in a text is cleaned and becomes Markdown. A press release is for the press page too.
    Raises KnownAlready, InvalidInput, BadPicture.
    """
    if len(items) > MOST_AT_ONCE:
        message = _("No more than {most} at once.").format(most=MOST_AT_ONCE)
        raise InvalidInput(message, field="items")
    now = timezone.now()
    codes = _codes(actor, items)
    rows = [_item(actor, draft, code, now) for draft, code in zip(items, codes, strict=True)]
    refuse_unknown_pictures(actor, [(without_html(each.body), each.picture) for each in items])
    Item.objects.bulk_create(rows)
    texts = ItemText.objects.bulk_create(
        [
            ItemText(
                item=row, language=row.language, number=1, title=row.title,
                summary=_on_one_line(draft.summary), body=without_html(draft.body),
                picture=draft.picture.strip(), at=now, user_id=actor.user_id,
            )
            for row, draft in zip(rows, items, strict=True)
        ]
    )  # fmt: skip
    note_pictures(actor, texts)
    about(rows)
    return codes


@action(permission=WRITE_ITEMS, title=_("Write an item"))
def write_item(actor: Actor, /, *, item: ItemDraft) -> str:
    """Write an item as a draft with its first text; gives its code. See `write_items`."""
    return write_items(actor, items=[item])[0]


@action(permission=WRITE_ITEMS, title=_("Write texts"), bulk_of="write_text")
def write_texts(actor: Actor, /, *, texts: Sequence[TextDraft]) -> list[int]:
    """Write texts of items in a language; gives their numbers, those of the latest if unchanged.

    What somebody agreed to or is asked to agree to becomes a draft again. Of what is published
    the new text waits until it is published as a correction. Raises UnknownItem, NotReady,
    InvalidInput, BadPicture.
    """
    items = items_by_code(actor, [text.item for text in texts], field="item")
    rows = {row.code: row for row in items}
    latest = latest_texts(items)
    now = timezone.now()
    written: list[ItemText] = []
    numbers: list[int] = []
    for place, draft in enumerate(texts, 1):
        row = rows[draft.item]
        text = _text(actor, row, draft, latest, now, place if len(texts) > 1 else None)
        if text._state.adding and text not in written:
            written.append(text)
        numbers.append(text.number)
    refuse_unknown_pictures(actor, [(text.body, text.picture) for text in written])
    ItemText.objects.bulk_create(written)
    note_pictures(actor, written)
    changed = list({text.item_id: rows[text.item.code] for text in written}.values())
    Item.objects.bulk_update(changed, ["state", "awaits", "version", "title", "changed_at"])
    about(items)
    return numbers


@action(permission=WRITE_ITEMS, title=_("Write a text"))
def write_text(actor: Actor, /, *, text: TextDraft) -> int:
    """Write a text of an item in a language; gives its number. See `write_texts`."""
    return write_texts(actor, texts=[text])[0]


def latest_texts(items: Sequence[Item]) -> dict[tuple[int, str], ItemText]:
    """The newest text of each item in each language, by item and language; one statement."""
    rows = ItemText.objects.filter(item__in=[each.pk for each in items]).order_by("number")
    return {(row.item_id, row.language): row for row in rows}


def _item(actor: Actor, draft: ItemDraft, code: str, now: datetime) -> Item:
    title, body = draft.title.strip(), without_html(draft.body)
    check_text(title, _on_one_line(draft.summary), body)
    if draft.kind == EVENT and draft.event_from is None:
        raise InvalidInput(_("Say when the event begins."), field="event_from")
    check_times(draft.event_from, draft.event_until)
    return Item(
        company_id=actor.company_id,
        uid=new_uid(now),
        code=code,
        kind=draft.kind,
        language=known_language(actor, draft.language),
        title=title,
        version=1,
        owner_id=actor.user_id,
        on_press_page=draft.kind == PRESS,
        event_from=draft.event_from,
        event_until=draft.event_until,
        place=draft.place.strip(),
        created_at=now,
        changed_at=now,
    )


def check_times(begins: datetime | None, ends: datetime | None) -> None:
    """Refuse an event that ends before it begins, or ends without beginning."""
    refuse_without_zone(begins, field="event_from")
    refuse_without_zone(ends, field="event_until")
    if ends is not None and (begins is None or ends < begins):
        raise InvalidInput(_("An event ends after it begins."), field="event_until")


def _text(
    actor: Actor,
    row: Item,
    draft: TextDraft,
    latest: dict[tuple[int, str], ItemText],
    now: datetime,
    line: int | None,
) -> ItemText:
    """The text as written, or the latest when nothing of it changed; the item as it is then."""
    if row.state == WITHDRAWN:
        message = _("“{code}” is withdrawn; write a new item.").format(code=row.code)
        raise NotReady(message, field="item", line=line)
    language = known_language(actor, draft.language or row.language)
    title, summary, body = (
        draft.title.strip(),
        _on_one_line(draft.summary),
        without_html(draft.body),
    )
    picture = draft.picture.strip()
    before = latest.get((row.pk, language))
    if before and draft.based_on and before.number > draft.based_on:
        meanwhile = _("Somebody wrote text {number} meanwhile; look at it and put yours in it.")
        raise NotReady(meanwhile.format(number=before.number), field="body", line=line)
    same = (title, summary, body, picture)
    if before and (before.title, before.summary, before.body, before.picture) == same:
        return before
    check_text(title, summary, body)
    row.version += 1
    row.changed_at = now
    if row.state in (ASKED, APPROVED):
        row.state, row.awaits = DRAFT, False
    if language == row.language and row.state != PUBLISHED:
        row.title = title
    text = ItemText(
        item=row, language=language, number=row.version, title=title, summary=summary, body=body,
        picture=picture, at=now, user_id=actor.user_id,
    )  # fmt: skip
    latest[(row.pk, language)] = text
    return text


def _codes(actor: Actor, items: Sequence[ItemDraft]) -> list[str]:
    """A code for each draft: the one it says, else one from its title that nobody has."""
    wished = [_wish(each) for each in items]
    for wish in wished:
        if not wish:
            raise InvalidInput(_("Give a title of words."), field="title")
    taken = _taken(actor, wished)
    numbered = [f"{wish}-{n}" for wish in sorted(taken) for n in range(2, MOST_ALIKE)]
    taken |= _taken(actor, numbered)
    codes = list[str]()
    for draft, wish in zip(items, wished, strict=True):
        free = [wish, *(f"{wish}-{n}" for n in range(2, MOST_ALIKE) if not draft.code)]
        code = next((each for each in free if each not in taken), "")
        if not code:
            message = _("There is a “{code}” already.").format(code=wish)
            raise KnownAlready(message, field="code")
        taken.add(code)
        codes.append(code)
    return codes


def _wish(draft: ItemDraft) -> str:
    wish = slugify(draft.code or draft.title)[: LONGEST_CODE - 8].strip("-")
    if not wish and not draft.code and any(each.isalnum() for each in draft.title):
        wish = draft.kind  # a title in letters that no address has
    if wish and draft.kind == PRESS:
        # Whether a code is taken must not tell what a press release under embargo is called, nor
        # its address be guessed: that holds for a code one chose too.
        wish += f"-{get_random_string(6, 'abcdefghjkmnpqrstuvwxyz23456789')}"
    return wish


def _taken(actor: Actor, codes: Sequence[str]) -> set[str]:
    """Those of these codes that are in use, also by items that one may not see."""
    if not codes:
        return set()
    return set(scoped(actor, Item).filter(code__in=codes).values_list("code", flat=True))


def _on_one_line(summary: str) -> str:
    return " ".join(summary.split())


def known_language(actor: Actor, said: str) -> str:
    """The language by its two letters; the actor's unless said. Raises InvalidInput."""
    language = (said or actor.language).strip().lower()
    known: Mapping[str, object] = LANG_INFO
    if len(language) != 2 or language not in known:
        message = _("“{language}” is no language of two letters.").format(language=language[:20])
        raise InvalidInput(message, field="language")
    return language
