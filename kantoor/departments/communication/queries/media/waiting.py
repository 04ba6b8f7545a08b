"""Pictures in the inbox of who keeps the library: those whose rights end."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import MANAGE_MEDIA
from kantoor.departments.communication.queries.media.library import expiring
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.inboxes import Ask, Item, count_of, end_of, inbox_source


@inbox_source(
    "communication.pictures",
    title=_("Rights of pictures"),
    permission=MANAGE_MEDIA,
    count=count_of(expiring),
    order=55,
)
def pictures_waiting(actor: Actor, ask: Ask) -> Sequence[Item]:
    """Pictures whose rights end within a month, or ended a month ago at most, by that day."""
    return [
        Item(
            key=each.pk,
            title=each.title,
            detail=f"{each.owner} · {each.licence}",
            url=f"/communication/pictures/{each.code}",
            due=end_of(each.expires_on),
        )
        for each in ask.page_by_day(expiring(actor), day="expires_on")
        if each.expires_on
    ]
