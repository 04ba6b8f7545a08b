"""Make, renew and withdraw the address by which one reads the leave calendar in another program."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.leave.feed import FEED, NAME, calendar_address_made
from kantoor.departments.hr.queries.leave.whose import OWN
from kantoor.departments.hr.queries.people.own import own_party
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.tokens import NewToken, create_token, revoke_token


@action(permission=OWN, title=_("Make my calendar address"), answers_secret=True)
def renew_calendar_address(actor: Actor, /) -> NewToken:
    """Make the token of one's own feed; one that was made before stops working at once.

    It opens the feed alone, and is shown this once. Raises NotLinked.
    """
    own_party(actor)
    if calendar_address_made(actor) is not None:
        revoke_token(actor, name=NAME)
    return create_token(actor, name=NAME, scopes=[FEED])


@action(permission=OWN, title=_("Withdraw my calendar address"))
def withdraw_calendar_address(actor: Actor, /) -> None:
    """End the address of one's own feed; nobody reads it any more. Nothing where there is none."""
    if calendar_address_made(actor) is not None:
        revoke_token(actor, name=NAME)
