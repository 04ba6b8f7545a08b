"""Mailboxes as departments are given them: what is said of one, checked and filled in.

Called inside a department's action, which says who may.
"""

from typing import Literal

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, InvalidInput, NotFound
from kantoor.kernel.mail.models import Mailbox
from kantoor.kernel.mail.outgoing import one_line
from kantoor.kernel.mail.reading.addresses import canonical
from kantoor.kernel.mail.sealing import locked
from kantoor.kernel.queries import scoped

LONGEST_SIGNATURE = 2_000
Security = Literal["tls", "starttls", "none"]


class MailboxDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A mailbox that is read by IMAP, and whose address answers go out from.

    `security` is tls (port 993), starttls (143), or none, on this machine only. Read mail is
    moved to `done_folder`, or marked as seen where that is empty. `signature` stands below what
    is sent; where it is empty, the sender's name does.
    """

    name: str
    address: str
    sender_name: str
    host: str
    user: str
    password: str
    port: int = 993
    security: Security = "tls"
    folder: str = "INBOX"
    done_folder: str = ""
    signature: str = ""


class MailboxChange(msgspec.Struct, frozen=True, kw_only=True):
    """What to change of the mailbox with this name; what is not said stays as it is."""

    name: str
    address: str | None = None
    sender_name: str | None = None
    host: str | None = None
    user: str | None = None
    password: str | None = None
    port: int | None = None
    security: Security | None = None
    folder: str | None = None
    done_folder: str | None = None
    signature: str | None = None
    active: bool | None = None


def new_mailbox(
    actor: Actor, purpose: str, draft: MailboxDraft, *, known: type[DomainError]
) -> Mailbox:
    """A mailbox of a department, kept. Raises `known` where there is one of its name, InvalidInput."""
    if scoped(actor, Mailbox).filter(name=draft.name.strip()).exists():
        message = _("There is a mailbox “{name}” already.").format(name=draft.name)
        raise known(message, field="name")
    row = Mailbox(company_id=actor.company_id, purpose=purpose, created_at=timezone.now())
    _fill(row, draft)
    row.save()
    return row


def changed_mailbox(actor: Actor, purpose: str, change: MailboxChange) -> Mailbox:
    """A mailbox of a department, read otherwise or no more. Raises NotFound, InvalidInput."""
    row = scoped(actor, Mailbox).filter(purpose=purpose, name=change.name).first()
    if row is None:
        message = _("There is no mailbox “{name}”.").format(name=change.name[:60])
        raise NotFound(message, field="name")
    _fill(row, change)
    if change.active is not None:
        row.active = change.active
    row.save()
    return row


def _fill(row: Mailbox, given: MailboxDraft | MailboxChange) -> None:
    for field in ("name", "sender_name", "host", "user", "folder", "done_folder", "security"):
        value = getattr(given, field)
        if value is not None:
            text = one_line(value)
            if not text and field != "done_folder":
                raise InvalidInput(_("Fill this in."), field=field)
            setattr(row, field, text)
    if given.address is not None:
        row.address = canonical(given.address)
        if not row.address or "." not in row.address.rpartition("@")[2]:
            raise InvalidInput(_("Give an e-mail address."), field="address")
    if given.signature is not None:
        row.signature = given.signature.replace("\0", "").replace("\r\n", "\n").strip()
        if len(row.signature) > LONGEST_SIGNATURE:
            message = _("This is longer than {most} characters.").format(most=LONGEST_SIGNATURE)
            raise InvalidInput(message, field="signature")
    if given.port is not None:
        if not 0 < given.port < 65_536:
            raise InvalidInput(_("A port is from 1 to 65535."), field="port")
        row.port = given.port
    if given.password is not None:
        if not given.password:
            raise InvalidInput(_("Give the password."), field="password")
        row.password = locked(given.password)
