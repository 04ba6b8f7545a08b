"""Which approved claims HR has to check before they are posted."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.models import ExpenseSettings
from kantoor.departments.hr.models.expenses.claim import APPROVED
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query

if TYPE_CHECKING:
    from kantoor.departments.hr.models import ExpenseClaim

TO_CHECK = "to_check"
"""The state of a claim that is approved, and that HR has to check yet."""


@query(permission="hr.read_expenses", title=_("From which amount claims are checked"), exposed=True)
def claims_checked_from(actor: Actor, /) -> int | None:
    """The least amount of a claim that HR checks, in minor units; None where it checks none."""
    return checked_from(actor.company_id)


def checked_from(company_id: int) -> int | None:
    """The same, for HR's own functions."""
    row = ExpenseSettings.objects.filter(company_id=company_id).order_by("-pk").first()
    return row.check_from_minor if row else None


def unchecked(least: int | None) -> Q:
    """The claims that wait for HR's check, where it checks from `least` on."""
    if least is None:
        return Q(pk__in=[])
    return Q(state=APPROVED, checked_at=None, amount__gte=least)


def state_of(claim: "ExpenseClaim", least: int | None) -> str:
    """The state of a claim as people see it: approved, or still to be checked."""
    waits = claim.state == APPROVED and claim.checked_at is None
    return TO_CHECK if waits and least is not None and claim.amount >= least else claim.state
