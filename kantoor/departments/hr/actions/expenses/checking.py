"""HR's own check of claims between the manager's approval and the books (decision 0165)."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.expenses.finding import locked_claims, refuse_own
from kantoor.departments.hr.errors_expenses import ClaimState, SameEyes
from kantoor.departments.hr.models import ExpenseClaim, ExpenseSettings
from kantoor.departments.hr.models.expenses.claim import APPROVED
from kantoor.departments.hr.queries.expenses.checking import TO_CHECK, checked_from, state_of
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput

MANAGE = "hr.manage_expenses"
HIGHEST = 10**12


@action(permission=MANAGE, title=_("Set from which amount claims are checked"))
def set_expense_check(actor: Actor, /, *, check_from_minor: int | None = None) -> None:
    """Have HR check approved claims of this amount and more before they are posted.

    In minor units; 0 is every claim, none is no claim. It holds for claims that are approved and
    not posted yet, too. Raises InvalidInput.
    """
    if check_from_minor is not None and not 0 <= check_from_minor <= HIGHEST:
        raise InvalidInput(_("Give an amount from nought up."), field="check_from_minor")
    if check_from_minor != checked_from(actor.company_id):
        ExpenseSettings.objects.create(
            company_id=actor.company_id, check_from_minor=check_from_minor, set_at=timezone.now()
        )


@action(permission=MANAGE, title=_("Check claims"), bulk_of="hr.check_claim")
def check_claims(actor: Actor, /, *, claims: Sequence[str]) -> None:
    """Say that approved claims are right, so that they can be posted.

    Somebody else does it than who approved them. Raises UnknownClaim, ClaimState, OwnClaim,
    SameEyes.
    """
    rows = locked_claims(actor, claims, [APPROVED], None)
    refuse_own(actor, rows)
    now = timezone.now()
    for place, row in enumerate(rows, 1):
        if row.decided_by_id == actor.user_id:
            message = _("You approved {number}; somebody else checks it.")
            raise SameEyes(message.format(number=row.number), field="claims", line=place)
        row.checked_at, row.checked_by_id = now, actor.user_id
    ExpenseClaim.objects.bulk_update(rows, ["checked_at", "checked_by"])


@action(permission=MANAGE, title=_("Check a claim"))
def check_claim(actor: Actor, /, *, claim: str) -> None:
    """Say that one approved claim is right."""
    check_claims(actor, claims=[claim])


def refuse_unchecked(company_id: int, rows: Sequence[ExpenseClaim]) -> None:
    """Raise ClaimState for the first claim that HR has to check yet."""
    least = checked_from(company_id)
    for place, row in enumerate(rows, 1):
        if state_of(row, least) == TO_CHECK:
            message = _("HR has to check {number} first.").format(number=row.number)
            raise ClaimState(message, field="claims", line=place)
