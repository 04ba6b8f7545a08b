"""Mailboxes of communication are read by themselves, and what came in is put where it belongs."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.mail.arriving import (
    PURPOSE,
    hold_mail,
    keep_mail,
    place_mail,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.mail.placing import Desk

DESK = Desk(PURPOSE, keep=keep_mail, place=place_mail, hold=hold_mail)


@every(seconds=60, when=DESK.any_mailbox)
@job(title=_("Read the mailboxes of communication"))
def read_communication_mailboxes(work: Work, /) -> int:
    """Read every mailbox of communication; gives how many messages came."""
    return DESK.read(work)


def place_new(actor: Actor) -> int:
    """Put all that was kept and not yet placed where it belongs; one that fails is held."""
    return DESK.place_new(actor)
