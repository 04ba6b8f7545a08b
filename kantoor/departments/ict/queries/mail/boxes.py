"""Mailboxes with how they are read, mail that goes out, and addresses that mail fails for."""

import re
from datetime import datetime

import msgspec
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.mail.came import READ, case_numbers
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.mail.boxes import MailboxRow, mailbox_of, mailboxes_of
from kantoor.kernel.mail.models import MailOut, MailTo, Unreachable
from kantoor.kernel.paging import PAGE, Page, page_by
from kantoor.kernel.queries import query, scoped

OPINION = re.compile(r"(/ict/opinion/)\d+/\S+")


class SentRow(msgspec.Struct, frozen=True):
    """A message of ours for one address; `state` is waiting, sending, sent, failed, bounced,
    unsure or suppressed, `answer` what was said about it.
    """

    id: int
    mail: int
    written_at: datetime
    address: str
    subject: str
    automatic: bool
    state: str
    attempts: int
    answer: str
    sent_at: datetime | None
    case: str


class SentDetail(msgspec.Struct, frozen=True):
    """A message of ours with everybody it goes to."""

    id: int
    subject: str
    body: str
    automatic: bool
    written_at: datetime
    message_id: str
    sender: str
    case: str
    to: list[SentRow]


class UnreachableRow(msgspec.Struct, frozen=True):
    """An address that is written to no more, why, and since when."""

    id: int
    address: str
    outcome: str
    why: str
    since: datetime


@query(permission=READ, title=_("Mailboxes"), exposed=True)
def mailboxes(actor: Actor, /) -> list[MailboxRow]:
    """The mailboxes of the service desk and whether they are read."""
    return mailboxes_of(actor, "ict")


@query(permission=READ, title=_("A mailbox"))
def mailbox(actor: Actor, /, *, name: str) -> MailboxRow:
    """One mailbox by its name. Raises NotFound."""
    return mailbox_of(actor, "ict", name)


def can_send() -> bool:
    """Whether this installation knows a mail server to hand mail in at."""
    return bool(settings.SMTP)


@query(permission=READ, title=_("Mail that goes out"), exposed=True)
def mail_sent(
    actor: Actor, /, *, state: str = "", search: str = "", sort: str = "-written_at",
    cursor: str = "", limit: int = PAGE,
) -> Page[SentRow]:  # fmt: skip
    """What was or is to be sent, a row for each address, the latest first."""
    found = scoped(actor, MailTo).filter(mail__mailbox__purpose="ict")
    if state:
        found = found.filter(state=state)
    if words := search.strip():
        found = found.filter(
            Q(address__icontains=words.lower()) | Q(mail__subject__icontains=words)
        )
    order = ("-id",) if sort.startswith("-") else ("id",)
    found = found.select_related("mail").defer("mail__body")
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    numbers = case_numbers(actor, abouts=[row.mail.about for row in page.rows])
    return page.map(lambda row: _sent(row, numbers.get(row.mail.about, "")))


@query(permission=READ, title=_("A message of ours"))
def message_sent(actor: Actor, /, *, id: int) -> SentDetail:
    """One message of ours with what became of it for each address. Raises NotFound."""
    mails = scoped(actor, MailOut).filter(mailbox__purpose="ict", pk=id)
    mail = mails.select_related("mailbox").first()
    if mail is None:
        raise NotFound(_("There is no such mail."))
    number = case_numbers(actor, abouts=[mail.about]).get(mail.about, "")
    rows = MailTo.objects.filter(mail=mail).select_related("mail").order_by("pk")
    return SentDetail(
        mail.pk, mail.subject, _body(mail), mail.automatic, mail.created_at, mail.message_id,
        mail.mailbox.address, number, [_sent(row, number) for row in rows],
    )  # fmt: skip


def _body(mail: MailOut) -> str:
    """The text; what another department wrote from the desk's mailbox is not the desk's to read."""
    if mail.about.startswith("ict."):
        return _without_tokens(mail.body)
    return gettext("Another department wrote this; its text is not shown here.")


def _without_tokens(body: str) -> str:
    """The text without what only its reader should have: who has the address answers for them."""
    return OPINION.sub(r"\1…", body)


def _sent(row: MailTo, number: str) -> SentRow:
    return SentRow(
        row.pk, row.mail_id, row.mail.created_at, row.address, row.mail.subject,
        row.mail.automatic, row.state, row.attempts, row.answer, row.sent_at, number,
    )  # fmt: skip


@query(permission=READ, title=_("Addresses that mail fails for"), exposed=True)
def unreachable_addresses(
    actor: Actor, /, *, search: str = "", cursor: str = "", limit: int = PAGE
) -> Page[UnreachableRow]:
    """Addresses that are written to no more, the latest first."""
    found = scoped(actor, Unreachable).filter(lifted_at=None).exclude(address="")
    if words := search.strip().lower():
        found = found.filter(address__icontains=words)
    page = page_by(found, order=("-id",), cursor=cursor, limit=limit, totals={})
    return page.map(
        lambda row: UnreachableRow(row.pk, row.address, row.outcome, row.why, row.since)
    )
