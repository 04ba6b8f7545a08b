"""Accrue costs and income that no invoice came of yet, and reverse that, by itself or by hand."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.booking import Booking, Leg, book
from kantoor.departments.finance.actions.dimension_sets import canonical, dimension_sets
from kantoor.departments.finance.actions.inserting import insert_keyed
from kantoor.departments.finance.actions.periods import Calendar, lock_company
from kantoor.departments.finance.actions.reversal import undo_entries
from kantoor.departments.finance.codes import required_name
from kantoor.departments.finance.drafts import LineDraft
from kantoor.departments.finance.drafts_spreading import AccrualDraft, AccrualKind, Accrued
from kantoor.departments.finance.errors import SpreadState, UnknownDimension, UnknownSpread
from kantoor.departments.finance.models import Accrual, Entry
from kantoor.departments.finance.models.receivables import CONTROL_ROLES
from kantoor.departments.finance.queries.account_keys import keys_of_accounts, named_first
from kantoor.departments.finance.queries.accounts import in_words
from kantoor.departments.finance.queries.calendar import period_end
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.departments.finance.queries.roles import account_with_role, accounts_by_role
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, InvalidInput, Refusals
from kantoor.kernel.money import LARGEST
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.queries import scoped
from kantoor.kernel.store.ids import take_ids

PERMISSION = "finance.spread"
SERIES = "finance.accrual"
ROLES = {"cost": "accrued_expenses", "income": "accrued_income"}
MOST = 2_000
DAY = timedelta(days=1)


@action(permission=PERMISSION, title=_("Accrue costs and income"), bulk_of="finance.accrue_one")
def accrue(actor: Actor, /, *, accruals: Sequence[AccrualDraft]) -> Accrued:
    """Book costs and income of a period that no invoice came of yet, and at once their reversals.

    Each is reversed on the day after its period unless said otherwise, so that the invoice books
    the cost but once. Raises UnknownAccount, UnknownDimension, ClosedPeriod, InvalidInput;
    several at once as Refusals. `line` is the place among those given.
    """
    if not 0 < len(accruals) <= MOST:
        message = _("Name 1 to {most} accruals.").format(most=MOST)
        raise InvalidInput(message, field="accruals")
    lock_company(actor.company_id)
    first = take_ids(Accrual, len(accruals))
    rows, bookings = _fresh(actor, accruals, first)
    calendar = Calendar(actor)
    entries = book(actor, bookings, calendar)
    number = take_numbers(f"{SERIES}/{actor.company_id}", len(rows))
    for place, (row, entry) in enumerate(zip(rows, entries, strict=True)):
        assert entry is not None, "an accrual moves two accounts"
        row.number, row.entry_id = f"R{number + place:05}", entry
    insert_keyed(Accrual, rows, first)
    back: dict[date, list[int]] = {}
    for row in rows:
        if row.reverses_on:
            back.setdefault(row.reverses_on, []).append(row.entry_id)
    why = in_words(actor, _("accrual"))
    for day, keys in sorted(back.items()):
        undo_entries(actor, keys, why, day)
    if len(rows) == 1:
        concerns(f"{SERIES}/{rows[0].pk}")
    return Accrued(
        numbers=[row.number for row in rows],
        amount=sum(row.amount for row in rows),
        reversed=sum(len(keys) for keys in back.values()),
    )


@action(permission=PERMISSION, title=_("Accrue a cost or income"))
def accrue_one(
    actor: Actor,
    /,
    *,
    date: date,
    amount: int,
    result_account: str,
    text: str,
    kind: AccrualKind = "cost",
    balance_account: str = "",
    reverses_on: date | None = None,
    until_invoiced: bool = False,
    dimensions: Mapping[str, str] | None = None,
) -> Accrued:
    """Accrue one cost or income. Raises what `accrue` raises."""
    draft = AccrualDraft(
        kind=kind, date=date, amount=amount, result_account=result_account, text=text,
        balance_account=balance_account, reverses_on=reverses_on, until_invoiced=until_invoiced,
        dimensions=dimensions or {},
    )  # fmt: skip
    return accrue(actor, accruals=[draft])


@action(permission=PERMISSION, title=_("Reverse an accrual"))
def reverse_accrual(actor: Actor, /, *, accrual: str, on: date) -> str:
    """Reverse an accrual that waited for its invoice; gives the number of the reversal.

    Raises UnknownSpread, SpreadState when it was reversed already, ClosedPeriod, InvalidInput for
    a day before it.
    """
    found = scoped(actor, Accrual).filter(number=accrual).first()
    if found is None:
        message = _("There is no accrual “{number}”.").format(number=accrual[:20])
        raise UnknownSpread(message, field="accrual")
    if Entry.objects.filter(reverses_id=found.entry_id).exists():
        message = _("{number} was reversed already.").format(number=accrual)
        raise SpreadState(message, field="accrual")
    why = in_words(actor, _("accrual"))
    key = undo_entries(actor, [found.entry_id], why, on)[found.entry_id]
    concerns(f"{SERIES}/{found.pk}")
    return entry_numbers([key])[key]


def _fresh(
    actor: Actor, accruals: Sequence[AccrualDraft], first: int
) -> tuple[list[Accrual], list[Booking]]:
    roles = accounts_by_role(actor.company_id)
    results = named_first([each.result_account for each in accruals])
    balances = named_first([each.balance_account for each in accruals])
    accounts = {
        **keys_of_accounts(actor.company_id, results, "result_account"),
        **keys_of_accounts(actor.company_id, balances, "balance_account"),
    }
    sets = dimension_sets(
        actor, [LineDraft(account="", amount=0, dimensions=each.dimensions) for each in accruals]
    )
    sets[""] = 0
    rows, bookings = [], []
    errors: list[DomainError] = []
    for place, draft in enumerate(accruals, 1):
        try:
            row = _row(actor, draft, accounts, roles, place)
            dimensions = sets.get(canonical(draft.dimensions))
            if dimensions is None:
                message = _("There is no such value of a dimension in use.")
                raise UnknownDimension(message, field="dimensions", line=place)
        except DomainError as error:
            errors.append(error)
            continue
        sign = 1 if draft.kind == "cost" else -1
        legs = [
            Leg(row.result_account_id, sign * draft.amount, dimensions),
            Leg(row.balance_account_id, -sign * draft.amount, dimensions),
        ]
        rows.append(row)
        bookings.append(Booking(draft.date, row.text, f"{SERIES}/{first + place - 1}", legs))
    if errors:
        raise errors[0] if len(errors) == 1 else Refusals(errors[:20])
    return rows, bookings


def _row(
    actor: Actor,
    draft: AccrualDraft,
    accounts: Mapping[str, tuple[int, str]],
    roles: dict[str, int],
    place: int,
) -> Accrual:
    text = required_name(draft.text, "text", place)
    if not 0 < draft.amount <= LARGEST:
        raise InvalidInput(_("Accrue an amount above nothing."), field="amount", line=place)
    for field in ("result_account", "balance_account"):
        code = getattr(draft, field)
        if code and accounts[code][1] in CONTROL_ROLES:
            message = _("Account {code} is kept item by item; choose another.").format(code=code)
            raise InvalidInput(message, field=field, line=place)
    result = accounts[draft.result_account][0] if draft.result_account else 0
    if not result:
        unsaid = _("Say on which account it is a cost or income.")
        raise InvalidInput(unsaid, field="result_account", line=place)
    balance = (
        accounts[draft.balance_account][0]
        if draft.balance_account
        else account_with_role(roles, ROLES[draft.kind])
    )
    if balance == result:
        words = _("It can't go from an account to that account.")
        raise InvalidInput(words, field="result_account", line=place)
    reverses_on = draft.reverses_on
    if reverses_on is None and not draft.until_invoiced:
        reverses_on = period_end(actor.company_id, draft.date) + DAY
    if reverses_on is not None and reverses_on < draft.date:
        words = _("It is reversed on its own day or later.")
        raise InvalidInput(words, field="reverses_on", line=place)
    return Accrual(
        company_id=actor.company_id,
        kind=draft.kind,
        text=text,
        amount=draft.amount,
        date=draft.date,
        reverses_on=reverses_on,
        balance_account_id=balance,
        result_account_id=result,
    )
