"""What is noted of who follows a link or opens a mail: how often, and by whom only if they agreed."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import SEND_MAILINGS
from kantoor.departments.communication.models import MailingTo
from kantoor.departments.communication.queries.mailings.agreed import who_is_measured
from kantoor.departments.communication.queries.mailings.links import links_of
from kantoor.departments.communication.queries.mailings.tokens import OWN_LINK
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.tokens import Thread


@action(permission=SEND_MAILINGS, title=_("Note that a link was followed"), hidden=True)
def note_followed(actor: Actor, /, *, letter: str, thing: int, number: int) -> str:
    """Count a link, and note who followed it where they agreed; gives its address, or nothing."""
    found = links_of(actor, Thread(letter, thing, number)).select_for_update(of=("self",)).first()
    if found is None:
        return ""
    found.followed += 1
    found.save()
    if letter == OWN_LINK:
        _who_still_agrees(actor, thing).filter(followed_at=None).update(followed_at=timezone.now())
    return found.address


@action(permission=SEND_MAILINGS, title=_("Note that a mail was opened"), hidden=True)
def note_opened(actor: Actor, /, *, thing: int) -> None:
    """Note that who agreed to it opened the mail, the first time they do."""
    _who_still_agrees(actor, thing).filter(opened_at=None).update(opened_at=timezone.now())


def _who_still_agrees(actor: Actor, thing: int) -> QuerySet[MailingTo]:
    """The recipient who agreed to be measured, unless they took that back since."""
    found = MailingTo.objects.filter(pk=thing, mailing__company=actor.company_id, measured=True)
    agree = who_is_measured(actor, list(found.values_list("address", flat=True)))
    return found.filter(address__in=agree)
