"""`/intranet/rss/<token>`, `/intranet/atom/<token>`, `/intranet/calendar/<token>`: one's own feeds.

The address has a token in it that opens these and nothing else (`communication.feed`); a token of
the API that is limited to `communication.see_news` does as well. Each gives what its owner sees on
the intranet now, by the same query.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import FEED, SEE_NEWS
from kantoor.departments.communication.queries.pages.feeds import events_to_follow, news_to_follow
from kantoor.departments.communication.web.pages.events import as_calendar
from kantoor.departments.communication.web.pages.feeds import TYPES, Channel, Form, as_feed
from kantoor.departments.communication.web.pages.words import news_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.doors import Reply, Visit, machine_door

NO_TOKEN = _("Use the address with its token in it.")
HEADERS = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
What = Literal["rss", "atom", "calendar"]


@machine_door("intranet/rss", largest=1024)
def rss(visit: Visit) -> Reply:
    """The news as RSS 2.0."""
    return _answered(visit, "rss", lambda reader: _news(visit, reader, "rss"))


@machine_door("intranet/atom", largest=1024)
def atom(visit: Visit) -> Reply:
    """The news as Atom."""
    return _answered(visit, "atom", lambda reader: _news(visit, reader, "atom"))


@machine_door("intranet/calendar", largest=1024)
def calendar(visit: Visit) -> Reply:
    """The events as iCalendar."""
    return _answered(
        visit, "calendar", lambda reader: as_calendar(events_to_follow(reader), visit.root)
    )


def _answered(visit: Visit, what: What, made: Callable[[Actor], bytes]) -> Reply:
    """The feed; who shows no token, or one that may not, gets nothing."""
    if visit.method not in ("GET", "HEAD"):
        return Reply(body=b"", content_type="text/plain", status=405, headers={"Allow": "GET"})
    reader = _reader(visit.actor)
    if reader is None:
        said = f"{NO_TOKEN}\n".encode()
        return Reply(body=said, content_type="text/plain; charset=utf-8", status=401)
    with translation.override(reader.language):
        return Reply(body=made(reader), content_type=TYPES[what], headers=HEADERS)


def _reader(actor: Actor | None) -> Actor | None:
    """Who may read the feed: with the token of a feed just as far as they see the intranet."""
    if actor is not None and FEED in actor.scopes:
        actor = replace(actor, scopes=frozenset({SEE_NEWS}))
    return actor if actor is not None and actor.may(SEE_NEWS) else None


def _news(visit: Visit, reader: Actor, form: Form) -> bytes:
    channel = Channel(
        title=gettext("News"),
        page="/communication/news",
        own=f"/intranet/{form}",
        root=visit.root,
        language=reader.language,
    )
    items = [(each, news_url(each.row.code)) for each in news_to_follow(reader)]
    return as_feed(form, channel, items, reader)
