"""A message prepared once for many: what differs for each (name, links) is filled in at the end.

Making a message anew for each of 100,000 costs more than handing it in; filling slots does not.
"""

import base64
import binascii
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from html import escape

from kantoor.kernel.mail.outgoing import one_line

_MARKS = "\ue000\ue001"
"""Around the name of a slot: letters of nobody, taken out of all that people write."""
_SLOT = re.compile(f"{_MARKS[0]}([a-z_0-9]+){_MARKS[1]}")
LONGEST_NAME = 60
NAME = "name"


def slot(name: str) -> str:
    """The place in a text where something personal comes; in HTML it is escaped."""
    return f"{_MARKS[0]}{name}{_MARKS[1]}"


def without_slots(text: str) -> str:
    """What somebody wrote, in which nothing is taken for a slot."""
    return text.translate(dict.fromkeys(map(ord, _MARKS)))


@dataclass(frozen=True)
class Picture:
    """A picture that goes along, named in the HTML as `cid:` and its name."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Leaflet:
    """What is sent to many. `text` and `html` may have slots; so may `unsubscribe`.

    `unsubscribe` is the address for one POST without sign-in (RFC 8058), empty where the message
    is no matter of choice; `list_id` names the list in forms of programs (RFC 2919).
    """

    sender_name: str
    sender: str
    subject: str
    text: str
    html: str
    at: datetime
    language: str = ""
    unsubscribe: str = ""
    list_id: str = ""
    calendar: str = ""
    """An invitation (iCalendar, METHOD:REQUEST) that goes along; it may have slots."""
    pictures: Sequence[Picture] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Prepared:
    """A leaflet whose parts are ready: `personal` makes the message for one address."""

    head: bytes
    domain: str
    unsubscribe: tuple[str, ...]
    text: tuple[str, ...]
    html: tuple[str, ...]
    between: tuple[bytes, bytes, bytes]
    calendar: tuple[str, ...] = ()

    def personal(
        self, *, name: str, address: str, message_id: str, values: Mapping[str, str]
    ) -> bytes:
        """The whole message, its lines ending as SMTP wants. Raises ValueError, KeyError."""
        own = [f"To: {_mailbox(name, address)}", f"Message-ID: <{message_id}@{self.domain}>"]
        if self.unsubscribe:
            own.append(f"List-Unsubscribe: <{_filled(self.unsubscribe, values)}>")
            own.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
        shown = {key: escape(value) for key, value in values.items()}
        before, middle, after = self.between
        invitation = _invitation(_filled(self.calendar, values), before) if self.calendar else b""
        return b"".join(
            (
                "\r\n".join(own).encode("ascii"),
                b"\r\n",
                self.head,
                before,
                _quoted(_filled(self.text, values)),
                middle,
                _quoted(_filled(self.html, shown)),
                invitation,
                after,
            )
        )


def prepared(leaflet: Leaflet) -> Prepared:
    """Get a leaflet ready. Raises ValueError where the sender's address is none."""
    edges = secrets.token_hex(8)
    outer, inner = f"=_m{edges}", f"=_a{edges}"
    return Prepared(
        head=_head(leaflet, outer),
        domain=leaflet.sender.rpartition("@")[2],
        unsubscribe=_pieces(leaflet.unsubscribe) if leaflet.unsubscribe else (),
        text=_pieces(_wired(leaflet.text)),
        html=_pieces(_wired(leaflet.html)),
        between=_edges(leaflet, outer, inner),
        calendar=_pieces(_wired(leaflet.calendar)) if leaflet.calendar else (),
    )


def new_id() -> str:
    """The first half of a Message-ID that nobody can guess."""
    return secrets.token_hex(16)


def _head(leaflet: Leaflet, outer: str) -> bytes:
    """The fields that are the same for all, folded and encoded by the library."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(display_name=one_line(leaflet.sender_name), addr_spec=leaflet.sender)
    message["Subject"] = one_line(leaflet.subject)
    message["Date"] = format_datetime(leaflet.at)
    if leaflet.list_id:
        message["List-Id"] = f"<{one_line(leaflet.list_id)}>"
    message["Precedence"] = "bulk"
    message["X-Auto-Response-Suppress"] = "All"
    for name, value in leaflet.headers.items():
        message[name] = one_line(value)
    if leaflet.language:
        message["Content-Language"] = leaflet.language
    message["MIME-Version"] = "1.0"
    fields = message.as_bytes().rstrip(b"\r\n")
    kind = f'Content-Type: multipart/mixed;\r\n boundary="{outer}"\r\n\r\n'
    return fields + b"\r\n" + kind.encode("ascii")


def _edges(leaflet: Leaflet, outer: str, inner: str) -> tuple[bytes, bytes, bytes]:
    """What stands before the text, between text and HTML, and after them."""
    quoted = "charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    related = outer.replace("=_m", "=_r")
    before = (
        f"--{outer}\r\nContent-Type: multipart/related;\r\n boundary=\"{related}\"\r\n\r\n"
        f"--{related}\r\nContent-Type: multipart/alternative;\r\n boundary=\"{inner}\"\r\n\r\n"
        f"--{inner}\r\nContent-Type: text/plain; {quoted}"
    )  # fmt: skip
    middle = f"\r\n--{inner}\r\nContent-Type: text/html; {quoted}"
    after = [f"\r\n--{inner}--\r\n"]
    for picture in leaflet.pictures:
        after += [
            f"--{related}\r\nContent-Type: {picture.media_type}\r\n"
            f"Content-ID: <{picture.name}>\r\nContent-Disposition: inline\r\n"
            "Content-Transfer-Encoding: base64\r\n\r\n",
            _based(picture.content),
        ]
    after.append(f"--{related}--\r\n--{outer}--\r\n")
    return before.encode("ascii"), middle.encode("ascii"), "".join(after).encode("ascii")


def _invitation(text: str, before: bytes) -> bytes:
    """The part that is an invitation; `before` ends within the part that opens the alternatives."""
    edge = before.rpartition(b"\r\n--")[2].partition(b"\r\n")[0].decode("ascii")
    return (
        f"\r\n--{edge}\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{_based(text.encode())}"
    ).encode("ascii")


def _pieces(text: str) -> tuple[str, ...]:
    """Words and names of slots in turn; the first is words."""
    return tuple(_SLOT.split(text))


def _filled(pieces: Sequence[str], values: Mapping[str, str]) -> str:
    if len(pieces) == 1:
        return pieces[0]
    filled = list(pieces)
    filled[1::2] = [values[name] for name in pieces[1::2]]
    return "".join(filled)


def _wired(text: str) -> str:
    """A text with the line ends of SMTP, whatever it had."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n").replace("\0", "")


def _quoted(text: str) -> bytes:
    return binascii.b2a_qp(text.encode(), istext=True)


def _based(content: bytes) -> str:
    return base64.encodebytes(content).decode("ascii").replace("\n", "\r\n")


def _mailbox(name: str, address: str) -> str:
    """Name and address as a header shows them. Raises ValueError where they can't be."""
    if not address.isascii() or not address.isprintable() or set(' <>,;"') & set(address):
        raise ValueError(f"no address for a header: {address[:60]!r}")
    shown = one_line(name)[:LONGEST_NAME]
    if not shown:
        return address
    if shown.isascii():
        return formataddr((shown, address))
    return f"{Header(shown, 'utf-8').encode(linesep=chr(13) + chr(10))}\r\n <{address}>"
