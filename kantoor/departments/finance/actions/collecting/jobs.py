"""What getting paid does by itself: recurring invoices are issued each morning."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.collecting.issuing import issue_recurring_invoices
from kantoor.departments.finance.models import RecurringInvoice
from kantoor.departments.finance.models.collecting import ACTIVE
from kantoor.kernel.actors.actor import console_actor
from kantoor.kernel.actors.days import furthest_day
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import DomainError
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work


def something_recurs() -> bool:
    """Whether a period begins today or began before, in any company."""
    return _due().exists()


@every(minutes=60, when=something_recurs)
@job(title=_("Issue recurring invoices"))
def issue_what_recurs(work: Work, /) -> None:
    """Issue the recurring invoices that are due, company by company, as the installation."""
    refused: DomainError | None = None
    for company in Company.objects.filter(pk__in=_due().values("company_id")).order_by("pk"):
        try:
            issue_recurring_invoices(console_actor(company))
        except DomainError as refusal:
            refused = refusal  # The others are issued all the same.
    if refused is not None:
        raise refused


def _due() -> "QuerySet[RecurringInvoice]":
    """What is due where the day has come; the action leaves out where it has not."""
    return RecurringInvoice.objects.filter(state=ACTIVE, next_on__lte=furthest_day())
