"""Mail that came in: the register, what is held, and one message with what it says."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import Case
from kantoor.departments.ict.queries.mail.threads import CASE
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.files.models import File
from kantoor.kernel.mail.bounces.found import Failure
from kantoor.kernel.mail.models import MailIn
from kantoor.kernel.mail.reading.kinds import sort_of
from kantoor.kernel.mail.reading.quoting import parted
from kantoor.kernel.mail.reading.texts import html_of, plain_text, safe_html
from kantoor.kernel.mail.received import CameIn, content_kept, keys_in, message_of, received, seen
from kantoor.kernel.paging import PAGE, Page, page_by
from kantoor.kernel.queries import query, scoped

READ, PURPOSE = "ict.read_cases", "ict"


class MailRow(CameIn, frozen=True):
    """A message that came in; `case` is the number of the one it belongs to."""

    case: str


class Attached(msgspec.Struct, frozen=True):
    """A file of a message: its name, its kind and its size in bytes."""

    name: str
    media_type: str
    size: int


class MailDetail(msgspec.Struct, frozen=True):
    """A message as it was understood: what was written, what was quoted, and what came along.

    `html` is how it was laid out, cleaned of all that acts or loads; empty when it is plain.
    """

    row: MailRow
    why: str
    to: list[str]
    sent_at: datetime | None
    text: str
    quoted: str
    html: str
    files: list[Attached]
    failures: list[str]
    size: int
    gone: bool


@query(permission=READ, title=_("Mail that came in"), exposed=True)
def mail_received(
    actor: Actor,
    /,
    *,
    state: str = "",
    kind: str = "",
    search: str = "",
    sort: str = "-received_at",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[MailRow]:
    """What came in, the latest first."""
    found = received(actor, PURPOSE, state=state, kind=kind, search=search)
    order = ("-id",) if sort.startswith("-") else ("id",)
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    numbers = case_numbers(actor, abouts=[row.about for row in page.rows])
    return page.map(lambda row: _row(row, numbers))


@query(permission=READ, title=_("Held mail"), exposed=True)
def mail_held(
    actor: Actor, /, *, search: str = "", sort: str = "-received_at", cursor: str = "",
    limit: int = PAGE,
) -> Page[MailRow]:  # fmt: skip
    """Messages that wait for a decision, the latest first."""
    return mail_received(actor, state="held", search=search, sort=sort, cursor=cursor, limit=limit)


@query(permission=READ, title=_("A message"))
def message_received(actor: Actor, /, *, id: int) -> MailDetail:
    """One message with all it says. Raises NotFound."""
    row = message_of(actor, PURPOSE, id)
    numbers = case_numbers(actor, abouts=[row.about])
    message = content_kept(actor, row)
    if message is None:
        return MailDetail(_row(row, numbers), row.why, [], row.sent_at, "", "", "", [], [], 0, True)
    text, quoted = parted(plain_text(message))
    files = [
        Attached(each.name, each.media_type, len(each.part.content()))
        for each in message.attachments()[:50]
    ]
    return MailDetail(
        _row(row, numbers), row.why, [each.address for each in message.recipients], row.sent_at,
        text, quoted, safe_html(html_of(message)), files, [_told(each) for each in sort_of(message).failures[:50]],
        row.file.size, False,
    )  # fmt: skip


@query(permission=READ, title=_("Messages by key"))
def mails_by_key(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, MailIn]:
    """The rows of these messages."""
    return received(actor, PURPOSE).in_bulk(list(keys))


@query(permission=READ, title=_("Numbers of cases"))
def case_numbers(actor: Actor, /, *, abouts: Sequence[str]) -> dict[str, str]:
    """The numbers of the cases that messages belong to, by their reference."""
    cases = scoped(actor, Case).in_bulk(keys_in(CASE, abouts))
    return {f"{CASE}{key}": str(case) for key, case in cases.items()}


def _row(row: MailIn, numbers: dict[str, str]) -> MailRow:
    return MailRow(*seen(row), numbers.get(row.about, ""))


def _told(failure: Failure) -> str:
    return f"{failure.address}: {failure.outcome} {failure.status} {failure.reason}".strip()


@query(permission=READ, title=_("A message as it came"))
def raw_message(actor: Actor, /, *, id: int) -> File:
    """The stored file of a message. Raises NotFound."""
    return message_of(actor, PURPOSE, id).file
