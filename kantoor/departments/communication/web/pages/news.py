"""The news: what is published for one, the latest first, with what is pinned above it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from django.utils.encoding import force_str
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import SEE_NEWS
from kantoor.departments.communication.queries.pages.news import Kind, news
from kantoor.departments.communication.queries.pages.telling import NewsRow
from kantoor.departments.communication.web.pages.showing import (
    Pictures,
    above_texts,
    small_picture,
)
from kantoor.departments.communication.web.pages.words import KINDS, news_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for, acts
from kantoor.kernel.pages.plain_view import PlainView
from kantoor.kernel.pages.search import Found, searcher
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.formats import day
from kantoor.kernel.ui.frame import Register
from kantoor.kernel.ui.listing import Act

SHOWN, MOST_PINNED = 20, 5


@dataclass(frozen=True, slots=True)
class NewsCard:
    """One piece of news in the list."""

    row: NewsRow
    url: str
    kind: str
    picture: SafeString


def _content(actor: Actor, address: Address) -> Mapping[str, Any]:
    search, cursor = address.get("q"), address.get("cursor")
    asked = address.get("kind")
    kind: Any = asked if asked in get_args(Kind) else ""
    whole = not (search or kind or cursor)
    pinned = news(actor, pinned="1", limit=MOST_PINNED).rows if whole else []
    found = news(
        actor, kind=kind, search=search, cursor=cursor, limit=SHOWN, pinned="0" if whole else ""
    )
    rows = [*pinned, *found.rows]
    pictures = above_texts(actor, rows)
    older = str(address.put("cursor", found.next_cursor)) if found.next_cursor else ""
    return {
        "page": {
            "title": gettext("News"),
            "tabs": _tabs(kind, address),
            "main_action": act_for(
                actor, "communication.write_item", label=_("Write"), icon="pencil", key="n"
            ),
            "more": acts(
                Act(gettext("In a reader or calendar"), "/communication/feeds", icon="rss")
            ),
        },
        "pinned": _cards(pinned, pictures),
        "news": _cards(found.rows, pictures),
        "search": search,
        "kind": kind,
        "older": older,
    }


def _tabs(kind: str, address: Address) -> Sequence[Register]:
    """All kinds, and each that stands in the list of news."""
    here = address.drop(["cursor", "kind"])
    kinds = [(each, word) for each, word in KINDS.items() if each != "campaign"]
    return [
        Register(gettext("All"), str(here), active=not kind),
        *(
            Register(force_str(word), str(here.put("kind", each)), active=kind == each)
            for each, word in kinds
        ),
    ]


def _cards(rows: Sequence[NewsRow], pictures: Pictures) -> list[NewsCard]:
    return [
        NewsCard(row, news_url(row.code), force_str(KINDS[row.kind]), small_picture(row, pictures))
        for row in rows
    ]


NEWS = PlainView(
    key="communication.news",
    title=_("News"),
    permission=SEE_NEWS,
    template="communication/news.html",
    content=_content,
)


@searcher("communication.news", title=_("News"), permission=SEE_NEWS, icon="news")
def find_news(actor: Actor, words: str, most: int) -> Sequence[Found]:
    """What is published for one that has these words."""
    rows = news(actor, search=words, limit=most).rows
    return [Found(row.title, news_url(row.code), day(row.at)) for row in rows]
