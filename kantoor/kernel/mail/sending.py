"""Hand a message to the mail server (SMTP), and tell what it said to that."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

from kantoor.kernel.files.content import path_of
from kantoor.kernel.files.models import File
from kantoor.kernel.mail.bounces.found import status_in
from kantoor.kernel.mail.models import FAILED, SENT, UNSURE, WAITING, MailTo
from kantoor.kernel.mail.outgoing import one_line
from kantoor.kernel.mail.reading.kinds import LOOP

TIMEOUT_S = 30.0
LOCAL = ("localhost", "127.0.0.1", "::1")


class NoMailServer(Exception):
    """Nobody said where mail is handed in (KANTOOR_SMTP)."""


@dataclass(frozen=True)
class Said:
    """What came of one message for one address: a state of MailTo, and the server's words."""

    state: str
    answer: str = ""


@contextmanager
def mail_server() -> Iterator[smtplib.SMTP]:
    """A connection to the mail server of the settings; raises NoMailServer, OSError."""
    if not settings.SMTP:
        raise NoMailServer
    parts = urlsplit(settings.SMTP)
    host, secure = parts.hostname or "localhost", ssl.create_default_context()
    client: smtplib.SMTP
    if parts.scheme == "smtps":
        client = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT_S, context=secure)
    else:
        client = smtplib.SMTP(host, parts.port or 587, timeout=TIMEOUT_S)
    try:
        plain = host in LOCAL or parse_qs(parts.query).get("starttls") == ["no"]
        if parts.scheme != "smtps" and not plain:
            client.starttls(context=secure)
        if parts.username:
            client.login(unquote(parts.username), unquote(parts.password or ""))
        yield client
    finally:
        try:
            client.quit()
        except (OSError, smtplib.SMTPException):
            client.close()


def hand_in(client: smtplib.SMTP, to: MailTo) -> Said:
    """Hand in one message for one address.

    Until the server has all of it nothing was sent, and it may be tried again. If the connection
    is lost while it says whether it took it, nobody knows: that is never tried again by itself.
    """
    try:
        content, address = composed(to).as_bytes(policy=SMTP), on_the_wire(to.address)
    except (ValueError, LookupError, MessageError, FileNotFoundError) as problem:
        return Said(FAILED, f"553 5.6.7 {said_of(problem)}"[:300])
    try:
        client.ehlo_or_helo_if_needed()
        code, words = client.mail(envelope_sender(to))
        if code != 250:
            client.rset()
            return sender_refused(code, words)
        code, words = client.rcpt(address)
        if code not in (250, 251):
            client.rset()
            return refused(code, words)
    except (OSError, smtplib.SMTPException) as problem:
        return Said(WAITING, said_of(problem))
    try:
        code, words = client.data(content)
    except smtplib.SMTPDataError as problem:
        return content_refused(refused(problem.smtp_code, problem.smtp_error), problem.smtp_code)
    except (OSError, smtplib.SMTPException) as problem:
        return Said(UNSURE, said_of(problem))
    return content_refused(taken(code, words), code)


def on_the_wire(address: str) -> str:
    """An address as every mail server takes it: a domain in other letters by IDNA (RFC 5891).

    Raises UnicodeError for a local part in other letters, which needs SMTPUTF8 all the way.
    """
    local, _at, domain = address.rpartition("@")
    local.encode("ascii")
    return f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}"


def envelope_sender(to: MailTo) -> str:
    """Where bounces go: the address with the token, or nowhere for automatic mail (RFC 3834, 3.3)."""
    return "" if to.mail.automatic else to.reply_to


def composed(to: MailTo) -> EmailMessage:
    """The message as it goes to one address."""
    mail = to.mail
    message = EmailMessage()
    message["From"] = _address(mail.mailbox.sender_name, mail.mailbox.address)
    message["To"] = _address(to.name, on_the_wire(to.address))
    message["Reply-To"] = _address(mail.mailbox.sender_name, to.reply_to)
    message["Subject"] = one_line(mail.subject)
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.message_id}>"
    if answers := mail.answers.split():
        message["In-Reply-To"] = f"<{answers[0]}>"
        message["References"] = " ".join(f"<{each}>" for each in reversed(answers))
    if mail.automatic:
        message["Auto-Submitted"] = "auto-replied"
        message["X-Auto-Response-Suppress"] = "All"
        message[LOOP] = "1"
    message.set_content(mail.body or "\n")
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    if mail.attachment is not None:
        _attach(message, mail.attachment)
    return message


def _attach(message: EmailMessage, file: File) -> None:
    """The file goes along; raises FileNotFoundError where its content is gone."""
    main, _, sub = (file.media_type or "application/octet-stream").partition("/")
    content = path_of(file.sha256).read_bytes()
    message.add_attachment(
        content, maintype=main, subtype=sub or "octet-stream", filename=one_line(file.name)
    )


def _address(name: str, address: str) -> Address | str:
    try:
        return Address(display_name=one_line(name), addr_spec=address)
    except ValueError:
        return address


def refused(code: int, words: bytes | str) -> Said:
    """What a reply of a mail server means that is no success: for good, or for now."""
    return Said(FAILED if 500 <= code <= 599 else WAITING, _text(code, words))


def sender_refused(code: int, words: bytes | str) -> Said:
    """That we may not send (RFC 3463, X.7.1) says nothing of who was written to."""
    said = refused(code, words)
    if said.state != FAILED:
        return said
    return Said(FAILED, f"{code} 5.7.1 {said.answer.removeprefix(f'{code} ')}"[:300])


def taken(code: int, words: bytes | str) -> Said:
    """What a reply to a whole message means: only a refusal says that it was not taken."""
    if 200 <= code <= 299:
        return Said(SENT, _text(code, words))
    return refused(code, words) if 400 <= code <= 599 else Said(UNSURE, _text(code, words))


def content_refused(said: Said, code: int) -> Said:
    """A refusal of what was written; without a status of its own it says nothing of the address.

    Such as a filter of spam: it gets that of a content that is not taken (RFC 3463, 3.7).
    """
    if said.state != FAILED or status_in(said.answer) != "5.0.0":
        return said
    return Said(FAILED, f"{code} 5.6.0 {said.answer.removeprefix(f'{code} ')}"[:300])


def _text(code: int, words: bytes | str) -> str:
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    return one_line(f"{code} {said}")[:300]


def said_of(problem: Exception) -> str:
    """What went wrong, in one line."""
    return one_line(f"{type(problem).__name__}: {problem}")[:300]
