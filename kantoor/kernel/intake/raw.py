"""Raw content: kept in chunks before it is worked on, and made documents again from them."""

import hashlib
import zlib
from collections.abc import Sequence
from typing import NamedTuple

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.intake.incoming import Incoming
from kantoor.kernel.intake.models import IntakeRaw
from kantoor.kernel.intake.problems import Problem
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.instants import now
from kantoor.kernel.store.lookup import fetch
from kantoor.kernel.store.models import insert_rows
from kantoor.kernel.store.tables import encode

TAKE_IN = "kernel.take_in"
ROWS, EVENTS = "rows", "events"
"""The two forms of raw content."""


@action(permission=TAKE_IN, title=_("Keep raw content"), hidden=True)
def keep_raw(
    actor: Actor, /, *, file_id: int | None, form: str, documents: int, content: bytes
) -> int:
    """Keep the raw content of some documents; the same content again is the row there is."""
    sha256 = hashlib.sha256(content).hexdigest()
    known = fetch(
        "SELECT id, file_id FROM kernel_intake_raw WHERE company_id = %s AND sha256 = %s",
        [actor.company_id, sha256],
    )
    for key, of_file in known:
        if of_file == file_id:
            return int(key)
    key = take_ids(IntakeRaw, 1)
    packed = zlib.compress(content, 1)
    insert_rows(
        IntakeRaw, [(key, actor.company_id, file_id, form, documents, sha256, packed, now())]
    )
    concerns(f"kernel.intake_raw/{key}")
    return key


def content_of(documents: Sequence[Incoming]) -> bytes:
    """The content to be kept of these documents: a MessagePack list, an item for each."""
    return encode([msgspec.Raw(document.raw) for document in documents])


class RawRows(NamedTuple):
    """The rows of a document as they stood in their file.

    `refused` says why they could not be read whole: code, message, field and line.
    """

    identity: str
    lines: list[int]
    rows: list[list[str]]
    refused: tuple[str, str, str, int | None] | None = None

    @property
    def problem(self) -> Problem | None:
        """Why they can't be taken in."""
        if self.refused is None:
            return None
        code, message, field, line = self.refused
        return Problem(line, field, code, message)


def items(raw: IntakeRaw) -> list[RawRows | bytes]:
    """What was kept of each document of a chunk: its rows, or the event's own JSON."""
    unpacked = _decoder.decode(zlib.decompress(raw.content))
    return [each if isinstance(each, bytes) else RawRows._make(each) for each in unpacked]


_Refused = tuple[str, str, str, int | None] | None
_decoder = msgspec.msgpack.Decoder(list[tuple[str, list[int], list[list[str]], _Refused] | bytes])
