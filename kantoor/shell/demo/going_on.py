"""The rest of the demonstration's sales, taken in by a job while the company is served."""

from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.models import Company
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.record.signing import sign_head
from kantoor.shell.demo.people import Staff
from kantoor.shell.demo.shop import book_sales, close_what_is_over


@job(title=_("Take in the rest of the demonstration"))
def go_on(work: Work, /, *, file: str) -> int:
    """Take in a file of which a part is there already; gives how many sales lines it has.

    What the first page does not wait for comes first: the procedures of the trading company.
    """
    _procedures()
    staff = Staff(Company.objects.get(pk=work.actor.company_id))
    booked = book_sales(staff, Path(file), lambda received: work.progress(received))
    close_what_is_over(staff, booked)
    sign_head()
    return booked.taken.received


def _procedures() -> None:
    """Put the procedures of the trading company to use, where it is there with its departments.

    Loaded when it is needed: every server knows this job, and hardly one performs it.
    """
    if not {"hr", "ict", "procedures"} <= set(settings.DEPARTMENTS):
        return
    processes = import_module("kantoor.shell.demo.trade.processes")
    company = Company.objects.filter(name=processes.BUYER).first()
    if company is not None:
        processes.have_procedures(company, timezone.localdate())
