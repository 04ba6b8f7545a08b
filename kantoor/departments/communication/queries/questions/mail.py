"""Mail that came in for communication: what is held, and one message; and the mailboxes."""

from collections.abc import Sequence

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import HANDLE_QUESTIONS, MANAGE_CHANNELS
from kantoor.departments.communication.models import Question
from kantoor.departments.communication.models.questions.question import question_number
from kantoor.departments.communication.queries.questions.threads import ABOUT
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.boxes import MailboxRow, mailbox_of, mailboxes_of
from kantoor.kernel.mail.models import MailIn
from kantoor.kernel.mail.reading.texts import plain_text
from kantoor.kernel.mail.received import CameIn, content_kept, keys_in, message_of, received, seen
from kantoor.kernel.paging import PAGE, Page, page_by
from kantoor.kernel.queries import query, scoped

PURPOSE = "communication"


class CameRow(CameIn, frozen=True):
    """A message that came in; `question` is the number of what it belongs to."""

    question: str


class CameDetail(msgspec.Struct, frozen=True):
    """A message with what it says; `gone` when its content was erased."""

    row: CameRow
    why: str
    text: str
    gone: bool


@query(permission=HANDLE_QUESTIONS, title=_("Mail that came in"), exposed=True)
def mail_received(
    actor: Actor, /, *, state: str = "", search: str = "", cursor: str = "", limit: int = PAGE
) -> Page[CameRow]:
    """What came in the mailboxes of communication, the latest first."""
    found = received(actor, PURPOSE, state=state, search=search)
    page = page_by(found, order=("-id",), cursor=cursor, limit=limit, totals={})
    numbers = _numbers(actor, [row.about for row in page.rows])
    return page.map(lambda row: _row(row, numbers))


@query(permission=HANDLE_QUESTIONS, title=_("A message"))
def message_received(actor: Actor, /, *, id: int) -> CameDetail:
    """One message with what it says. Raises NotFound."""
    row = message_of(actor, PURPOSE, id)
    shown = _row(row, _numbers(actor, [row.about]))
    message = content_kept(actor, row)
    if message is None:
        return CameDetail(shown, row.why, "", True)
    return CameDetail(shown, row.why, plain_text(message)[:50_000], False)


@query(permission=MANAGE_CHANNELS, title=_("Mailboxes"), exposed=True)
def mailboxes(actor: Actor, /) -> list[MailboxRow]:
    """The mailboxes of communication and whether they are read."""
    return mailboxes_of(actor, PURPOSE)


@query(permission=MANAGE_CHANNELS, title=_("A mailbox"))
def mailbox(actor: Actor, /, *, name: str) -> MailboxRow:
    """One mailbox by its name. Raises NotFound."""
    return mailbox_of(actor, PURPOSE, name)


def _numbers(actor: Actor, abouts: Sequence[str]) -> dict[str, str]:
    keys = keys_in(ABOUT, abouts)
    rows = scoped(actor, Question).filter(pk__in=keys).values_list("pk", "number")
    return {f"{ABOUT}{key}": question_number(number) for key, number in rows} if keys else {}


def _row(row: MailIn, numbers: dict[str, str]) -> CameRow:
    return CameRow(*seen(row), numbers.get(row.about, ""))
