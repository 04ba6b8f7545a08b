"""Mail who forgot to clock out, while they still know when they left: once for each time."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.letters import letters_due, page_at, write_once
from kantoor.departments.hr.actions.times.deciding import MANAGE
from kantoor.departments.hr.models import ClockMark
from kantoor.departments.hr.queries.times.clocked import forgotten_since
from kantoor.departments.hr.reckoning.clock import Mark
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.mail.models import Mailbox
from kantoor.kernel.ui.formats import moment

ABOUT = "hr.clock_out"
LATELY = timedelta(days=3)
"""What was forgotten longer ago, nobody is mailed of any more."""


def anybody_in() -> bool:
    """Whether anybody pressed the clock lately in a company that has a mailbox to write from."""
    companies = Mailbox.objects.filter(active=True).values("company_id")
    since = timezone.now() - LATELY
    return ClockMark.objects.filter(company_id__in=companies, at__gte=since).exists()


@action(permission=MANAGE, title=_("Mail who forgot to clock out"))
def mail_forgotten_clock_outs(actor: Actor, /) -> int:
    """Mail everybody who forgot to clock out lately, once for each time; gives how many people.

    Nobody where the company has no mailbox to write from.
    """
    marks = _forgotten(actor)
    return len(write_once(actor, ABOUT, _said(marks), lambda key: _words(marks[key])) or ())


def _forgotten(actor: Actor) -> Mapping[int, Mark]:
    now = timezone.now()
    return forgotten_since(actor.company_id, now - LATELY, now)


def _said(marks: Mapping[int, Mark]) -> dict[int, str]:
    return {party: str(mark.id) for party, mark in marks.items()}


def _words(mark: Mark) -> tuple[str, str]:
    """Subject and text in the language that holds."""
    first = gettext("You clocked in on {at}, and not out.").format(at=moment(mark.local))
    last = gettext("Tell your manager when you left; they can add it.")
    text = "\n\n".join(filter(None, [first, last, page_at("/hr/my-clock")]))
    return gettext("You forgot to clock out"), text


@every(minutes=30, when=anybody_in)
@job(title=_("Mail who forgot to clock out"), quick=True)
def remind_of_clock_outs(work: Work, /) -> int:
    """Mail in all companies where somebody is not told yet; gives how many people forgot."""
    since, count = timezone.now() - LATELY, 0
    companies = ClockMark.objects.filter(at__gte=since).values("company_id")
    for company in Company.objects.filter(pk__in=companies).order_by("pk"):
        actor = console_actor(company)
        due = letters_due(actor, ABOUT, _said(_forgotten(actor)))
        if due is not None and due.fresh:
            count += mail_forgotten_clock_outs(actor)
    return count
