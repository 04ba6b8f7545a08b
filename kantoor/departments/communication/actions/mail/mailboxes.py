"""Mailboxes of communication: added, changed, stopped. They are read, and mail goes out from them."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.mail.arriving import PURPOSE
from kantoor.departments.communication.department import MANAGE_CHANNELS
from kantoor.departments.communication.errors import KnownAlready
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.mail.mailboxes import MailboxChange, MailboxDraft, change_row, new_mailbox
from kantoor.kernel.mail.models import Mailbox
from kantoor.kernel.queries import scoped

__all__ = ["MailboxChange", "MailboxDraft"]


@action(permission=MANAGE_CHANNELS, title=_("Add a mailbox"))
def add_mailbox(actor: Actor, /, *, mailbox: MailboxDraft) -> int:
    """Read a mailbox from now on, and write from it. Raises KnownAlready, InvalidInput."""
    if scoped(actor, Mailbox).filter(name=mailbox.name.strip()).exists():
        message = _("There is a mailbox “{name}” already.").format(name=mailbox.name)
        raise KnownAlready(message, field="name")
    row = new_mailbox(actor, PURPOSE, mailbox)
    concerns(f"kernel.mailbox/{row.pk}")
    return row.pk


@action(permission=MANAGE_CHANNELS, title=_("Change a mailbox"))
def change_mailbox(actor: Actor, /, *, change: MailboxChange) -> None:
    """Change how a mailbox is read, or stop it. Raises NotFound, InvalidInput."""
    row = scoped(actor, Mailbox).filter(purpose=PURPOSE, name=change.name).first()
    if row is None:
        message = _("There is no mailbox “{name}”.").format(name=change.name[:60])
        raise NotFound(message, field="name")
    change_row(row, change)
    concerns(f"kernel.mailbox/{row.pk}")
