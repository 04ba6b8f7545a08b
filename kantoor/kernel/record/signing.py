"""Sign heads of the record and hand them out, so that not even the key's holder can rewrite it.

The scheduler calls `sign_head` at intervals, and the server when it stops. A head that lies with
somebody else (printed on a report, mailed to the auditor, in a folder elsewhere) holds the record
to what it was: `verify_against` in verify/system.py.
"""

import logging
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from kantoor.kernel.actions.system import system_act
from kantoor.kernel.record import heads
from kantoor.kernel.record.append import take_head
from kantoor.kernel.record.keyring import secrets
from kantoor.kernel.record.merkle import Frontier
from kantoor.kernel.record.models import SignedHead
from kantoor.kernel.store.raw import run

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class HeadShown:
    """A signed head as it is listed: `at` in microseconds since 1970-01-01 UTC."""

    size: int
    at: int
    note: str


class _NothingNew(Exception):
    """Ends the act: what the record has now is signed already."""


def sign_head() -> heads.SignedHead | None:
    """Sign the record as it is, when it grew since the last time; gives the new head.

    The signature stands in the record as an act of its own, which alone is no reason to sign
    again. A copy goes to the folder for heads. Raises RecordDamaged.
    """
    if not _grew():
        return None
    try:
        with system_act("kernel.sign_head"):
            head = _sign()
    except _NothingNew:
        return None
    keep_copy(head)
    return head


def _grew() -> bool:
    last = run("SELECT max(size) FROM kernel_signed_head")[0][0]
    found = run("SELECT size FROM kernel_head WHERE id = 1")
    size = found[0][0] if found else 0
    return bool(size > (last or 0) + (last is not None))


def _sign() -> heads.SignedHead:
    present = take_head()
    if not _grew():  # Somebody else signed while this one waited for its turn.
        raise _NothingNew
    keys = secrets()
    signed = heads.sign(
        keys.signing,
        origin=keys.origin,
        size=present.size,
        root=Frontier.from_bytes(present.frontier).root(),
        at=time.time_ns() // 1000,
    )
    SignedHead.objects.create(
        size=signed.size,
        root=signed.root,
        at=signed.at,
        key_id=signed.key_id,
        note=signed.text(),
    )
    return signed


def folder() -> Path:
    """Where copies of signed heads go: KANTOOR_HEADS_DIR, else `heads` in the data folder."""
    return Path(os.environ.get("KANTOOR_HEADS_DIR") or Path(settings.DATA) / "heads")


def keep_copy(head: heads.SignedHead) -> Path | None:
    """Write a head to the folder; a folder that can't be written is logged and stops nothing."""
    path = folder() / f"head-{head.size:012}.txt"
    part = path.with_suffix(f".part{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8") as file:
            file.write(head.text())
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as reason:
        log.error("the signed head of %s acts was not copied to %s: %s", head.size, path, reason)
        return None
    return path


def latest_head_note() -> str:
    """The last signed head as text, for the foot of a report; empty when none was signed yet."""
    found = SignedHead.objects.order_by("-size").values_list("note", flat=True).first()
    return found or ""


def signed_heads(count: int = 20) -> Iterator[HeadShown]:
    """The last signed heads, the latest first."""
    rows = SignedHead.objects.order_by("-size").values_list("size", "at", "note")[:count]
    return (HeadShown(*row) for row in rows)
