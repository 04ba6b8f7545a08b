"""Ways out: a message is handed to a mail server, a provider or a service, and answered.

A way calls `begin` just before the other side can have all of it; until then nothing was sent.
"""

import smtplib
import socket
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from email.errors import MessageError
from typing import Protocol

from kantoor.kernel.mail.models import FAILED, UNSURE, WAITING
from kantoor.kernel.mail.sending import (
    Said,
    content_refused,
    mail_server,
    on_the_wire,
    refused,
    said_of,
    taken,
)


class Away(OSError):
    """The other side can't be reached at all: no message's fault, and no attempt."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to hand in: the key of its recipient, the address, where its bounces go, and what
    makes its content (called by whoever hands it in, so that no lot stands in memory whole).
    """

    key: int
    address: str
    bounces_to: str
    content: Callable[[], bytes]


class Way(Protocol):
    """A way out. One thread at a time uses it; a lot may have several."""

    def hand_in(self, message: Outgoing, begin: Callable[[], None]) -> Said:
        """Hand in a message. Raises Away where nothing can be handed in now."""
        ...

    def close(self) -> None:
        """Nothing more comes."""
        ...


class ByMailServer:
    """One connection to the mail server (SMTP), kept open and opened again when it was closed."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._client: smtplib.SMTP | None = None

    def hand_in(self, message: Outgoing, begin: Callable[[], None]) -> Said:
        """Hand in a message; one that met a connection the server had closed meanwhile, twice."""
        try:
            content = message.content()
            address = on_the_wire(message.address)
        except (ValueError, LookupError, MessageError, OSError) as problem:
            return Said(FAILED, f"553 5.6.7 {said_of(problem)}"[:300])
        fresh = self._client is None
        said = self._once(message, address, content, begin)
        if said is None and not fresh:
            said = self._once(message, address, content, begin)
        return said or Said(WAITING, "421 4.4.2 the server ended the connection")

    def close(self) -> None:
        """End the connection politely."""
        self._client = None
        self._stack.close()
        self._stack = ExitStack()

    def _connected(self) -> smtplib.SMTP:
        if self._client is None:
            try:
                client = self._stack.enter_context(mail_server())
                client.ehlo_or_helo_if_needed()
            except (OSError, smtplib.SMTPException) as problem:
                self.close()
                raise Away(said_of(problem)) from problem
            assert client.sock is not None
            # The last dot is a packet of its own, which must not wait for the one before.
            client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._client = client
        return self._client

    def _once(
        self, message: Outgoing, address: str, content: bytes, begin: Callable[[], None]
    ) -> Said | None:
        """Hand in over the connection; None where the server had ended it before anything was."""
        client = self._connected()
        try:
            code, words = client.mail(message.bounces_to)
            if code == 421:
                raise smtplib.SMTPServerDisconnected
            if code != 250:
                client.rset()
                # It is we who are refused, for whomever the message is.
                raise Away(refused(code, words).answer)
            code, words = client.rcpt(address)
            if code not in (250, 251):
                client.rset()
                return refused(code, words)
            code, words = client.docmd("DATA")
            if code != 354:
                client.rset()
                return content_refused(refused(code, words), code)
            client.send(_stuffed(content))
        except Away:
            raise
        except smtplib.SMTPServerDisconnected:
            self.close()
            return None
        except (OSError, smtplib.SMTPException) as problem:
            client.close()
            self.close()
            return Said(WAITING, said_of(problem))
        try:
            begin()
        except BaseException:
            # Without its last dot the message is none (RFC 5321, 4.1.1.4), and a QUIT would be
            # a line of it.
            client.close()
            self.close()
            raise
        return self._ended(client)

    def _ended(self, client: smtplib.SMTP) -> Said:
        """Write the last dot and hear what the server says to it."""
        try:
            client.send(b".\r\n")
            code, words = client.getreply()
        except (OSError, smtplib.SMTPException) as problem:
            client.close()
            self.close()
            return Said(UNSURE, said_of(problem))
        said = content_refused(taken(code, words), code)
        if said.state == UNSURE:
            # No answer to a message: what comes next on this connection is anybody's guess.
            client.close()
        if said.state == UNSURE or code == 421:
            self.close()
        return said


def _stuffed(content: bytes) -> bytes:
    """The content as it goes over the wire: no line is taken for the last (RFC 5321, 4.5.2)."""
    if content.startswith(b"."):
        content = b"." + content
    return content.replace(b"\r\n.", b"\r\n..")
