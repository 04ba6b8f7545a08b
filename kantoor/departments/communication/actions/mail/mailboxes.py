"""Mailboxes of communication: added, changed, stopped. They are read, and mail goes out from them."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.mail.arriving import PURPOSE
from kantoor.departments.communication.department import MANAGE_CHANNELS
from kantoor.departments.communication.errors import KnownAlready
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.mailboxes import MailboxChange, MailboxDraft, changed_mailbox, new_mailbox

__all__ = ["MailboxChange", "MailboxDraft"]


@action(permission=MANAGE_CHANNELS, title=_("Add a mailbox"))
def add_mailbox(actor: Actor, /, *, mailbox: MailboxDraft) -> int:
    """Read a mailbox from now on, and write from it. Raises KnownAlready, InvalidInput."""
    row = new_mailbox(actor, PURPOSE, mailbox, known=KnownAlready)
    concerns(f"kernel.mailbox/{row.pk}")
    return row.pk


@action(permission=MANAGE_CHANNELS, title=_("Change a mailbox"))
def change_mailbox(actor: Actor, /, *, change: MailboxChange) -> None:
    """Change how a mailbox is read, or stop it. Raises NotFound, InvalidInput."""
    row = changed_mailbox(actor, PURPOSE, change)
    concerns(f"kernel.mailbox/{row.pk}")
