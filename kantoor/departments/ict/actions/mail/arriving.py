"""Mail that comes in: kept first, then put with its case; two acts, so that none is lost."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.opening import HANDLE
from kantoor.departments.ict.actions.mail.placing import place
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.deciding import not_placed
from kantoor.kernel.mail.keeping import keep_messages

PURPOSE = "ict"


@action(permission=HANDLE, title=_("Keep mail"), hidden=True)
def keep_mail(
    actor: Actor, /, *, contents: Sequence[bytes], mailbox_id: int | None = None
) -> list[int]:
    """Keep messages as they came; gives the keys of their rows, of known ones the earlier key."""
    kept = keep_messages(actor, contents, purpose=PURPOSE, mailbox_id=mailbox_id)
    return [arrival.row.pk for arrival in kept]


@action(permission=HANDLE, title=_("Put mail with its cases"), hidden=True)
def place_mail(actor: Actor, /, *, mail_ids: Sequence[int]) -> int:
    """Put messages that were kept with their cases, or hold them; gives how many were new."""
    arrived = not_placed(actor, PURPOSE, mail_ids)
    place(actor, arrived)
    return len(arrived)
