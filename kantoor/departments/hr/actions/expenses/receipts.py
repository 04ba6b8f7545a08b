"""Pictures and PDFs of receipts: recognised by what is in them, and kept as they came."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.drafts_expenses import Receipt
from kantoor.departments.hr.errors_expenses import WrongReceipt
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.files.files import Content, store_files
from kantoor.kernel.files.models import File

LARGEST = 15 * 2**20
"""Bytes of a receipt: a photo of a telephone is a third of it."""
_SIGNS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"%PDF-", "application/pdf"),
)


def media_type_of(content: bytes) -> str:
    """What a file is by how it begins; empty when it is none of those we take."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"msf1"):
        return "image/heic"
    return next((media for sign, media in _SIGNS if content.startswith(sign)), "")


def keep_receipts(actor: Actor, receipts: Sequence[Receipt], subject_id: int | None) -> list[File]:
    """Keep receipts of one person; raises WrongReceipt with the place."""
    contents = []
    for place, each in enumerate(receipts, 1):
        if not 0 < len(each.content) <= LARGEST:
            message = _("A receipt is not empty, and at most {most} MB.").format(most=15)
            raise WrongReceipt(message, field="receipt", line=place)
        media = media_type_of(each.content)
        if not media:
            said = _("A receipt is a PDF or a picture (JPEG, PNG, WebP, HEIC).")
            raise WrongReceipt(said, field="receipt", line=place)
        contents.append(Content(each.content, each.name, media, subject_id))
    return store_files(actor, contents) if contents else []
