"""Distribute the costs of a period by all keys, and take that back."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.booking import Booking, Leg, book
from kantoor.departments.finance.actions.dimension_sets import canonical, dimension_sets
from kantoor.departments.finance.actions.periods import Calendar, lock_company
from kantoor.departments.finance.actions.reversal import undo_entries
from kantoor.departments.finance.drafts import LineDraft
from kantoor.departments.finance.drafts_budgets import Allocated
from kantoor.departments.finance.errors import BudgetState, UnknownBudget, UnknownDimension
from kantoor.departments.finance.models import AllocationKey, AllocationRun
from kantoor.departments.finance.queries.allocations.due import Share, keys_in_use, shares_of
from kantoor.departments.finance.queries.calendar import period_end
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.queries import scoped
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.models import insert_rows

PERMISSION = "finance.allocate"
SERIES = "finance.allocation_run"


@action(permission=PERMISSION, title=_("Distribute costs"))
def post_allocations(actor: Actor, /, *, on: date, keys: Sequence[str] = ()) -> Allocated:
    """Distribute what is left of the period that a day is in, by all keys in use or these.

    In order of their codes, so that a key distributes what an earlier one brought. What is
    distributed stands on its values then, so a second run finds nothing and changes nothing.
    Each account is divided by the largest remainders and adds up to the cent. Raises
    UnknownBudget for a key, NothingToAllocate when the shares of one weigh nothing, ClosedPeriod;
    preview it with the query `allocation_due`.
    """
    company_id = actor.company_id
    lock_company(company_id)
    calendar = Calendar(actor)
    calendar.place(on.isoformat())
    end = period_end(company_id, on)
    period_id = calendar.place(end.isoformat()).period_id
    wanted = keys_in_use(actor, keys)
    if missing := set(keys) - {each.code for each in wanted}:
        message = _("There is no allocation key “{code}” in use.")
        raise UnknownBudget(message.format(code=sorted(missing)[0][:20]), field="keys")
    runs, entries, amount = [], [], 0
    for key in wanted:
        shares = shares_of(key, company_id, period_id)
        if not shares:
            continue
        run_id = take_ids(AllocationRun, 1)
        number = _number(actor)
        booking = Booking(end, key.name, f"{SERIES}/{run_id}", _legs(actor, key, shares), number)
        [entry] = book(actor, [booking], calendar)
        if entry is None:
            continue
        spread = sum(share.amount for share in shares)
        insert_rows(
            AllocationRun,
            [(run_id, company_id, number, key.pk, period_id, entry, spread, None, "")],
        )
        runs.append(number)
        entries.append(entry)
        amount += spread
        concerns(f"{SERIES}/{run_id}")
    numbers = entry_numbers(entries)
    return Allocated(runs=runs, entries=[numbers[each] for each in entries], amount=amount)


@action(permission=PERMISSION, title=_("Take back what was distributed"))
def reverse_allocation(actor: Actor, /, *, run: str, why: str) -> Allocated:
    """Take back a run by its number; the costs stand where they came from again.

    Raises UnknownBudget, BudgetState when it was taken back already or takes one back itself,
    ClosedPeriod, InvalidInput without a reason.
    """
    if not why.strip():
        raise InvalidInput(_("Say why."), field="why")
    lock_company(actor.company_id)
    found = scoped(actor, AllocationRun).filter(number=run).first()
    if found is None:
        message = _("There is no run “{number}” of a key.").format(number=run[:20])
        raise UnknownBudget(message, field="run")
    if found.reverses_id or AllocationRun.objects.filter(reverses=found).exists():
        words = _("{number} was taken back already, or takes a run back itself.")
        raise BudgetState(words.format(number=run), field="run")
    entry = undo_entries(actor, [found.entry_id], why.strip())[found.entry_id]
    run_id, number = take_ids(AllocationRun, 1), _number(actor)
    insert_rows(
        AllocationRun,
        [(run_id, actor.company_id, number, found.key_id, found.period_id, entry, -found.amount,
          found.pk, why.strip()[:200])],
    )  # fmt: skip
    concerns(f"{SERIES}/{run_id}")
    return Allocated(runs=[number], entries=[entry_numbers([entry])[entry]], amount=-found.amount)


def _number(actor: Actor) -> str:
    return f"K{take_numbers(f'{SERIES}/{actor.company_id}', 1):05}"


def _legs(actor: Actor, key: AllocationKey, shares: Sequence[Share]) -> list[Leg]:
    """Each share on the value that gets it, all of it off the lines that it came from."""
    code = key.dimension.code
    given = [{**share.moved.dimensions, code: share.value} for share in shares]
    sets = dimension_sets(
        actor, [LineDraft(account="", amount=0, dimensions=each) for each in given]
    )
    legs = []
    for share, dimensions in zip(shares, given, strict=True):
        target = sets.get(canonical(dimensions))
        if target is None:
            message = _("There is no {dimension} “{value}” in use.")
            raise UnknownDimension(message.format(dimension=code, value=share.value), field="keys")
        legs.append(Leg(share.moved.account_id, share.amount, target))
        legs.append(Leg(share.moved.account_id, -share.amount, share.moved.dimension_set_id))
    return legs
