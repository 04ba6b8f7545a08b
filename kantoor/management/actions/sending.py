"""Send the reports that are due: to each person once, whatever stops in between.

The PDF of a person is made before the act that sends it. That act keeps the file, puts the mail in
the queue and notes that it went, all or nothing; whoever is killed begins again with the people who
have none yet.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.text import slugify
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.errors import NotAllowed
from kantoor.kernel.files.files import store_file
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.queries import scoped
from kantoor.management.actions.schedules import MANAGE, about
from kantoor.management.due import last_due
from kantoor.management.errors import UnknownSchedule
from kantoor.management.letters import mailbox_of, reader_of, write_to
from kantoor.management.models import Card, ReportSchedule, ReportSent, ScheduleRecipient
from kantoor.management.models.dashboards import OBJECTIVES, TABLE
from kantoor.management.models.schedules import MONTHLY
from kantoor.management.print.month import report_pdf
from kantoor.management.queries.dashboards import title_of
from kantoor.management.queries.report import management_report

CLOSED, NO_ADDRESS, NOTHING = "closed", "no_address", "nothing"
"""Why somebody got none: their account is closed, has no address, or they may see nothing of it."""


@dataclass(frozen=True, slots=True)
class Due:
    """A report that somebody has to get yet."""

    schedule: ReportSchedule
    user: User
    at: datetime


def due_reports(now: datetime) -> Iterator[Due]:
    """Who has to get which report yet; of several moments gone by the last one alone."""
    if not settings.SMTP:
        return
    rows = ReportSchedule.objects.filter(active=True).select_related("company", "dashboard")
    for row in rows.order_by("pk"):
        at = last_due(row.rhythm, row.day, row.minute, row.company.zone, now)
        if at <= row.since:
            continue
        sent = ReportSent.objects.filter(schedule=row, due_at=at).values("user")
        left = ScheduleRecipient.objects.filter(schedule=row).exclude(user__in=sent)
        for each in left.select_related("user").order_by("user_id"):
            yield Due(row, each.user, at)


def anything_due() -> bool:
    """Whether somebody has to get a report."""
    return next(due_reports(timezone.now()), None) is not None


@every(minutes=1, when=anything_due)
@job(title=_("Send reports"))
def send_reports(work: Work, /) -> int:
    """Send each report that is due to each who has none yet; gives how many went."""
    found, sent = list(due_reports(timezone.now())), 0
    for place, due in enumerate(found):
        work.progress(place, len(found))
        company = due.schedule.company
        actor = console_actor(company)
        if mailbox_of(actor) is None:
            continue
        content, why = paper_for(due, company)
        sent += send_report(
            actor,
            schedule=due.schedule.pk,
            user=due.user.pk,
            due_at=due.at,
            content=content,
            why=why,
        )
    work.progress(len(found), len(found))
    return sent


def paper_for(due: Due, company: Company) -> tuple[bytes, str]:
    """The report as this person may see it, in their language; or why there is none."""
    reader = reader_of(due.user, company)
    if reader is None:
        return b"", CLOSED
    if not due.user.email.strip():
        return b"", NO_ADDRESS
    with override(due.user.language), timezone.override(ZoneInfo(company.zone)):
        month = None if due.schedule.rhythm == MONTHLY else timezone.localdate(due.at)
        try:
            report = management_report(reader, month=month)
        except NotAllowed:
            return b"", NOTHING
        title, only = "", None
        if due.schedule.dashboard is not None:
            title = title_of(reader, due.schedule.dashboard)
            cards = Card.objects.filter(dashboard=due.schedule.dashboard).order_by("place")
            only = [each.subject for each in cards if each.kind not in (TABLE, OBJECTIVES)]
        seen = {line.name for part in report.departments for line in part.figures}
        if not seen or (only is not None and not seen.intersection(only)):
            return b"", NOTHING
        return report_pdf(reader, report, title, only=only), ""


@action(permission=MANAGE, title=_("Send a report to somebody"), hidden=True)
def send_report(
    actor: Actor, /, *, schedule: int, user: int, due_at: datetime, content: bytes, why: str = ""
) -> bool:
    """Put a report in the queue of mail for somebody, unless they have it; whether it went."""
    row = (
        scoped(actor, ReportSchedule)
        .select_for_update(of=("self",))
        .select_related("dashboard")
        .filter(pk=schedule)
        .first()
    )
    if row is None or not ScheduleRecipient.objects.filter(schedule=row, user_id=user).exists():
        raise UnknownSchedule(_("There is no such report."), field="schedule")
    if ReportSent.objects.filter(schedule=row, user_id=user, due_at=due_at).exists():
        return False
    concerns(about(row))
    mail, box = None, mailbox_of(actor)
    if not why and box is not None:
        person = User.objects.get(pk=user)
        with override(person.language):
            title = _titled(row, person)
        file = store_file(
            actor, content=content, name=f"{slugify(title)}.pdf", media_type="application/pdf"
        )
        said = f"{due_at.isoformat()} {row.pk}"
        mail = write_to(
            actor, box, about(row), said, [person], lambda _user: _words(title), lambda _user: file
        )[0]
    ReportSent.objects.create(
        company_id=actor.company_id, schedule=row, user_id=user, due_at=due_at, mail=mail,
        why=why, at=timezone.now(),
    )  # fmt: skip
    return mail is not None


def _titled(row: ReportSchedule, person: User) -> str:
    if row.dashboard is None:
        return gettext("Management report")
    dutch = person.language.startswith("nl")
    return row.dashboard.title_nl if dutch else row.dashboard.title_en


def _words(title: str) -> tuple[str, str]:
    """Subject and text, in the language that holds."""
    body = gettext(
        "%(title)s is attached as PDF.\n\nIt has what your roles in Kantoor allow you to see: others"
        " get theirs. Who sets the reports can take you off."
    )
    return force_str(title), body % {"title": title}
