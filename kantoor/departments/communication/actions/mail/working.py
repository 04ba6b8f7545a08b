"""Mailboxes of communication are read by themselves, and what came in is put where it belongs."""

import logging
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.mail.arriving import (
    PURPOSE,
    hold_mail,
    keep_mail,
    place_mail,
)
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.mail.fetching import read_mailbox
from kantoor.kernel.mail.models import NEW, Mailbox, MailIn
from kantoor.kernel.queries import scoped

log = logging.getLogger(__name__)
AT_ONCE = 50


def any_mailbox() -> bool:
    """Whether there is a mailbox to be read."""
    return Mailbox.objects.filter(purpose=PURPOSE, active=True).exists()


@every(seconds=60, when=any_mailbox)
@job(title=_("Read the mailboxes of communication"))
def read_communication_mailboxes(work: Work, /) -> int:
    """Read every mailbox of communication; gives how many messages came."""
    boxes = Mailbox.objects.filter(purpose=PURPOSE, active=True).select_related("company")
    count = 0
    for place, box in enumerate(boxes.order_by("pk")):
        work.progress(place, len(boxes), box.name)
        actor = console_actor(box.company)

        def keep(content: bytes, actor: Actor = actor, key: int = box.pk) -> None:
            keep_mail(actor, contents=[content], mailbox_id=key)

        count += read_mailbox(box, keep).read
        place_new(actor)
    return count


def place_new(actor: Actor) -> int:
    """Put all that was kept and not yet placed where it belongs; one that fails is held."""
    waiting = scoped(actor, MailIn).filter(purpose=PURPOSE, state=NEW).order_by("pk")
    keys = list(waiting.values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        _place_lot(actor, keys[start : start + AT_ONCE])
    return len(keys)


def _place_lot(actor: Actor, keys: Sequence[int]) -> None:
    try:
        place_mail(actor, mail_ids=keys)
    except Exception:
        log.exception("mail %s could not be placed at once", keys)
        if len(keys) == 1:
            hold_mail(actor, mail_ids=keys)
            return
        for key in keys:
            _place_lot(actor, [key])
