"""What the form that sends an item offers: items, audiences, and how far each reaches."""

from django.utils.translation import gettext, ngettext

from kantoor.departments.communication.models import Audience
from kantoor.departments.communication.models.items.item import PUBLISHED
from kantoor.departments.communication.queries.audiences.parts import is_part_of
from kantoor.departments.communication.queries.audiences.resolving import left_out, size_of
from kantoor.departments.communication.queries.items.visible import visible_items
from kantoor.departments.communication.queries.mailings.agreed import must_hear
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped

OFFERED = 100


def items_to_send(actor: Actor) -> dict[str, str]:
    """The items published last, by code."""
    found = visible_items(actor).filter(state=PUBLISHED).order_by("-published_at")
    return dict(found.values_list("code", "title")[:OFFERED])


def audience_names(actor: Actor) -> dict[str, str]:
    """The audiences in use, by code."""
    found = scoped(actor, Audience).filter(active=True).order_by("name")
    return dict(found.values_list("code", "name"))


def reach_in_words(actor: Actor, *, item: str, audience: str) -> list[str]:
    """To how many an item goes by mail, and how many are left out by why; nothing for unknown ones."""
    found = visible_items(actor).filter(code=item).select_related("audience").first()
    if found is None:
        return []
    chosen = found.audience
    if audience:
        chosen = scoped(actor, Audience).filter(code=audience, active=True).first()
        if chosen is None:
            return []
    if not is_part_of(actor, chosen, found.audience):
        return [gettext("It was not agreed to for all of these; choose its audience, or a part.")]
    must = must_hear(found, chosen.pk if chosen else None)
    count = size_of(actor, chosen, must=must)
    said = [
        ngettext("This goes to {n} address.", "This goes to {n} addresses.", count).format(n=count)
    ]
    out = left_out(actor, chosen, must=must)
    for number, words in (
        (out.no_consent, gettext("{n} did not agree to it")),
        (out.unsubscribed, gettext("{n} want no mail")),
        (out.bounced, gettext("{n} can't be reached")),
        (out.no_address, gettext("{n} have no address")),
    ):
        if number:
            said.append(words.format(n=number))
    return said
