"""Whether one reads the leave calendar in a calendar program, and since when."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.leave.whose import OWN
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Token
from kantoor.kernel.queries import query

FEED = "hr.calendar_feed"
"""What the token in the address is limited to."""
NAME = "leave-calendar"
"""What the token is called among one's own."""


@query(permission=OWN, title=_("My address of the leave calendar"), exposed=True)
def calendar_address_made(actor: Actor, /) -> datetime | None:
    """When one last made the address of one's own feed, None when there is none that works.

    The address itself is shown when it is made, and kept nowhere.
    """
    rows = Token.objects.filter(user=actor.user_id or 0, company=actor.company_id, name=NAME)
    return rows.filter(revoked_at=None).values_list("created_at", flat=True).first()
