"""Which items one may see: every page, feed, search, screen and answer asks here and nowhere else.

An embargo holds because nothing else asks: a press release that is not out is there for its
owner, who wrote at it, and who has SEE_EMBARGOED; for all others it does not exist.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from kantoor.departments.communication.department import READ_ITEMS, SEE_EMBARGOED, SEE_NEWS
from kantoor.departments.communication.models import Audience, Item, ItemText
from kantoor.departments.communication.models.items.item import PRESS, PUBLISHED, WITHDRAWN
from kantoor.departments.communication.queries.audiences.resolving import audiences_with
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.parties.models import PartyUser
from kantoor.kernel.queries import scoped


def visible_items(actor: Actor) -> QuerySet[Item]:
    """All items that one may see, in any state: the desk's registers, records and search.

    With READ_ITEMS all but press releases of others that are not out; else one's own, and what
    is published for one (also what left the pages by itself; what was withdrawn is not, see
    `withdrawn_for`).
    """
    found = scoped(actor, Item)
    if actor.may(READ_ITEMS):
        if actor.may(SEE_EMBARGOED):
            return found
        return found.filter(~Q(kind=PRESS, published_at=None) | _own(actor))
    return found.filter(Q(state=PUBLISHED) & _for(actor, ended=True) | _own(actor))


def news_for(actor: Actor, *, ended: bool = False) -> QuerySet[Item]:
    """What is published on the intranet for the actor: by audience, and not withdrawn.

    What left the pages by itself is in it only when `ended` is asked. In no order.
    """
    found = scoped(actor, Item).filter(state=PUBLISHED, on_intranet=True)
    return found.filter(_for(actor, ended=ended))


def withdrawn_for(actor: Actor) -> QuerySet[Item]:
    """What was published on the intranet for the actor and withdrawn: only that and why is told."""
    found = scoped(actor, Item).filter(state=WITHDRAWN, on_intranet=True)
    return found.filter(_for(actor, ended=True))


def public_items(company_id: int) -> QuerySet[Item]:
    """What the world may read of a company: published on its press page, and not ended."""
    now = timezone.now()
    found = Item.objects.filter(company_id=company_id, state=PUBLISHED, on_press_page=True)
    return found.filter(_not_ended(), published_at__lte=now)


def public_withdrawn(company_id: int) -> QuerySet[Item]:
    """What the world could read and was withdrawn: only that and why is told, no text."""
    return Item.objects.filter(company_id=company_id, state=WITHDRAWN, on_press_page=True)


def screen_items(company_id: int) -> QuerySet[Item]:
    """What is on the screens in the hall: published for them, and not ended."""
    now = timezone.now()
    found = Item.objects.filter(company_id=company_id, state=PUBLISHED, on_screens=True)
    return found.filter(_not_ended(), published_at__lte=now)


def party_of(actor: Actor) -> int | None:
    """The party that somebody who is signed in is in this company, if any."""
    if actor.user_id is None:
        return None
    found = PartyUser.objects.filter(company_id=actor.company_id, user_id=actor.user_id)
    return found.values_list("party_id", flat=True).first()


def _for(actor: Actor, *, ended: bool) -> Q:
    """What was published for the actor by its audience."""
    if not actor.may(SEE_NEWS):
        return Q(pk__in=[])
    meant = Q(audience=None) | Q(audience__in=_audiences(actor))
    out = Q(state__in=(PUBLISHED, WITHDRAWN), published_at__lte=timezone.now())
    return out & meant & (Q() if ended else _not_ended())


def _own(actor: Actor) -> Q:
    """What one owns, or wrote a text of."""
    if actor.user_id is None:
        return Q(pk__in=[])
    wrote = ItemText.objects.filter(item=OuterRef("pk"), user_id=actor.user_id)
    return Q(owner_id=actor.user_id) | Q(Exists(wrote))


def _not_ended() -> Q:
    return Q(ends_at=None) | Q(ends_at__gt=timezone.now())


def _audiences(actor: Actor) -> Iterable[int]:
    """The audiences of published items that the actor is in."""
    party = party_of(actor)
    if party is None:
        return []
    used = Item.objects.filter(
        company_id=actor.company_id, state__in=(PUBLISHED, WITHDRAWN), audience__isnull=False
    )
    wanted = Audience.objects.filter(pk__in=used.values("audience_id"))
    return audiences_with(actor, party, list(wanted))
