"""Real servers for tests: SMTP that takes mail, refuses and remembers; IMAP to be read."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from imapclient import IMAPClient  # type: ignore[import-untyped]
from pytest_django import Settings

from kantoor.kernel.mail.reading.message import Message, read_message
from kantoor.kernel.mail.reading.mime import with_line_feeds


@dataclass
class Post:
    """What was handed in; `answers` says what the server says to mail for an address.

    `to_sender` and `to_content` are what it says to every sender and to every content, if not yes.
    """

    port: int = 0
    taken: list[tuple[str, list[str], Message]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    to_sender: str = ""
    to_content: str = ""

    async def handle_MAIL(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.to_sender:
            return self.to_sender
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if answer := self.answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.to_content:
            return self.to_content
        message = read_message(envelope.content)
        self.taken.append((envelope.mail_from, list(envelope.rcpt_tos), message))
        return "250 taken"

    def to(self, address: str) -> list[Message]:
        """What was taken for an address."""
        return [message for _, recipients, message in self.taken if address in recipients]


class _Controller(Controller):
    """Tells the port that the system chose."""

    def _trigger_server(self) -> None:
        server: Any = self.server
        self.port = server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def open_post() -> Iterator[Post]:
    """The server, on a port that is free."""
    post = Post()
    controller = _Controller(post, hostname="127.0.0.1", port=0)
    controller.start()
    post.port = controller.port
    try:
        yield post
    finally:
        controller.stop()


@contextmanager
def open_post_of(settings: Settings) -> Iterator[Post]:
    """The server, and this installation hands in its mail there."""
    with open_post() as post:
        settings.SMTP = f"smtp://127.0.0.1:{post.port}"
        yield post


USER, PASSWORD = "desk", "secret"


@dataclass(frozen=True)
class Box:
    """An IMAP server with one person's folders in it, at a port of this machine."""

    port: int

    def client(self) -> IMAPClient:
        """Signed in, as another mail program would be."""
        client = IMAPClient("127.0.0.1", port=self.port, ssl=False, timeout=10)
        client.login(USER, PASSWORD)
        return client

    def put(self, *contents: bytes) -> None:
        """Deliver messages to the inbox."""
        with self.client() as client:
            for content in contents:
                client.append("INBOX", with_line_feeds(content).replace(b"\n", b"\r\n"))

    def flags(self) -> list[tuple[bytes, ...]]:
        """The flags of each message in the inbox, in order."""
        with self.client() as client:
            client.select_folder("INBOX", readonly=True)
            found = client.fetch(client.search(), ["FLAGS"]) if client.search() else {}
            return [tuple(found[uid][b"FLAGS"]) for uid in sorted(found)]


@contextmanager
def open_box() -> Iterator[Box]:
    """pymap with an empty inbox."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("pymap")
    kind = ["dict", "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD]
    command = [str(program), "--host", "127.0.0.1", "--port", str(port), "--no-tls", *kind]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        box = Box(port)
        _await(box)
        yield box
    finally:
        running.terminate()
        running.wait()


def _await(box: Box) -> None:
    """Wait until the program listens."""
    for _ in range(200):
        try:
            box.client().logout()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the IMAP server did not start")


def empty(box: Box) -> None:
    """Take out what is in the inbox: letters the program brings along, or of another test."""
    with box.client() as client:
        client.select_folder("INBOX")
        if found := client.search():
            client.delete_messages(found)
            client.expunge()
