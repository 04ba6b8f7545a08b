"""Make, renew and withdraw the addresses by which one reads the intranet in another program."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import FEED, SEE_NEWS
from kantoor.departments.communication.queries.pages.feeds import NAME, feed_address_made
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.tokens import NewToken, create_token, revoke_token


@action(permission=SEE_NEWS, title=_("Make my feed addresses"), answers_secret=True)
def renew_feed_address(actor: Actor, /) -> NewToken:
    """Make the token of one's own feeds; one that was made before stops working at once.

    It opens the news and the calendar of events as one sees them, nothing else, and is shown this once.
    """
    if feed_address_made(actor) is not None:
        revoke_token(actor, name=NAME)
    return create_token(actor, name=NAME, scopes=[FEED])


@action(permission=SEE_NEWS, title=_("Withdraw my feed addresses"))
def withdraw_feed_address(actor: Actor, /) -> None:
    """End the addresses of one's own feeds; nobody reads them any more. Nothing where there are none."""
    if feed_address_made(actor) is not None:
        revoke_token(actor, name=NAME)
