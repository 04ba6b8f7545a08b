"""Leave that was cut short: who came back early, or fell ill in it, gets the hours back."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.leave.asking import about
from kantoor.departments.hr.actions.leave.deciding import OWN, refuse_others
from kantoor.departments.hr.actions.leave.finding import requests_by_number
from kantoor.departments.hr.actions.leave.keeping import keep_ledgers
from kantoor.departments.hr.errors_leave import LeaveDecided, NotTheirs
from kantoor.departments.hr.models import LeaveDay, LeaveRequest
from kantoor.departments.hr.models.leave.requests import APPROVED
from kantoor.departments.hr.queries.leave.absence import days_sick
from kantoor.departments.hr.queries.leave.reckoning.days import WHOLE
from kantoor.departments.hr.queries.people.own import find_own_party
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput


@action(permission=OWN, title=_("End leave early"))
def end_leave_early(actor: Actor, /, *, number: str, back_on: date, why: str) -> None:
    """Let approved leave end the day before somebody was back; the hours from then on come back.

    For the manager or HR. Raises UnknownLeave, NotTheirs, LeaveDecided, or InvalidInput for a day
    that is not within it: leave that was not begun is cancelled.
    """
    row = _approved(actor, number)
    refuse_others(actor, [row])
    if not row.first < back_on <= row.last:
        message = _("Give a day after {first} and up to {last}; or cancel the leave.")
        said = message.format(first=row.first.isoformat(), last=row.last.isoformat())
        raise InvalidInput(said, field="back_on")
    if not why.strip() or len(why) > 300:
        raise InvalidInput(_("Say why, in at most 300 characters."), field="why")
    LeaveDay.objects.filter(request=row, day__gte=back_on).delete()
    row.last, row.last_part, row.answer = back_on - timedelta(days=1), WHOLE, why.strip()
    row.save()
    keep_ledgers(actor.company_id, {row.party_id})
    concerns(about(row))


@action(permission="hr.manage_sickness", title=_("Give back leave during sickness"))
def give_back_sick_leave(actor: Actor, /, *, number: str) -> int:
    """Give back the days of leave, up to today, on which somebody was reported wholly sick.

    Days of sickness are no days of leave unless the employee agrees (BW 7:637 and 7:638 lid 8).
    Gives how many days came back; again gives none. Raises UnknownLeave, LeaveDecided, NotTheirs
    for one's own.
    """
    row = _approved(actor, number)
    own = find_own_party(actor)
    if own is not None and row.party_id == own.pk:
        raise NotTheirs(_("This is your own leave; somebody else gives it back."), field="number")
    until = min(row.last, timezone.localdate())
    sick = days_sick(actor.company_id, row.party_id, row.first, until)
    gone = LeaveDay.objects.filter(request=row, day__in=sick)
    count = gone.count()
    if count:
        gone.delete()
        keep_ledgers(actor.company_id, {row.party_id})
        concerns(about(row))
    return count


def _approved(actor: Actor, number: str) -> LeaveRequest:
    row = requests_by_number(actor, [number])[0]
    if row.state != APPROVED:
        raise LeaveDecided(_("Only leave that was approved is cut short."), field="number")
    return row
