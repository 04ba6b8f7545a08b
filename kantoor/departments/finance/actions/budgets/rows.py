"""The rows of a budget's draft: typed or pasted in a grid, or read from CSV."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.budgets.budgets import PERMISSION, draft_of
from kantoor.departments.finance.actions.dimension_sets import canonical, dimension_sets
from kantoor.departments.finance.drafts import LineDraft
from kantoor.departments.finance.drafts_budgets import PERIODS, BudgetRow, BudgetSet
from kantoor.departments.finance.errors import UnknownAccount, UnknownDimension
from kantoor.departments.finance.models import BudgetAmount, BudgetVersion, Period
from kantoor.departments.finance.queries.accounts import Heading, headings
from kantoor.departments.finance.queries.budgets.plan import sign_of
from kantoor.departments.finance.queries.budgets.weights import last_year_weights
from kantoor.departments.finance.readers.budget_csv import read_budget
from kantoor.departments.finance.schedules.shares import apportion
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, InvalidInput, Refusals
from kantoor.kernel.money import LARGEST, exponent

MOST = 2_000


@action(permission=PERMISSION, title=_("Fill in a budget"))
def set_budget_rows(
    actor: Actor, /, *, budget: str, rows: Sequence[BudgetRow], replace: bool = True
) -> BudgetSet:
    """Give the draft of a budget its rows: all there are, or with `replace` false these beside them.

    A total is spread over the periods by the key of its row, so that it adds up to the cent
    (largest remainder). Raises UnknownBudget, BudgetState when it is approved, UnknownAccount,
    UnknownDimension, InvalidInput for a row that is there twice; several at once as Refusals.
    `line` is the row's place.
    """
    if len(rows) > MOST:
        message = _("A budget has {most} rows at most.").format(most=MOST)
        raise InvalidInput(message, field="rows")
    version = draft_of(actor, budget)
    found = _figures(actor, version, rows)
    old = BudgetAmount.objects.filter(version=version)
    if not replace:
        old = old.filter(account_id__in={account for account, _dims in found})
        kept = {(account, dims) for account, dims in found}
        old = old.filter(
            pk__in=[
                pk
                for pk, account, dims in old.values_list("pk", "account_id", "dimension_set_id")
                if (account, dims) in kept
            ]
        )
    old.delete()
    BudgetAmount.objects.bulk_create(
        [
            BudgetAmount(
                version=version,
                account_id=account,
                dimension_set_id=dimensions,
                number=number,
                amount=amount,
            )
            for (account, dimensions), amounts in found.items()
            for number, amount in enumerate(amounts, 1)
            if amount
        ]
    )
    concerns(f"finance.budget/{version.budget_id}")
    return BudgetSet(budget=budget, version=version.number, rows=len(found))


@action(permission=PERMISSION, title=_("Import a budget"))
def import_budget(actor: Actor, /, *, budget: str, text: str, replace: bool = True) -> BudgetSet:
    """Fill in the draft of a budget from CSV, as a spreadsheet saves or copies it.

    The first row names the columns: `account`, `dimension` (such as cost_centre=100, may be left
    out), and the numbers of the periods (1 to 12), or `total` and `key` (even, last_year).
    Amounts with a point, or a comma where cells are parted by semicolons or tabs. Raises what
    `set_budget_rows` raises, with the line of the text.
    """
    rows = read_budget(text, exponent(actor.currency))
    return set_budget_rows(actor, budget=budget, rows=rows, replace=replace)


def _figures(
    actor: Actor, version: BudgetVersion, rows: Sequence[BudgetRow]
) -> dict[tuple[int, int], list[int]]:
    """The amounts of each row by account and dimension set, in order of period."""
    known = {each.code: each for each in headings(actor)}
    periods = list(Period.objects.filter(year=version.budget.year).order_by("number"))
    drafts = {each.dimension: _dimensions(each.dimension) for each in rows}
    sets = dimension_sets(
        actor, [LineDraft(account="", amount=0, dimensions=each or {}) for each in drafts.values()]
    )
    wanted = {
        known[each.account].id for each in rows if each.key == "last_year" and each.account in known
    }
    weights = last_year_weights(actor.company_id, version.budget.year, wanted) if wanted else {}
    found: dict[tuple[int, int], list[int]] = {}
    errors: list[DomainError] = []
    for place, row in enumerate(rows, 1):
        line = row.line or place
        try:
            heading = _account(known, row, line)
            dimensions = _set(row, drafts[row.dimension], sets, line)
            if (heading.id, dimensions) in found:
                message = _("Account {code} is there twice with the same dimension.")
                raise InvalidInput(message.format(code=row.account), field="account", line=line)
            of = [max(0, sign_of(heading.kind) * each) for each in weights.get(heading.id, ())]
            found[heading.id, dimensions] = _amounts(row, len(periods), of, line)
        except DomainError as error:
            errors.append(error)
    if errors:
        raise errors[0] if len(errors) == 1 else Refusals(errors[:20])
    return found


def _account(known: Mapping[str, Heading], row: BudgetRow, line: int) -> Heading:
    if row.account not in known:
        message = _("There is no account “{code}”.").format(code=row.account[:20])
        raise UnknownAccount(message, field="account", line=line)
    return known[row.account]


def _dimensions(text: str) -> dict[str, str] | None:
    """The dimensions of `cost_centre=100|project=P7`; None when it can't be read."""
    if not text:
        return {}
    pairs = [part.partition("=") for part in text.split("|")]
    if not all(code and is_ and value for code, is_, value in pairs):
        return None
    return {code: value for code, _is, value in pairs}


def _set(
    row: BudgetRow, dimensions: Mapping[str, str] | None, sets: Mapping[str, int], line: int
) -> int:
    if dimensions == {}:
        return 0
    found = sets.get(canonical(dimensions)) if dimensions else None
    if found is None:
        message = _("There is no {dimension} in use; write it as cost_centre=100.")
        raise UnknownDimension(
            message.format(dimension=row.dimension[:60]), field="dimension", line=line
        )
    return found


def _amounts(row: BudgetRow, periods: int, weights: Sequence[int], line: int) -> list[int]:
    if row.key == "periods" and row.total is None:
        amounts = row.periods[:periods]
        if any(row.periods[periods:]):
            message = _("This year has {count} periods.").format(count=periods)
            raise InvalidInput(message, field=f"p{periods + 1}", line=line)
    else:
        if row.total is None or any(row.periods):
            words = _("Give a total to be spread, or figures by period; not both.")
            raise InvalidInput(words, field="total", line=line)
        even = [1] * periods
        use_last = row.key == "last_year" and len(weights) == periods and any(weights)
        amounts = apportion(row.total, weights if use_last else even)
    if any(abs(amount) > LARGEST // PERIODS for amount in amounts):
        raise InvalidInput(_("The amount is too large."), field="total", line=line)
    return amounts
