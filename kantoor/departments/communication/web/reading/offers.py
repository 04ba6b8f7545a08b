"""Tell who is affected: offered on the record of anything of which that is known."""

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.affected import tells_affected
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.offers import offers_about
from kantoor.kernel.ui.listing import Act


@offers_about
def tell_who_is_affected(actor: Actor, reference: str) -> Act | None:
    """The button on a server, a service or a case, for who may write notices."""
    if not tells_affected(reference.partition("/")[0]):
        return None
    return act_for(
        actor,
        "communication.notify_affected",
        {"notice.about": reference},
        label=_("Tell who is affected"),
        icon="speakerphone",
    )
