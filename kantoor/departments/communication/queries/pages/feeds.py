"""What other programs follow of the intranet, and whether one made addresses for that."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import SEE_NEWS
from kantoor.departments.communication.models.items.item import EVENT
from kantoor.departments.communication.queries.items.visible import news_for
from kantoor.departments.communication.queries.pages.telling import ItemTold, told
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Token
from kantoor.kernel.queries import query

NAME = "intranet-feeds"
"""What the token is called among one's own."""
IN_FEED, MOST_EVENTS = 30, 500
BACK = timedelta(days=92)


@query(permission=SEE_NEWS, title=_("My addresses of the intranet"), exposed=True)
def feed_address_made(actor: Actor, /) -> datetime | None:
    """When one last made the addresses of one's own feeds, None when none works.

    The addresses themselves are shown when they are made, and kept nowhere.
    """
    rows = Token.objects.filter(user=actor.user_id or 0, company=actor.company_id, name=NAME)
    return rows.filter(revoked_at=None).values_list("created_at", flat=True).first()


@query(permission=SEE_NEWS, title=_("News to follow"))
def news_to_follow(actor: Actor, /) -> list[ItemTold]:
    """The latest news for one, as feeds carry it."""
    found = news_for(actor).order_by("-published_at", "-pk")[:IN_FEED]
    return told(list(found), actor.language)


@query(permission=SEE_NEWS, title=_("Events to follow"))
def events_to_follow(actor: Actor, /) -> list[ItemTold]:
    """The events for one, from a quarter of a year ago on; of what was withdrawn nothing."""
    since = timezone.now() - BACK
    found = news_for(actor, ended=True).filter(kind=EVENT, event_from__gte=since)
    return told(list(found.order_by("event_from", "pk")[:MOST_EVENTS]), actor.language)
