"""What is shown at the address with which somebody confirms a notice without signing in."""

from datetime import datetime

import msgspec

from kantoor.departments.communication.models.items.item import PUBLISHED
from kantoor.departments.communication.models.reading.asked import ENDED
from kantoor.departments.communication.queries.items.texts import text_shown
from kantoor.departments.communication.queries.reading.addresses import readings_of_token


class NoticeShown(msgspec.Struct, frozen=True, kw_only=True):
    """A notice for one person; `body` is Markdown, empty where it does not stand any more."""

    name: str
    title: str
    language: str
    body: str
    published_at: datetime | None
    confirmed_at: datetime | None
    stands: bool


def notice_at(company_id: int, shown: str, language: str) -> NoticeShown | None:
    """The notice at an address, in a language. No permission is asked: the token was shown."""
    row = readings_of_token(company_id, shown).select_related("party").first()
    if row is None:
        return None
    item = row.round.item
    text = text_shown(item, language)
    stands = item.state == PUBLISHED and row.state != ENDED and text is not None
    return NoticeShown(
        name=row.party.name,
        title=text.title if text and stands else "",
        language=text.language if text and stands else "",
        body=text.body if text and stands else "",
        published_at=text.published_at if text and stands else None,
        confirmed_at=row.confirmed_at,
        stands=stands,
    )
