"""What was agreed to of items: who may still agree, and whether a text was agreed to by another."""

from collections.abc import Sequence

from django.db.models import Max

from kantoor.departments.communication.models import Item, ItemDecision, ItemText
from kantoor.departments.communication.models.items.text import APPROVE


def approved_versions(items: Sequence[Item]) -> dict[int, int]:
    """The newest version of each item that somebody approved; without those never approved."""
    rows = ItemDecision.objects.filter(item__in=[each.pk for each in items], outcome=APPROVE)
    return dict(rows.values_list("item").annotate(Max("version")))


def not_to_judge(items: Sequence[Item]) -> dict[int, set[int | None]]:
    """Who may not approve each item, since what is to be approved is their own.

    Whoever wrote any text since the last that was approved, also one that was changed again, in
    whatever language: a text goes out only when somebody read it who wrote nothing of it. Where
    all texts were approved before, it is all who wrote; and who said whom it is for.
    """
    approved = approved_versions(items)
    fresh: dict[int, set[int | None]] = {each.pk: set() for each in items}
    ever: dict[int, set[int | None]] = {each.pk: set() for each in items}
    rows = ItemText.objects.filter(item__in=fresh).values_list("item", "number", "user_id")
    for item, number, user in rows:
        ever[item].add(user)
        if number > approved.get(item, 0):
            fresh[item].add(user)
    placed = {each.pk: {each.placed_by} if each.placed_by else set() for each in items}
    return {key: (wrote or ever[key]) | placed[key] for key, wrote in fresh.items()}
