"""The published text of items, in the language of who reads, else in the item's first one."""

from collections.abc import Collection

from django.db.models import Max

from kantoor.departments.communication.models import Publication


def publications_of(items: Collection[int]) -> dict[int, dict[str, Publication]]:
    """What stands published of each item, by language: the last of each, with its text."""
    last = (
        Publication.objects.filter(item_id__in=items)
        .values("item_id", "language")
        .annotate(last=Max("pk"))
        .values("last")
    )
    found: dict[int, dict[str, Publication]] = {}
    for row in Publication.objects.filter(pk__in=last).select_related("text").order_by("pk"):
        found.setdefault(row.item_id, {})[row.language] = row
    return found


def in_language(
    found: dict[str, Publication], language: str, first: str = ""
) -> Publication | None:
    """The one of these that somebody reads: in their language, the first one, or any."""
    return found.get(language) or found.get(first) or next(iter(found.values()), None)
