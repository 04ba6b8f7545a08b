"""The intranet: news, policies and events for who asks, and one of them to read."""

from typing import Literal

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kantoor.departments.communication.department import SEE_NEWS
from kantoor.departments.communication.errors import UnknownItem
from kantoor.departments.communication.models import Item, Publication
from kantoor.departments.communication.models.items.item import EVENT, POLICY
from kantoor.departments.communication.queries.items.texts import reasons_withdrawn
from kantoor.departments.communication.queries.items.visible import news_for, withdrawn_for
from kantoor.departments.communication.queries.pages.telling import (
    NewsRow,
    PageOfItem,
    WithdrawnTold,
    rows_told,
    told,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by
from kantoor.kernel.queries import query

Kind = Literal["", "news", "policy", "press", "newsletter", "campaign", "crisis", "event"]
YesNo = Literal["", "0", "1"]
MOST_WORDS = 8


@query(permission=SEE_NEWS, title=_("News"), exposed=True)
def news(
    actor: Actor, /, *, kind: Kind = "", pinned: YesNo = "", search: str = "", cursor: str = "",
    limit: int = PAGE,
) -> Page[NewsRow]:  # fmt: skip
    """What is published for one, the latest first; all words of `search` stand in each."""
    found = with_words(news_for(actor), search)
    if kind:
        found = found.filter(kind=kind)
    if pinned:
        found = found.filter(pinned=pinned == "1")
    return _told(actor, found, ("-published_at", "-id"), cursor, limit)


@query(permission=SEE_NEWS, title=_("Policies"), exposed=True)
def policies(
    actor: Actor, /, *, must_read: YesNo = "", search: str = "", cursor: str = "", limit: int = PAGE
) -> Page[NewsRow]:
    """The policies that hold for one, by title."""
    found = with_words(news_for(actor), search).filter(kind=POLICY)
    if must_read:
        found = found.filter(must_read=must_read == "1")
    return _told(actor, found, ("title", "id"), cursor, limit)


@query(permission=SEE_NEWS, title=pgettext_lazy("to come to", "Events"), exposed=True)
def events(
    actor: Actor, /, *, past: YesNo = "", search: str = "", cursor: str = "", limit: int = PAGE
) -> Page[NewsRow]:
    """The events that one may come to, the next one first; those that are over the last first."""
    found = with_words(news_for(actor), search).filter(kind=EVENT, event_from__isnull=False)
    now = timezone.now()
    over = Q(event_until__lt=now) | Q(event_until=None, event_from__lt=now)
    if past == "1":
        return _told(actor, found.filter(over), ("-event_from", "-id"), cursor, limit)
    return _told(actor, found.exclude(over), ("event_from", "id"), cursor, limit)


@query(permission=SEE_NEWS, title=_("Something published"), exposed=True)
def news_item(actor: Actor, /, *, code: str, language: str = "") -> PageOfItem:
    """What was published under a code, also when it left the list, or that it was withdrawn.

    Raises UnknownItem.
    """
    here = news_for(actor, ended=True).filter(code=code)
    gone = withdrawn_for(actor).filter(code=code)
    return page_of_item(here, gone, language or actor.language)


def page_of_item(here: QuerySet[Item], gone: QuerySet[Item], language: str) -> PageOfItem:
    """The one item that is here, or that it is gone; raises UnknownItem for neither."""
    if found := told(list(here[:1]), language):
        return PageOfItem(found[0], None)
    reasons = list(reasons_withdrawn(gone[:1]).values())
    if not reasons:
        raise UnknownItem(_("There is nothing published at this address."), field="code")
    return PageOfItem(None, WithdrawnTold(reasons[0].at, reasons[0].why))


def with_words(items: QuerySet[Item], search: str) -> QuerySet[Item]:
    """The items whose published text has all these words; what was corrected away is not found."""
    for word in search.split()[:MOST_WORDS]:
        later = Publication.objects.filter(
            item=OuterRef("item"), language=OuterRef("language"), pk__gt=OuterRef("pk")
        )
        standing = Publication.objects.filter(
            ~Exists(later),
            Q(text__title__icontains=word)
            | Q(text__summary__icontains=word)
            | Q(text__body__icontains=word),
            item=OuterRef("pk"),
        )
        items = items.filter(Exists(standing))
    return items


def _told(
    actor: Actor, found: QuerySet[Item], order: tuple[str, ...], cursor: str, limit: int
) -> Page[NewsRow]:
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    return page.with_rows(rows_told(page.rows, actor.language))
