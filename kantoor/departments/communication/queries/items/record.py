"""One item with all that is known of it: texts, who agreed, what was published, remarks."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import READ_ITEMS
from kantoor.departments.communication.errors import UnknownItem
from kantoor.departments.communication.models import (
    Item,
    ItemDecision,
    ItemRemark,
    ItemText,
    Publication,
    Withdrawal,
)
from kantoor.departments.communication.queries.items.agreeing import (
    approved_versions,
    not_to_judge,
)
from kantoor.departments.communication.queries.items.register import item_rows, names_of
from kantoor.departments.communication.queries.items.shapes import (
    Compared,
    CurrentText,
    Decision,
    ItemShown,
    Places,
    Published,
    Remark,
    Version,
)
from kantoor.departments.communication.queries.items.visible import visible_items
from kantoor.departments.communication.rendering.comparing import compare
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query

MOST_TEXTS, MOST_REMARKS, MOST_DECISIONS = 200, 200, 100


@query(permission=READ_ITEMS, title=_("An item"), exposed=True)
def item(actor: Actor, /, *, code: str) -> ItemShown:
    """An item with its texts, and what was said and decided. Raises UnknownItem."""
    row = find_item(actor, code)
    texts = _texts(row)
    decisions = list(ItemDecision.objects.filter(item=row).order_by("-pk")[:MOST_DECISIONS])
    remarks = ItemRemark.objects.filter(text__item=row).select_related("text").order_by("-pk")
    said = list(remarks[:MOST_REMARKS])
    out = list(
        Publication.objects.filter(item=row).select_related("text").order_by("-pk")[:MOST_TEXTS]
    )
    gone = list(Withdrawal.objects.filter(item=row).order_by("-pk"))
    users = {each.user_id for rows in (texts, decisions, said, out, gone) for each in rows}
    names = names_of(users)
    standing = {each.language: each.text_id for each in reversed(out)}
    return ItemShown(
        item=item_rows([row])[0],
        uid=row.uid,
        places=_places(row),
        texts=_current(row, texts, standing),
        versions=_versions(texts, names, {each.text_id for each in out}),
        decisions=[
            Decision(
                version=each.version, outcome=each.outcome, note=each.note, at=each.at,
                who=names.get(each.user_id, ""),
            )
            for each in decisions
        ],
        remarks=[
            Remark(
                id=each.pk, number=each.text.number, language=each.text.language,
                passage=each.passage, said=each.said, at=each.at,
                who=names.get(each.user_id, ""), settled=each.settled_at is not None,
            )
            for each in said
        ],
        published=[
            *(
                Published(at=each.at, who=names.get(each.user_id, ""), number=0, language="", note=each.why)
                for each in gone
            ),
            *(
                Published(
                    at=each.at, who=names.get(each.user_id, ""), number=each.text.number,
                    language=each.language, note=each.note,
                )
                for each in out
            ),
        ],
        approved_version=approved_versions([row]).get(row.pk, 0),
        may_approve=actor.user_id is not None and actor.user_id not in not_to_judge([row])[row.pk],
    )  # fmt: skip


@query(permission=READ_ITEMS, title=_("Texts of an item side by side"), exposed=True)
def item_versions(actor: Actor, /, *, code: str, left: int = 0, right: int = 0) -> Compared:
    """Two texts of an item side by side, by their numbers; unless said, the last two of its language.

    Raises UnknownItem, for a number that it does not have too.
    """
    row = find_item(actor, code)
    texts = _texts(row)
    known = {each.number: each for each in texts}
    same = [each.number for each in texts if each.language == row.language]
    new = known.get(right or same[0])
    earlier = [each.number for each in texts if new and each.language == new.language]
    before = [number for number in earlier if new and number < new.number]
    old = known.get(left or (before[0] if before else same[-1]))
    if new is None or old is None:
        raise UnknownItem(_("The item has no such text."), field="right" if old else "left")
    shown = _versions(texts, names_of({each.user_id for each in texts}), set())
    by_number = {each.number: each for each in shown}
    return Compared(
        item=item_rows([row])[0],
        left=by_number[old.number],
        right=by_number[new.number],
        versions=shown,
        titles=compare(old.title, new.title),
        summaries=compare(old.summary, new.summary),
        bodies=compare(old.body, new.body),
    )


def find_item(actor: Actor, code: str) -> Item:
    """The item of a code, if the actor may see it. Raises UnknownItem."""
    row = visible_items(actor).select_related("audience").filter(code=code).first()
    if row is None:
        raise UnknownItem(_("There is no item “{code}”.").format(code=code[:80]), field="code")
    return row


def _texts(row: Item) -> list[ItemText]:
    return list(ItemText.objects.filter(item=row).order_by("-number")[:MOST_TEXTS])


def _current(row: Item, texts: Sequence[ItemText], standing: dict[str, int]) -> list[CurrentText]:
    """The newest text of each language, that of the item first."""
    newest = {each.language: each for each in reversed(texts)}
    order = sorted(newest.values(), key=lambda each: (each.language != row.language, each.language))
    return [
        CurrentText(
            number=each.number, language=each.language, title=each.title, summary=each.summary,
            body=each.body, picture=each.picture, published=standing.get(each.language) == each.pk,
        )
        for each in order
    ]  # fmt: skip


def _versions(
    texts: Sequence[ItemText], names: dict[int | None, str], out: set[int]
) -> list[Version]:
    return [
        Version(
            number=each.number, language=each.language, title=each.title, at=each.at,
            who=names.get(each.user_id, ""), published=each.pk in out,
        )
        for each in texts
    ]  # fmt: skip


def _places(row: Item) -> Places:
    return Places(
        audience=row.audience.code if row.audience else "",
        on_intranet=row.on_intranet,
        on_press_page=row.on_press_page,
        on_screens=row.on_screens,
        pinned=row.pinned,
        must_read=row.must_read,
        read_days=row.read_days,
        ends_at=row.ends_at,
        event_from=row.event_from,
        event_until=row.event_until,
        place=row.place,
    )
