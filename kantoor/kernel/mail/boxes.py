"""The mailboxes of a department as it may see them: how they are read, never their password.

Called inside a department's query, which says who may.
"""

from datetime import datetime

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.mail.fetching import silent
from kantoor.kernel.mail.models import Mailbox, MailboxState
from kantoor.kernel.queries import scoped


class MailboxRow(msgspec.Struct, frozen=True):
    """A mailbox, without its password. `health` is read, trouble (an error just now), silent
    (not read for long), unread (never tried) or stopped.
    """

    id: int
    name: str
    address: str
    sender_name: str
    host: str
    port: int
    security: str
    user: str
    folder: str
    done_folder: str
    signature: str
    active: bool
    health: str
    read_at: datetime | None
    error: str


def mailboxes_of(actor: Actor, purpose: str) -> list[MailboxRow]:
    """The mailboxes of a department, by name."""
    boxes = list(scoped(actor, Mailbox).filter(purpose=purpose).order_by("name"))
    states = {each.mailbox_id: each for each in MailboxState.objects.filter(mailbox__in=boxes)}
    return [_row(box, states.get(box.pk)) for box in boxes]


def mailbox_of(actor: Actor, purpose: str, name: str) -> MailboxRow:
    """One of them by its name. Raises NotFound."""
    found = next((each for each in mailboxes_of(actor, purpose) if each.name == name), None)
    if found is None:
        raise NotFound(_("There is no mailbox “{name}”.").format(name=name[:60]))
    return found


def _row(box: Mailbox, state: MailboxState | None) -> MailboxRow:
    return MailboxRow(
        box.pk, box.name, box.address, box.sender_name, box.host, box.port, box.security,
        box.user, box.folder, box.done_folder, box.signature, box.active, _health(box, state),
        state.read_at if state else None, state.error if state else "",
    )  # fmt: skip


def _health(box: Mailbox, state: MailboxState | None) -> str:
    if not box.active:
        return "stopped"
    if silent(state, box):
        return "silent"
    if state is None:
        return "unread"
    return "trouble" if state.error else "read"
