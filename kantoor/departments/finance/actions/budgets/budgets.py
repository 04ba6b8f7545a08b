"""Draw up budgets, have a second person approve them, and revise what was approved."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.periods import (
    lock_company,
    open_calendar_year,
    opens_on_demand,
)
from kantoor.departments.finance.codes import account_code, required_name
from kantoor.departments.finance.dates import EARLIEST, LATEST
from kantoor.departments.finance.drafts_budgets import Control
from kantoor.departments.finance.errors import BudgetState, UnknownBudget
from kantoor.departments.finance.models import Budget, BudgetAmount, BudgetVersion, FiscalYear
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.errors import Conflict, InvalidInput
from kantoor.kernel.queries import scoped

PERMISSION = "finance.manage_budgets"


@action(permission=PERMISSION, title=_("Add a budget"))
def add_budget(
    actor: Actor, /, *, code: str, name: str, year: str, control: Control = "none"
) -> str:
    """Begin a budget of a fiscal year, as a draft without rows.

    `control` says what happens to purchases beyond it once it is approved. Raises InvalidInput
    for a code, name or year that can't be, Conflict for a code that is taken.
    """
    account_code(code)
    lock_company(actor.company_id)
    if scoped(actor, Budget).filter(code=code).exists():
        raise Conflict(_("There is a budget “{code}” already.").format(code=code), field="code")
    made = Budget.objects.create(
        company_id=actor.company_id,
        code=code,
        name=required_name(name, "name"),
        year=_year(actor, year),
        control=control,
    )
    BudgetVersion.objects.create(budget=made, number=1)
    concerns(f"finance.budget/{made.pk}")
    return code


def awaits_second(actor: Actor, parameters: Mapping[str, Any]) -> str | None:
    """Why a second person must approve: a plan is never one person's."""
    return str(_("A budget is approved by two people."))


@action(permission="finance.approve_budget", title=_("Approve a budget"), second_pair=awaits_second)
def approve_budget(actor: Actor, /, *, budget: str) -> int:
    """Approve the draft of a budget: from then on it counts, and is sealed.

    Waits for a second person. Gives the number of the version. Raises UnknownBudget, BudgetState
    when there is no draft, or one without rows.
    """
    found = draft_of(actor, budget)
    if not BudgetAmount.objects.filter(version=found).exists():
        raise BudgetState(_("The draft has no rows yet."), field="budget")
    found.state, found.approved_on = "approved", today_of(actor)
    found.save()
    concerns(f"finance.budget/{found.budget_id}")
    return found.number


@action(permission=PERMISSION, title=_("Revise a budget"))
def revise_budget(actor: Actor, /, *, budget: str, why: str) -> int:
    """Begin a new version of an approved budget, with its rows; it counts once it is approved.

    Gives its number. Raises UnknownBudget, BudgetState when there is a draft already, InvalidInput
    without a reason.
    """
    if not why.strip():
        raise InvalidInput(_("Say why."), field="why")
    found = _latest(actor, budget)
    if found.state == "draft":
        raise BudgetState(_("There is a draft already."), field="budget")
    made = BudgetVersion.objects.create(
        budget=found.budget, number=found.number + 1, why=why.strip()[:200]
    )
    BudgetAmount.objects.bulk_create(
        [
            BudgetAmount(
                version=made,
                account_id=each.account_id,
                dimension_set_id=each.dimension_set_id,
                number=each.number,
                amount=each.amount,
            )
            for each in BudgetAmount.objects.filter(version=found).order_by("id")
        ]
    )
    concerns(f"finance.budget/{found.budget_id}")
    return made.number


@action(permission=PERMISSION, title=_("Set the control of a budget"))
def control_budget(actor: Actor, /, *, budget: str, control: Control) -> None:
    """Say whether purchases beyond a budget are let through, warned of, or blocked."""
    found = _latest(actor, budget).budget
    found.control = control
    found.save()
    concerns(f"finance.budget/{found.pk}")


def draft_of(actor: Actor, code: str) -> BudgetVersion:
    """The draft of a budget, that nobody else changes now; raises UnknownBudget, BudgetState."""
    found = _latest(actor, code)
    if found.state != "draft":
        message = _("Version {number} is approved; revise the budget to change it.")
        raise BudgetState(message.format(number=found.number), field="budget")
    return found


def _latest(actor: Actor, code: str) -> BudgetVersion:
    lock_company(actor.company_id)
    versions = BudgetVersion.objects.filter(
        budget__company_id=actor.company_id, budget__code=code
    ).select_related("budget__year")
    found = versions.order_by("-number").first()
    if found is None:
        message = _("There is no budget “{code}”.").format(code=code[:20])
        raise UnknownBudget(message, field="budget")
    return found


def _year(actor: Actor, code: str) -> FiscalYear:
    """The fiscal year, opened when it is a calendar year that nobody booked in yet."""
    found = scoped(actor, FiscalYear).filter(code=code).first()
    if found is not None:
        return found
    plain = code.isascii() and code.isdigit() and EARLIEST <= int(code) <= LATEST
    if not plain or not opens_on_demand(actor.company_id):
        message = _("There is no fiscal year {year}; open it first.").format(year=code[:10])
        raise InvalidInput(message, field="year")
    return open_calendar_year(actor.company_id, int(code))
