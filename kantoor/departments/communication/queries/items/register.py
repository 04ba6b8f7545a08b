"""The register of items, and what of them waits for somebody to agree."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import pgettext_lazy

from kantoor.departments.communication.department import READ_ITEMS
from kantoor.departments.communication.models import Item, ItemText
from kantoor.departments.communication.queries.items.agreeing import seen_of
from kantoor.departments.communication.queries.items.visible import visible_items
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query

Kind = Literal["", "news", "policy", "press", "newsletter", "campaign", "crisis", "event"]
State = Literal["", "draft", "asked", "approved", "published", "withdrawn"]
Whose = Literal["", "mine"]
YesNo = Literal["", "0", "1"]
MOST_WORDS = 8
SORTS = {
    "changed_at": ("changed_at",),
    "publish_at": ("publish_at",),
    "published_at": ("published_at",),
    "title": ("title",),
}


class ItemRow(msgspec.Struct, frozen=True, kw_only=True):
    """An item as listed; `owner` and `audience` are names, the latter empty for all who work here.

    `awaits` when somebody is asked to agree to it; `seen` names it as it is now: who approves it
    says that name.
    """

    id: int
    code: str
    kind: str
    state: str
    awaits: bool
    title: str
    language: str
    version: int
    seen: str
    owner: str
    audience: str
    publish_at: datetime | None
    published_at: datetime | None
    changed_at: datetime


@query(permission=READ_ITEMS, title=pgettext_lazy("communication", "Items"), exposed=True)
def items(
    actor: Actor, /, *, kind: Kind = "", state: State = "", whose: Whose = "", awaits: YesNo = "",
    search: str = "", sort: str = "-changed_at", cursor: str = "", limit: int = PAGE,
) -> Page[ItemRow]:  # fmt: skip
    """The items one may see, the latest changed first; all words of `search` stand in each.

    Press releases of others that are not out need the permission to see them.
    """
    found = with_words(visible_items(actor), search)
    if kind:
        found = found.filter(kind=kind)
    if state:
        found = found.filter(state=state)
    if whose:
        found = found.filter(owner_id=actor.user_id or 0)
    if awaits:
        found = found.filter(awaits=awaits == "1")
    order = sorted_by(sort, SORTS)
    page = page_by(
        found.select_related("audience"), order=order, cursor=cursor, limit=limit, totals={}
    )
    return page.with_rows(item_rows(page.rows))


def with_words(found: QuerySet[Item], search: str) -> QuerySet[Item]:
    """Those in one of whose texts all these words stand, or in their title."""
    words = search.split()[:MOST_WORDS]
    if not words:
        return found
    texts = ItemText.objects.filter(item=OuterRef("pk"))
    for word in words:
        texts = texts.filter(
            Q(title__icontains=word) | Q(summary__icontains=word) | Q(body__icontains=word)
        )
    return found.filter(Exists(texts))


def item_rows(found: Sequence[Item]) -> list[ItemRow]:
    """Items as rows, with the names of their owners in one further statement."""
    names = names_of({row.owner_id for row in found})
    return [
        ItemRow(
            id=row.pk,
            code=row.code,
            kind=row.kind,
            state=row.state,
            awaits=row.awaits,
            title=row.title,
            language=row.language,
            version=row.version,
            seen=seen_of(row),
            owner=names.get(row.owner_id, ""),
            audience=row.audience.name if row.audience else "",
            publish_at=row.publish_at,
            published_at=row.published_at,
            changed_at=row.changed_at,
        )
        for row in found
    ]


def names_of(users: set[int | None]) -> dict[int | None, str]:
    """The names of users by their row."""
    wanted = [key for key in users if key is not None]
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
