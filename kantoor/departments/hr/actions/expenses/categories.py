"""Kinds of expenses: added and changed, with their accounts checked against the chart."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import cost_accounts, tax_of_receipts
from kantoor.departments.hr.drafts_expenses import CategoryChange, CategoryDraft
from kantoor.departments.hr.errors_expenses import UnknownCategory
from kantoor.departments.hr.models import ExpenseCategory
from kantoor.departments.hr.models.expenses.category import RECEIPT
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, InvalidInput
from kantoor.kernel.queries import scoped

MANAGE = "hr.manage_expenses"
CHANGED = ("name", "account", "tax", "rate", "most_minor", "over", "receipt_from_minor", "active")
HIGHEST = 10**12
HIGHEST_RATE = Decimal(10_000)


@action(
    permission=MANAGE, title=_("Add expense categories"), bulk_of="hr.add_expense_category"
)  # fmt: skip
def add_expense_categories(actor: Actor, /, *, categories: Sequence[CategoryDraft]) -> list[str]:
    """Add kinds of expenses, all or none; gives their codes.

    Raises Conflict for a code that is there, InvalidInput with the field and the line.
    """
    known = set(scoped(actor, ExpenseCategory).values_list("code", flat=True))
    rows = []
    for place, each in enumerate(categories, 1):
        code = each.code.strip().lower()
        if not 0 < len(code) <= 20 or "/" in code:
            message = _("A code has 1 to 20 letters or digits.")
            raise InvalidInput(message, field="code", line=place)
        if code in known:
            taken = _("There is a category “{code}” already.").format(code=code)
            raise Conflict(taken, field="code", line=place)
        known.add(code)
        rows.append(
            ExpenseCategory(
                company_id=actor.company_id,
                code=code,
                kind=each.kind,
                **{name: getattr(each, name) for name in CHANGED if name != "active"},
            )
        )
    _refuse(actor, rows)
    ExpenseCategory.objects.bulk_create(rows)
    if len(rows) == 1:
        concerns(f"hr.expense_category/{rows[0].pk}")
    return [row.code for row in rows]


@action(permission=MANAGE, title=_("Add an expense category"))
def add_expense_category(actor: Actor, /, *, category: CategoryDraft) -> str:
    """Add one kind of expense; gives its code."""
    return add_expense_categories(actor, categories=[category])[0]


@action(permission=MANAGE, title=_("Change an expense category"))
def change_expense_category(actor: Actor, /, *, change: CategoryChange) -> None:
    """Change a kind of expense, or have it chosen no more (`active`); claims stay as they are.

    Raises UnknownCategory, InvalidInput.
    """
    rows = scoped(actor, ExpenseCategory).select_for_update()
    row = rows.filter(code=change.code.strip().lower()).first()
    if row is None:
        message = _("There is no category “{code}”.").format(code=change.code[:20])
        raise UnknownCategory(message, field="code")
    for name in CHANGED:
        if (value := getattr(change, name)) is not None:
            setattr(row, name, value)
    _refuse(actor, [row])
    row.save()
    concerns(f"hr.expense_category/{row.pk}")


def _refuse(actor: Actor, rows: Sequence[ExpenseCategory]) -> None:
    """Refuse accounts and tax codes that are not there, and numbers out of bounds."""
    today: date = timezone.localdate()
    accounts = cost_accounts(actor.company_id, {row.account for row in rows})
    for place, row in enumerate(rows, 1):
        row.name = row.name.strip()
        if not 0 < len(row.name) <= 100:
            raise InvalidInput(_("Give the name."), field="name", line=place)
        if row.account not in accounts:
            message = _("There is no account “{code}” that costs can be booked on.")
            said = message.format(code=row.account[:20])
            raise InvalidInput(said, field="account", line=place)
        if row.tax and not tax_of_receipts(actor, row.tax, today):
            message = _("There is no VAT on a receipt with the code “{code}”.")
            raise InvalidInput(message.format(code=row.tax[:20]), field="tax", line=place)
        for name in ("most_minor", "receipt_from_minor"):
            value = getattr(row, name)
            if value is not None and not 0 <= value <= HIGHEST:
                raise InvalidInput(_("Give an amount from nought up."), field=name, line=place)
        if row.rate is not None and not 0 < row.rate <= HIGHEST_RATE:
            beyond = _("A rate lies between 0 and {most}.").format(most=HIGHEST_RATE)
            raise InvalidInput(beyond, field="rate", line=place)
        if row.kind == RECEIPT and row.rate is not None:
            message = _("A receipt says its own amount; leave the rate empty.")
            raise InvalidInput(message, field="rate", line=place)
