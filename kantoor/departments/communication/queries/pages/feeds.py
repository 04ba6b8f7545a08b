"""Whether one reads the intranet in another program, and since when."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import FEED, SEE_NEWS
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Token
from kantoor.kernel.queries import query

__all__ = ["FEED", "NAME", "feed_address_made"]

NAME = "intranet-feeds"
"""What the token is called among one's own."""


@query(permission=SEE_NEWS, title=_("My addresses of the intranet"), exposed=True)
def feed_address_made(actor: Actor, /) -> datetime | None:
    """When one last made the addresses of one's own feeds, None when none works.

    The addresses themselves are shown when they are made, and kept nowhere.
    """
    rows = Token.objects.filter(user=actor.user_id or 0, company=actor.company_id, name=NAME)
    return rows.filter(revoked_at=None).values_list("created_at", flat=True).first()
