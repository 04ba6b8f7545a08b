"""Whether a message is a bounce, and what it tells: the forms for programs first, then words."""

from kantoor.kernel.mail.bounces.found import COMPLAINT, Failure
from kantoor.kernel.mail.bounces.notices import moved, notice, opted_out
from kantoor.kernel.mail.bounces.reports import (
    amazon_notification,
    delivery_reports,
    feedback_reports,
)
from kantoor.kernel.mail.reading.addresses import mailboxes_of
from kantoor.kernel.mail.reading.headers import read_headers
from kantoor.kernel.mail.reading.message import Message

READERS = (
    delivery_reports,
    feedback_reports,
    amazon_notification,
    notice,
    opted_out,
    moved,
)
"""In order of how sure each is."""


def failures_of(message: Message) -> list[Failure]:
    """The addresses that a bounce tells of; empty when the message is none."""
    for reader in READERS:
        if found := reader(message):
            return list(dict.fromkeys(found))
    return _complaint_about_returned(message)


def _complaint_about_returned(message: Message) -> list[Failure]:
    """A complaint that names nobody: whom the mail it carries was for (RFC 5965, redacted)."""
    parts = list(message.own_parts())
    report = any(part.media_type == "message/feedback-report" for part in parts)
    if not report and not message.subject.lower().startswith("complaint about message"):
        return []
    for part in parts:
        if part.media_type == "message/rfc822" and part.parts:
            carried = part.parts[0].headers
        elif part.media_type == "text/rfc822-headers":
            carried = read_headers(part.text().strip().encode())
        else:
            continue
        named = mailboxes_of(carried, "to", most=5)
        if named:
            return [Failure(each.address, COMPLAINT) for each in named]
    # Recipients that nobody discloses: who complains is the one who wants no more of it.
    complainer = message.sender.address
    return [Failure(complainer, COMPLAINT)] if report and complainer else []
