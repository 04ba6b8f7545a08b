"""What hours say on Today: weeks that wait for one's decision, written or clocked."""

from django.utils.translation import ngettext

from kantoor.departments.hr.queries.times.sheets import sheets_waiting
from kantoor.departments.hr.queries.times.worked import worked_waiting
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.today import Card, today_card
from kantoor.kernel.ui.formats import number
from kantoor.kernel.ui.today_page import Waiting


@today_card("hr", permission="hr.use_own", order=35)
def hours_card(actor: Actor) -> Card:
    """Weeks of one's people."""
    count = sheets_waiting(actor)
    if not count:
        return Card()
    words = ngettext("%(n)s timesheet waits for you", "%(n)s timesheets wait for you", count)
    return Card(waiting=[Waiting(words % {"n": number(count)}, "/hr/hours-to-decide", "")])


@today_card("hr", permission="hr.use_own", order=36)
def worked_card(actor: Actor) -> Card:
    """Weeks that one's people clocked."""
    count = worked_waiting(actor)
    if not count:
        return Card()
    words = ngettext(
        "%(n)s week of worked time waits for you", "%(n)s weeks of worked time wait for you", count
    )
    return Card(waiting=[Waiting(words % {"n": number(count)}, "/hr/worked-to-approve", "")])
