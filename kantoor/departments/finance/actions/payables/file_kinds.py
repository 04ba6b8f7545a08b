"""What a file that comes in is, by what is in it: its name proves nothing."""

import re
from collections.abc import Iterator, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Literal

from kantoor.departments.finance.drafts_incoming import IncomingFile

Kind = Literal["pdf", "png", "jpeg", "mail", "xml"]
MEDIA: dict[str, str] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "xml": "application/xml",
}
MOST_PARTS = 100
"""Attachments of one mail that are looked at."""
_MAIL = re.compile(
    rb"(?:Return-Path|Received|Delivered-To|From|To|Subject|Date|MIME-Version|Message-ID|X-[\w-]+)"
    rb":[^\n]*\n",
    re.IGNORECASE,
)


def kind_of(content: bytes) -> Kind:
    """What the file is; whatever else it is must be XML, and is read as such."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if b"%PDF-" in content[:1024]:
        return "pdf"
    return "mail" if _MAIL.match(content) else "xml"


def without_mails(files: Sequence[IncomingFile]) -> list[IncomingFile]:
    """The files, in place of a mail what is attached to it: invoices, PDFs and pictures."""
    found: list[IncomingFile] = []
    for each in files:
        found += _attached(each) if kind_of(each.content) == "mail" else [each]
    return found


def _attached(mail: IncomingFile) -> list[IncomingFile]:
    message = message_from_bytes(mail.content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    found = [
        IncomingFile(name=f"{mail.name}/{name}", content=content)
        for name, content in _parts(message)
        if _is_document(name, content)
    ]
    # A mail without any is no invoice, and is told to be none.
    return found or [mail]


def _parts(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    for n, part in enumerate(message.walk()):
        if n > MOST_PARTS:
            return
        if part.is_multipart() or (
            part.get_content_maintype() == "text" and not part.get_filename()
        ):
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            yield part.get_filename() or f"part-{n}", content


def _is_document(name: str, content: bytes) -> bool:
    kind = kind_of(content)
    xml = name.lower().endswith(".xml") or content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml")  # fmt: skip
    # Small pictures are logos and signs under a mail.
    return kind == "pdf" or (kind == "xml" and xml) or (kind in ("png", "jpeg") and len(content) > 20_000)  # fmt: skip
