"""Where the links of a mailing lead, for who has the signed address of one."""

from django.db.models import QuerySet

from kantoor.departments.communication.models import MailingLink, MailingTo
from kantoor.departments.communication.queries.mailings.tokens import ANY_LINK, OWN_LINK
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.tokens import Thread


def links_of(actor: Actor, thread: Thread) -> QuerySet[MailingLink]:
    """The link that a token names, of a mailing or of the mail that one recipient got."""
    assert thread.letter in (ANY_LINK, OWN_LINK)
    found = MailingLink.objects.filter(mailing__company=actor.company_id, number=thread.person)
    if thread.letter == ANY_LINK:
        return found.filter(mailing=thread.thing)
    own = MailingTo.objects.filter(pk=thread.thing, mailing__company=actor.company_id)
    return found.filter(mailing__in=own.values("mailing"))


def linked_address(actor: Actor, thread: Thread) -> str:
    """Where it leads; empty where it is no link of ours."""
    return links_of(actor, thread).values_list("address", flat=True).first() or ""
