"""What was agreed to of items: as what it was seen, who may still agree, and to what somebody did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from kantoor.departments.communication.models import Item, ItemDecision, ItemPlacing, ItemText
from kantoor.departments.communication.models.items.text import APPROVE


@dataclass(frozen=True, slots=True)
class Agreed:
    """What somebody agreed to last, `at`: texts up to a version, and a placing with its time."""

    version: int = 0
    placing: int = 0
    publish_at: datetime | None = None
    at: datetime | None = None


NOTHING = Agreed()


def seen_of(item: Item) -> str:
    """The name of an item as it is now: which texts, and which placing, somebody has before them."""
    return f"{item.code}@{item.version}.{item.placing}"


def code_in(seen: str) -> str:
    """Which item a name of what was seen is about."""
    return seen.rpartition("@")[0]


def agreed_to(items: Sequence[Item]) -> dict[int, Agreed]:
    """What of each item somebody approved last; without those never approved. One statement."""
    rows = ItemDecision.objects.filter(item__in=[each.pk for each in items], outcome=APPROVE)
    return {
        row.item_id: Agreed(row.version, row.placing, row.publish_at, row.at)
        for row in rows.order_by("pk")
    }


def approved_versions(items: Sequence[Item]) -> dict[int, int]:
    """The newest version of each item that somebody approved; without those never approved."""
    return {item: agreed.version for item, agreed in agreed_to(items).items()}


def meant_for_others(items: Sequence[Item]) -> set[int]:
    """Those of these items (by row) whose audience means others than when it was agreed to.

    Where nobody agreed (a crisis notice), when it was published. Two statements.
    """
    agreed = agreed_to(items)
    asked = Item.objects.filter(pk__in=[each.pk for each in items]).values_list(
        "pk", "audience__asked_at", "published_at"
    )
    since = {pk: agreed.get(pk, NOTHING).at or out for pk, _asked_at, out in asked}
    return {pk for pk, at, _out in asked if at and (then := since[pk]) and at > then}


def not_to_judge(items: Sequence[Item]) -> dict[int, set[int | None]]:
    """Who may not approve each item, since what is to be approved is their own.

    Whoever wrote any text since the last that was approved, also one that was changed again, in
    whatever language: a text goes out only when somebody read it who wrote nothing of it. Where
    all texts were approved before, it is all who wrote. Likewise whoever said since then whom it
    is for, where or when it is seen, and who said it last.
    """
    agreed = agreed_to(items)
    fresh: dict[int, set[int | None]] = {each.pk: set() for each in items}
    ever: dict[int, set[int | None]] = {each.pk: set() for each in items}
    placed: dict[int, set[int | None]] = {each.pk: set() for each in items}
    rows = ItemText.objects.filter(item__in=fresh).values_list("item", "number", "user_id")
    for item, number, user in rows:
        ever[item].add(user)
        if number > agreed.get(item, NOTHING).version:
            fresh[item].add(user)
    standing = {each.pk: each.placing for each in items}
    said = ItemPlacing.objects.filter(item__in=fresh).values_list("item", "number", "user_id")
    for item, number, user in said:
        if number > agreed.get(item, NOTHING).placing or number == standing[item]:
            placed[item].add(user)
    return {key: (wrote or ever[key]) | placed[key] for key, wrote in fresh.items()}


def not_of(found: QuerySet[Item], user: int) -> QuerySet[Item]:
    """Those of these items that a user may judge, as `not_to_judge` has it."""
    approved = ItemDecision.objects.filter(item=OuterRef("item"), outcome=APPROVE)
    texts = ItemText.objects.filter(item=OuterRef("pk"))
    fresh = texts.filter(~Exists(approved.filter(version__gte=OuterRef("number"))))
    wrote = Exists(fresh.filter(user_id=user)) | (
        ~Exists(fresh) & Exists(texts.filter(user_id=user))
    )
    placings = ItemPlacing.objects.filter(item=OuterRef("pk"), user_id=user)
    placed = placings.filter(
        Q(number=OuterRef("placing")) | ~Exists(approved.filter(placing__gte=OuterRef("number")))
    )
    return found.filter(~wrote, ~Exists(placed))
