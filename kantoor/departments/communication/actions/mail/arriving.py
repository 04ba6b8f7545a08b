"""Mail that comes in: kept first, then put where it belongs; two acts, so that none is lost."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.mail.arrived import Arrived
from kantoor.departments.communication.actions.mail.placing import place
from kantoor.departments.communication.department import HANDLE_QUESTIONS
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.mail.deciding import hold, not_placed
from kantoor.kernel.mail.keeping import keep_messages
from kantoor.kernel.mail.reading.kinds import sort_of

PURPOSE = "communication"


@action(permission=HANDLE_QUESTIONS, title=_("Keep mail"), hidden=True)
def keep_mail(
    actor: Actor, /, *, contents: Sequence[bytes], mailbox_id: int | None = None
) -> list[int]:
    """Keep messages as they came; gives the keys of their rows, of known ones the earlier key."""
    kept = keep_messages(actor, contents, purpose=PURPOSE, mailbox_id=mailbox_id)
    return [arrival.row.pk for arrival in kept]


@action(permission=HANDLE_QUESTIONS, title=_("Put mail where it belongs"), hidden=True)
def place_mail(actor: Actor, /, *, mail_ids: Sequence[int]) -> int:
    """Put messages that were kept with their questions, or hold them; gives how many were new."""
    found = not_placed(actor, PURPOSE, mail_ids)
    arrived = [Arrived(row, message, sort_of(message)) for row, message in found]
    place(actor, arrived)
    return len(arrived)


@action(permission=HANDLE_QUESTIONS, title=_("Hold mail"), hidden=True)
def hold_mail(actor: Actor, /, *, mail_ids: Sequence[int]) -> None:
    """Hold messages that could not be placed, so that a person looks at them."""
    hold(actor, PURPOSE, mail_ids)
