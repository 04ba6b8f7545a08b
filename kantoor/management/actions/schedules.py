"""Reports that go out by email by themselves: set and changed."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped
from kantoor.management.actions.checking import between, people
from kantoor.management.drafts import ScheduleChange, ScheduleDraft
from kantoor.management.due import minute_of
from kantoor.management.errors import UnknownDashboard, UnknownSchedule
from kantoor.management.models import Dashboard, ReportSchedule, ScheduleRecipient
from kantoor.management.models.schedules import MONTHLY, WEEKLY

MANAGE = "management.manage_reports"
MOST_RECIPIENTS = 200


@action(permission=MANAGE, title=_("Send a report by itself"))
def schedule_report(actor: Actor, /, *, report: ScheduleDraft) -> int:
    """Have a dashboard or the management report go out every so often; gives the key.

    Each gets what they may see themselves. Raises UnknownDashboard, NotFound for who has no account
    here, InvalidInput.
    """
    row = ReportSchedule(company_id=actor.company_id, since=timezone.now())
    if report.dashboard:
        row.dashboard = _dashboard(actor, report.dashboard)
    _fill(row, report.rhythm, report.day, report.time)
    row.save()
    _send_to(row, people(actor, report.recipients, "recipients"))
    concerns(about(row))
    return row.pk


@action(permission=MANAGE, title=_("Change a report that goes out"))
def change_schedule(actor: Actor, /, *, change: ScheduleChange) -> None:
    """Change when a report goes out and to whom, or send it no more (`active`).

    What was due before the change is not sent any more. Raises UnknownSchedule, NotFound,
    InvalidInput.
    """
    row = scoped(actor, ReportSchedule).select_for_update().filter(pk=change.schedule).first()
    if row is None:
        raise UnknownSchedule(_("There is no such report."), field="schedule")
    _fill(row, change.rhythm or row.rhythm, change.day or row.day, change.time or "")
    if change.active is not None:
        row.active = change.active
    row.since = timezone.now()
    row.save()
    if change.recipients is not None:
        _send_to(row, people(actor, change.recipients, "recipients"))
    concerns(about(row))


def about(row: ReportSchedule) -> str:
    """What acts on a report that goes out are about."""
    return f"management.schedule/{row.pk}"


def _fill(row: ReportSchedule, rhythm: str, day: int, time: str) -> None:
    row.rhythm = rhythm
    row.day = between(day, 1, 7 if rhythm == WEEKLY else 28 if rhythm == MONTHLY else 31, "day")
    if rhythm not in (WEEKLY, MONTHLY):
        row.day = 1
    if time or row.minute is None:
        minute = minute_of(time)
        if minute is None:
            raise InvalidInput(_("Write a time such as 07:30."), field="time")
        row.minute = minute


def _dashboard(actor: Actor, code: str) -> Dashboard:
    row = scoped(actor, Dashboard).filter(code=code.strip().lower(), ended_at=None).first()
    if row is None:
        message = _("There is no dashboard “{code}”.").format(code=code[:40])
        raise UnknownDashboard(message, field="dashboard")
    return row


def _send_to(row: ReportSchedule, users: Sequence[User]) -> None:
    """Let exactly these people get it."""
    if len(users) > MOST_RECIPIENTS:
        message = _("Name at most {most} people.").format(most=MOST_RECIPIENTS)
        raise InvalidInput(message, field="recipients")
    keep = {user.pk for user in users}
    there = {each.user_id: each.pk for each in ScheduleRecipient.objects.filter(schedule=row)}
    gone = [key for user, key in there.items() if user not in keep]
    if gone:
        ScheduleRecipient.objects.filter(pk__in=gone).delete()
    ScheduleRecipient.objects.bulk_create(
        ScheduleRecipient(schedule=row, user_id=key) for key in sorted(keep - set(there))
    )
