"""What expenses say on Today: claims that wait for one's decision, or to be posted."""

from django.utils.translation import ngettext

from kantoor.departments.hr.queries.expenses.claims import (
    claims_to_check,
    claims_to_post,
    claims_waiting,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.today import Card, today_card
from kantoor.kernel.ui.formats import number
from kantoor.kernel.ui.today_page import Waiting


@today_card("hr", permission="hr.use_own", order=33)
def decisions_card(actor: Actor) -> Card:
    """Claims of one's people."""
    count = claims_waiting(actor)
    if not count:
        return Card()
    words = ngettext("%(n)s claim waits for you", "%(n)s claims wait for you", count)
    return Card(waiting=[Waiting(words % {"n": number(count)}, "/hr/claims-to-decide", "")])


@today_card("hr", permission="hr.post_expenses", order=34)
def posting_card(actor: Actor) -> Card:
    """Claims that were approved."""
    count = claims_to_post(actor)
    if not count:
        return Card()
    words = ngettext("%(n)s claim is to be posted", "%(n)s claims are to be posted", count)
    return Card(waiting=[Waiting(words % {"n": number(count)}, "/hr/claims?state=approved", "")])


@today_card("hr", permission="hr.manage_expenses", order=34)
def checking_card(actor: Actor) -> Card:
    """Claims that were approved, and that HR checks before they are posted."""
    count = claims_to_check(actor)
    if not count:
        return Card()
    words = ngettext("%(n)s claim is to be checked", "%(n)s claims are to be checked", count)
    return Card(waiting=[Waiting(words % {"n": number(count)}, "/hr/claims?state=to_check", "")])
