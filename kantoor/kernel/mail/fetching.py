"""Read a mailbox (IMAP): what is new is given one by one, and marked when it is safely kept."""

import imaplib
import logging
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeAlias

from django.utils import timezone

from kantoor.kernel.mail.models import Mailbox, MailboxState
from kantoor.kernel.mail.outgoing import one_line
from kantoor.kernel.mail.reading.message import LARGEST_MESSAGE
from kantoor.kernel.mail.sealing import unlocked
from kantoor.kernel.mail.sending import LOCAL

log = logging.getLogger(__name__)
TIMEOUT_S = 30
AT_ONCE = 200
"""Messages of one turn; the rest comes in the next."""
SILENT_AFTER = timedelta(minutes=30)
"""A mailbox that was not read for so long raises the alarm."""

TLS, STARTTLS, NONE = "tls", "starttls", "none"
Keep = Callable[[bytes], object]
IMAPClient: TypeAlias = Any
"""imapclient.IMAPClient, which says nothing of its types and is loaded when there is a mailbox."""
Problem = (OSError, imaplib.IMAP4.error, ValueError, KeyError)


@dataclass(frozen=True)
class Turn:
    """What one turn of reading gave: how many messages, and what went wrong, if anything."""

    read: int
    error: str = ""


def read_mailbox(mailbox: Mailbox, keep: Keep) -> Turn:
    """Give every new message to `keep`, which commits it; then mark it on the server.

    Killed anywhere in between, the message is given again, and kept once (its digest is known).
    """
    now = timezone.now()
    state, _ = MailboxState.objects.get_or_create(mailbox=mailbox, defaults={"tried_at": now})
    state.tried_at = now
    count = 0
    try:
        with connected(mailbox) as client:
            count = _read(client, mailbox, state, keep)
    except Exception as problem:
        # One message or server that is odd must not keep the other mailboxes from being read.
        if not isinstance(problem, Problem):
            log.exception("mailbox %s could not be read", mailbox.pk)
        state.error = one_line(f"{type(problem).__name__}: {problem}")[:300]
    else:
        state.error, state.read_at = "", timezone.now()
    state.save()
    return Turn(count, state.error)


def connected(mailbox: Mailbox) -> IMAPClient:
    """A connection that is signed in; raises what `Problem` lists."""
    # Made where it is needed alone: to read what the machine trusts takes 20 ms.
    secure = None if mailbox.security == NONE else ssl.create_default_context()
    from imapclient import IMAPClient as Client  # type: ignore[import-untyped]

    client = Client(
        mailbox.host,
        port=mailbox.port,
        ssl=mailbox.security == TLS,
        ssl_context=secure if mailbox.security == TLS else None,
        timeout=TIMEOUT_S,
    )
    try:
        if mailbox.security == STARTTLS:
            client.starttls(secure)
        elif mailbox.security == NONE and mailbox.host not in LOCAL:
            raise ValueError("a password goes to no other machine in the clear")
        client.login(mailbox.user, unlocked(mailbox.password))
    except BaseException:
        client.shutdown()
        raise
    return client


def _read(client: IMAPClient, mailbox: Mailbox, state: MailboxState, keep: Keep) -> int:
    selected = client.select_folder(mailbox.folder)
    validity = int(selected[b"UIDVALIDITY"])
    if validity != state.uid_validity:
        # The server numbered anew: what was read before is known by its digest.
        state.uid_validity, state.last_uid = validity, 0
    found = client.search(["UID", f"{state.last_uid + 1}:*"])
    fresh = sorted(int(uid) for uid in found if int(uid) > state.last_uid)
    for uid in fresh[:AT_ONCE]:
        content = _content(client, uid)
        if content is not None:
            keep(content)
            _mark(client, mailbox, uid)
        state.last_uid = uid
        state.save()
    return len(fresh[:AT_ONCE])


def _content(client: IMAPClient, uid: int) -> bytes | None:
    """The message as the server has it; of one that is too large only the header."""
    sizes = client.fetch([uid], ["RFC822.SIZE"])
    if uid not in sizes:
        return None  # It went in the meantime.
    small = int(sizes[uid][b"RFC822.SIZE"]) <= LARGEST_MESSAGE
    part = "BODY.PEEK[]" if small else "BODY.PEEK[HEADER]"
    found = client.fetch([uid], [part]).get(uid, {})
    content = found.get(part.replace(".PEEK", "").encode())
    return bytes(content) if content else None


def _mark(client: IMAPClient, mailbox: Mailbox, uid: int) -> None:
    """Mark a message that is kept: seen, and moved where the mailbox says so. Never deleted."""
    client.add_flags([uid], [b"\\Seen"], silent=True)
    if mailbox.done_folder and client.has_capability("MOVE"):
        if not client.folder_exists(mailbox.done_folder):
            client.create_folder(mailbox.done_folder)
        client.move([uid], mailbox.done_folder)


def silent(state: MailboxState | None, mailbox: Mailbox) -> bool:
    """Whether a mailbox was not read for so long that somebody has to look."""
    since = state.read_at if state and state.read_at else mailbox.created_at
    return mailbox.active and timezone.now() - since > SILENT_AFTER
