"""Mailboxes of the service desk: added, changed, stopped; and addresses that mail fails for."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.opening import HANDLE
from kantoor.departments.ict.actions.mail.arriving import PURPOSE
from kantoor.departments.ict.actions.watching.incidents import Found, begin_troubles, end_troubles
from kantoor.departments.ict.errors import KnownAlready, WrongState
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.mail.delivering import send_again
from kantoor.kernel.mail.mailboxes import MailboxChange, MailboxDraft, changed_mailbox, new_mailbox
from kantoor.kernel.mail.models import BOUNCED, FAILED, UNSURE, Mailbox, MailTo, Unreachable
from kantoor.kernel.mail.reading.addresses import canonical
from kantoor.kernel.queries import scoped

__all__ = ["MailboxChange", "MailboxDraft"]
MANAGE = "ict.manage_desk"


@action(permission=MANAGE, title=_("Add a mailbox"))
def add_mailbox(actor: Actor, /, *, mailbox: MailboxDraft) -> int:
    """Read a mailbox from now on. Raises KnownAlready, InvalidInput."""
    row = new_mailbox(actor, PURPOSE, mailbox, known=KnownAlready)
    concerns(f"kernel.mailbox/{row.pk}")
    return row.pk


@action(permission=MANAGE, title=_("Change a mailbox"))
def change_mailbox(actor: Actor, /, *, change: MailboxChange) -> None:
    """Change how a mailbox is read, or stop it. Raises NotFound, InvalidInput."""
    row = changed_mailbox(actor, PURPOSE, change)
    if not row.active:
        end_troubles(actor, [silence_of(row)])
    concerns(f"kernel.mailbox/{row.pk}")


@action(permission=HANDLE, title=_("Note whether mailboxes are read"), hidden=True)
def note_silence(actor: Actor, /, *, mailbox_id: int, silent: bool, error: str = "") -> None:
    """Begin the trouble of a mailbox that was not read for long, or end it as it is read again."""
    row = scoped(actor, Mailbox).filter(pk=mailbox_id).first()
    if row is None:
        raise NotFound(_("There is no such mailbox."), field="mailbox_id")
    if not silent:
        end_troubles(actor, [silence_of(row)])
        return
    text = _("The mailbox “{name}” ({address}) was not read for long. {error}")
    begin_troubles(
        actor,
        [
            Found(
                source=silence_of(row),
                about=f"kernel.mailbox/{row.pk}",
                title=str(_("Mailbox “{name}” can't be read").format(name=row.name)),
                text=str(text.format(name=row.name, address=row.address, error=error)).strip(),
                urgency=1,
            )
        ],
    )


def silence_of(mailbox: Mailbox) -> str:
    """The source of the trouble that a mailbox can't be read."""
    return f"mailbox:{mailbox.pk}"


@action(permission=HANDLE, title=_("Send mail again"), bulk_of="ict.resend_mail")
def resend_mails(actor: Actor, /, *, recipients: Sequence[int]) -> int:
    """Send again what failed, came back or is in doubt; gives how many. Raises WrongState."""
    rows = list(scoped(actor, MailTo).select_for_update().filter(pk__in=recipients))
    if len(rows) < len(set(recipients)):
        raise NotFound(_("There is no such mail."), field="recipients")
    for place, row in enumerate(rows, 1):
        if row.state not in (FAILED, BOUNCED, UNSURE):
            message = _("This was sent, or still waits to be.")
            raise WrongState(message, field="recipients", line=place)
    send_again(actor, rows)
    return len(rows)


@action(permission=HANDLE, title=_("Send a mail again"))
def resend_mail(actor: Actor, /, *, recipient: int) -> int:
    """Send one again."""
    return resend_mails(actor, recipients=[recipient])


@action(permission=HANDLE, title=_("Write to an address again"))
def write_again(actor: Actor, /, *, address: str) -> None:
    """Send mail again to an address that it came back from, since it works now."""
    wanted = canonical(address)
    rows = scoped(actor, Unreachable).filter(address=wanted, lifted_at=None)
    if not rows.exists():
        raise NotFound(_("Nothing keeps mail from this address."), field="address")
    rows.update(lifted_at=timezone.now())
