"""Bounces in forms made for programs: RFC 3464, ARF (RFC 5965), Amazon's notifications."""

import re
from collections.abc import Iterator
from itertools import islice

import msgspec

from kantoor.kernel.mail.bounces.found import (
    COMPLAINT,
    DELAYED,
    DELIVERED,
    FAILED,
    LONGEST_REASON,
    Failure,
    outcome_of,
    status_in,
)
from kantoor.kernel.mail.reading.addresses import addresses_in, canonical
from kantoor.kernel.mail.reading.headers import Headers, read_headers
from kantoor.kernel.mail.reading.message import Message

MOST_FAILURES = 1000
_GROUPS = re.compile(r"\n[ \t]*\n")
_FIELD = re.compile(r"^[ \t]*(?:final|original)-recipient[ \t]*:", re.IGNORECASE | re.MULTILINE)
_FEEDBACK = re.compile(r"^feedback-type[ \t]*:", re.IGNORECASE | re.MULTILINE)
_REPORTS = frozenset(
    {"message/delivery-status", "message/global-delivery-status", "text/delivery-status"}
)


def delivery_reports(message: Message) -> list[Failure]:
    """The recipients of a delivery status notification, wherever in the message it stands."""
    for text in _report_texts(message):
        groups = islice(_groups(text), MOST_FAILURES)
        if found := [failure for group in groups if (failure := _of_group(group))]:
            return found
    return []


def _report_texts(message: Message) -> Iterator[str]:
    """First the parts that are reports by name, then texts that have a report's fields."""
    parts = list(message.own_parts())
    for part in parts:
        if part.media_type in _REPORTS:
            yield part.text()
    for part in parts:
        if part.media_type in ("text/plain", "text/rfc822-headers", "message/rfc822"):
            text = part.text()
            if found := _FIELD.search(text):
                yield _paragraphs_around(text, found.start())


def _paragraphs_around(text: str, at: int) -> str:
    """From the beginning of the paragraph in which the first field stands."""
    begin = text.rfind("\n\n", 0, at)
    return text[begin + 1 if begin >= 0 else 0 :]


def _groups(text: str) -> Iterator[Headers]:
    for block in _GROUPS.split(text):
        lines = "\n".join(line.strip() if ":" in line[:40] else line for line in block.split("\n"))
        yield read_headers(lines.strip("\n").encode())


def _of_group(group: Headers) -> Failure | None:
    """The recipient that a group of fields is about (RFC 3464, 2.3)."""
    final = _address(group.get("final-recipient"))
    original = _address(group.get("original-recipient"))
    address = final or original or _address(group.get("x-actual-recipient"))
    if not address:
        return None
    told = " ".join(group.all("diagnostic-code"))
    return Failure(
        address,
        outcome_of(group.get("action") or "failed"),
        status_in(group.get("status")) or status_in(told),
        told.partition(";")[2].strip()[:LONGEST_REASON] or told[:LONGEST_REASON],
        original if original != address else "",
    )


def _address(value: str) -> str:
    """The address of `rfc822; somebody@example.org`, with what some write around it."""
    bare = value.rpartition(";")[2].strip() or value
    return canonical(bare) if canonical(bare).count("@") else next(iter(addresses_in(bare, 1)), "")


def feedback_reports(message: Message) -> list[Failure]:
    """Whom a complaint (ARF) is about: who got our mail and called it spam, or wants no more."""
    parts = list(message.own_parts())
    typed = [part.text() for part in parts if part.media_type == "message/feedback-report"]
    plain = [part.text() for part in parts if part.media_type == "text/plain"]
    for text in (*typed, *(each for each in plain if _FEEDBACK.search(each))):
        begin = _FEEDBACK.search(text)
        fields = read_headers(text[begin.start() if begin else 0 :].strip("\n").encode())
        named = [*fields.all("original-rcpt-to"), *fields.all("removal-recipient")]
        addresses = [a for value in named for a in addresses_in(value)]
        if addresses:
            kind = fields.get("feedback-type")
            return [Failure(a, COMPLAINT, reason=kind) for a in dict.fromkeys(addresses)]
    return []


class _Recipient(msgspec.Struct):
    email_address: str = msgspec.field(name="emailAddress", default="")
    status: str = ""
    diagnostic: str = msgspec.field(name="diagnosticCode", default="")


class _Bounce(msgspec.Struct):
    recipients: list[_Recipient] = msgspec.field(name="bouncedRecipients", default_factory=list)


class _Complaint(msgspec.Struct):
    recipients: list[_Recipient] = msgspec.field(name="complainedRecipients", default_factory=list)


class _Delay(msgspec.Struct):
    recipients: list[_Recipient] = msgspec.field(name="delayedRecipients", default_factory=list)


class _Delivery(msgspec.Struct):
    recipients: list[str] = msgspec.field(default_factory=list)


class _Notification(msgspec.Struct):
    """What Amazon SES tells of a mail, bare or within a message of SNS."""

    within: str = msgspec.field(name="Message", default="")
    bounce: _Bounce = msgspec.field(default_factory=_Bounce)
    complaint: _Complaint = msgspec.field(default_factory=_Complaint)
    delay: _Delay = msgspec.field(name="deliveryDelay", default_factory=_Delay)
    delivery: _Delivery = msgspec.field(default_factory=_Delivery)


def amazon_notification(message: Message) -> list[Failure]:
    """The recipients of an Amazon SES notification that came as JSON in a mail."""
    for part in message.own_parts():
        text = part.text().strip() if part.media_type == "text/plain" else ""
        if text.startswith("{"):
            found = _notification(text)
            if found is not None and found.within:
                found = _notification(found.within)
            return _recipients(found) if found is not None else []
    return []


def _notification(text: str) -> _Notification | None:
    unfolded = text.replace("!\n ", "").replace("\n", "")
    for piece in (text, unfolded, unfolded[: unfolded.rfind("}") + 1]):
        try:
            return msgspec.json.decode(piece, type=_Notification)
        except (msgspec.DecodeError, RecursionError):
            continue
    return None


def _recipients(found: _Notification) -> list[Failure]:
    told = [(FAILED, each) for each in found.bounce.recipients]
    told += [(COMPLAINT, each) for each in found.complaint.recipients]
    told += [(DELAYED, each) for each in found.delay.recipients]
    told += [(DELIVERED, _Recipient(each)) for each in found.delivery.recipients]
    return [
        Failure(address, outcome, status_in(each.status), each.diagnostic[:LONGEST_REASON])
        for outcome, each in told[:MOST_FAILURES]
        if (address := canonical(each.email_address))
    ]
