"""What is published as RSS 2.0, Atom and iCalendar, whoever asks for it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from kantoor.departments.communication.queries.pages.telling import ItemTold
from kantoor.departments.communication.web.pages.showing import texts_html
from kantoor.departments.communication.web.pages.words import KINDS
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company

Form = Literal["rss", "atom"]
TYPES: dict[str, str] = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "calendar": "text/calendar; charset=utf-8",
}

_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed: what it is called, the page it is of, its own address, and where the house is."""

    title: str
    page: str
    own: str
    root: str
    language: str


def as_feed(
    form: Form, channel: Channel, items: Sequence[tuple[ItemTold, str]], whose: Actor | Company
) -> bytes:
    """The items as a feed, each with the path of its page."""
    kind = Atom1Feed if form == "atom" else Rss201rev2Feed
    made = kind(
        title=channel.title,
        link=f"{channel.root}{channel.page}",
        description=channel.title,
        language=channel.language,
        feed_url=f"{channel.root}{channel.own}",
    )
    bodies = texts_html(whose, [told for told, _path in items], root=channel.root)
    for told, path in items:
        row = told.row
        made.add_item(
            title=_for_xml(row.title),
            link=f"{channel.root}{path}",
            description=_for_xml(_said(told, bodies[told.row.id])),
            unique_id=f"urn:uuid:{row.uid}",
            unique_id_is_permalink=False,
            pubdate=row.at,
            updateddate=row.changed_at or row.at,
            categories=(str(KINDS[row.kind]),),
        )
    return made.writeString("utf-8").encode()


def _said(told: ItemTold, body: SafeString) -> str:
    """What a reader of feeds shows: the whole text, under what was corrected in it."""
    if not told.text.corrections:
        return body
    corrected = format_html("<p>{}: {}</p>", gettext("Corrected"), told.text.corrections[0].note)
    return corrected + body


def _for_xml(text: str) -> str:
    """The text without the characters that XML has no way to write."""
    return _NOT_IN_XML.sub("", text)
