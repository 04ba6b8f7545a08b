"""A message as it is used: who wrote it to whom, what about, in answer to what, and its parts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from hashlib import sha256

from kantoor.kernel.mail.reading.addresses import Mailbox, canonical, mailboxes_of
from kantoor.kernel.mail.reading.headers import Headers
from kantoor.kernel.mail.reading.mime import Part, read_parts

LARGEST_MESSAGE = 100 * 1024 * 1024
MOST_RECIPIENTS = 100
MOST_REFERENCES = 100
LONGEST_SUBJECT = 300
LONGEST_ID = 250

_ID = re.compile(r"<([^<>\s]{1,250})>")


@dataclass(frozen=True)
class Attachment:
    """A part that is a file: its name, its media type, and the part it lies in."""

    name: str
    media_type: str
    part: Part


@dataclass(frozen=True)
class Message:
    """A message that was read; everything in it was written by somebody who may lie."""

    raw: bytes
    top: Part

    @property
    def headers(self) -> Headers:
        return self.top.headers

    @cached_property
    def sha256(self) -> str:
        """The hash of the message as it came, in hexadecimal."""
        return sha256(self.raw).hexdigest()

    @cached_property
    def subject(self) -> str:
        return self.headers.get("subject")[:LONGEST_SUBJECT]

    @cached_property
    def sender(self) -> Mailbox:
        """Who it says it is from (From, else Sender); an empty address when nobody."""
        found = mailboxes_of(self.headers, "from", most=1)
        found = found or mailboxes_of(self.headers, "sender", most=1)
        return found[0] if found else Mailbox(self.headers.get("from")[:200], "")

    @cached_property
    def return_path(self) -> str | None:
        """The envelope's sender: None when the server noted none, empty for `<>`."""
        if "return-path" not in self.headers:
            return None
        return canonical(self.headers.get("return-path"))

    @cached_property
    def recipients(self) -> list[Mailbox]:
        """To and Cc, the first hundred."""
        return mailboxes_of(self.headers, "to", "cc", most=MOST_RECIPIENTS)

    @cached_property
    def delivered_to(self) -> list[str]:
        """Every address it may have come by: the envelope's, as servers note it, To and Cc."""
        names = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
        noted = mailboxes_of(self.headers, *names, most=MOST_RECIPIENTS)
        return list(dict.fromkeys(each.address for each in [*noted, *self.recipients]))

    @cached_property
    def message_id(self) -> str:
        """Its Message-ID without the brackets; empty when it has none."""
        value = self.headers.get("message-id")
        found = _ID.search(value)
        return found[1] if found else re.sub(r"[\s<>]", "", value)[:LONGEST_ID]

    @cached_property
    def answers(self) -> list[str]:
        """Message-IDs it answers, the nearest first: In-Reply-To, then References backwards."""
        near = _ID.findall(self.headers.get("in-reply-to"))
        far = _ID.findall(self.headers.get("references"))
        return list(dict.fromkeys([*near[:5], *reversed(far)]))[:MOST_REFERENCES]

    @cached_property
    def sent_at(self) -> datetime | None:
        """Its Date, in UTC; None when that is missing or absurd."""
        try:
            found = parsedate_to_datetime(self.headers.get("date")[:100])
            moment = found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
        except (ValueError, TypeError, OverflowError, IndexError):
            return None
        return moment if 1970 <= moment.year <= 2999 else None

    def own_parts(self) -> Iterator[Part]:
        """Its parts without those of messages that it carries."""
        yield from _own(self.top)

    def attachments(self) -> list[Attachment]:
        """Its files: parts that have a name, call themselves attached, or are no text."""
        found = []
        for part in self.own_parts():
            if part.media_type.startswith("multipart/"):
                continue
            text = part.media_type in ("text/plain", "text/html")
            if text and not part.attached and not part.name:
                continue
            found.append(Attachment(part.name or _called(part), part.media_type, part))
        return found


def _own(part: Part) -> Iterator[Part]:
    yield part
    if part.media_type.startswith("multipart/"):
        for each in part.parts:
            yield from _own(each)


def _called(part: Part) -> str:
    endings = {"message/rfc822": "message.eml", "text/calendar": "invitation.ics"}
    return endings.get(part.media_type, part.media_type.replace("/", "-").rpartition("x-")[2])


def read_message(raw: bytes) -> Message:
    """Read a message; nothing in it raises an error."""
    return Message(raw, read_parts(raw))
