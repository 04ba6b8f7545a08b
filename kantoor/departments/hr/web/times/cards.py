"""What hours say on Today: weeks that wait for one's decision, and a clock-out one forgot."""

from django.utils.translation import gettext, ngettext

from kantoor.departments.hr.queries.people.own import find_own_party
from kantoor.departments.hr.queries.times.sheets import sheets_waiting
from kantoor.departments.hr.queries.times.worked import my_forgotten_clock_out, worked_waiting
from kantoor.departments.hr.web.times.clock import MY_CLOCK
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.today import Card, today_card
from kantoor.kernel.ui.formats import moment, number
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


@today_card("hr", permission="hr.use_own", order=34)
def clock_card(actor: Actor) -> Card:
    """That one forgot to clock out, until the manager adds when one left."""
    if find_own_party(actor) is None:
        return Card()
    at = my_forgotten_clock_out(actor)
    if at is None:
        return Card()
    said = gettext("You clocked in on %(at)s, and not out") % {"at": moment(at)}
    hint = gettext("Tell your manager when you left; they can add it.")
    return Card(waiting=[Waiting(said, MY_CLOCK.url, hint)])
