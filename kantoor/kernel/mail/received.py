"""Mail that came in for a department, as it may see it.

Called inside a department's query or action, which says who may.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.files.files import FileGone, open_file
from kantoor.kernel.mail.models import MailIn
from kantoor.kernel.mail.reading.message import Message, read_message
from kantoor.kernel.queries import scoped


class CameIn(msgspec.Struct, frozen=True):
    """A message that came in. `kind` is message, auto-reply, bounce or bulk; `state` new, done,
    held or ignored, with `held_for` why.
    """

    id: int
    received_at: datetime
    sender: str
    sender_name: str
    subject: str
    kind: str
    state: str
    held_for: str


Seen = tuple[int, datetime, str, str, str, str, str, str]


def seen(row: MailIn) -> Seen:
    """What a `CameIn` says of a message, in its order."""
    return (
        row.pk, row.received_at, row.sender, row.sender_name, row.subject, row.kind, row.state,
        row.held_for,
    )  # fmt: skip


def received(
    actor: Actor, purpose: str, *, state: str = "", kind: str = "", search: str = ""
) -> "QuerySet[MailIn]":
    """What came in for a department, of one state or kind, by words of the subject or the sender."""
    found = scoped(actor, MailIn).filter(purpose=purpose)
    if state:
        found = found.filter(state=state)
    if kind:
        found = found.filter(kind=kind)
    if words := search.strip():
        found = found.filter(Q(subject__icontains=words) | Q(sender__icontains=words.lower()))
    return found


def message_of(actor: Actor, purpose: str, key: int) -> MailIn:
    """One message that came in for a department, with its file. Raises NotFound."""
    row = received(actor, purpose).filter(pk=key).select_related("file").first()
    if row is None:
        raise NotFound(_("There is no such mail."))
    return row


def content_kept(actor: Actor, row: MailIn) -> Message | None:
    """What a message says; None where its content was erased."""
    try:
        with open_file(actor, row.file) as file:
            return read_message(file.read())
    except FileGone:
        return None


def keys_in(prefix: str, abouts: Sequence[str]) -> list[int]:
    """The keys of what messages belong to, of references that begin so."""
    return sorted({int(each.removeprefix(prefix)) for each in abouts if each.startswith(prefix)})
