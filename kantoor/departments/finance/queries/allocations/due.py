"""What allocation keys would distribute in a period: line by line, so that it always adds up."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.errors import NothingToAllocate
from kantoor.departments.finance.models import AllocationKey, AllocationShare, Period
from kantoor.departments.finance.queries.ledger_lines import parted
from kantoor.departments.finance.schedules.shares import apportion
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import MICRO
from kantoor.kernel.queries import query, scoped
from kantoor.kernel.store.lookup import fetch


class Moved(NamedTuple):
    """What an account moved in a period on lines with these dimensions; debit positive."""

    account_id: int
    account: str
    dimension_set_id: int
    dimensions: dict[str, str]
    amount: int


class Share(NamedTuple):
    """A part of what moved, for a value of the key's dimension."""

    moved: Moved
    value: str
    amount: int


class SharedRow(msgspec.Struct, frozen=True, kw_only=True):
    """What an account would give to a value, in minor units, debit positive."""

    key: str
    account: str
    value: str
    value_name: str
    amount: int


class AllocationDue(msgspec.Struct, frozen=True, kw_only=True):
    """What the keys in use would distribute in a period; `faults` are keys that can't."""

    period: str
    start: date
    end: date
    currency: str
    rows: list[SharedRow]
    faults: list[str]


_MOVED = (
    "SELECT balance.account_id, account.code, balance.dimension_set_id, COALESCE(dims.key, ''),"
    " CAST(balance.debit - balance.credit AS bigint) FROM finance_account account"
    " JOIN finance_balance balance ON balance.account_id = account.id AND balance.period_id = %s"
    " LEFT JOIN finance_dimension_set dims ON dims.id = balance.dimension_set_id"
    " WHERE account.company_id = %s AND account.code >= %s AND account.code <= %s"
    " AND balance.debit <> balance.credit ORDER BY account.code, dims.key"
)


def moved_in(company_id: int, period_id: int, first: str, last: str) -> list[Moved]:
    """What accounts, by code, moved in a period, by dimensions; one statement."""
    rows = fetch(_MOVED, [period_id, company_id, first, last])
    return [
        Moved(a, code, dims, parted(key or None), amount) for a, code, dims, key, amount in rows
    ]


def shares_of(key: AllocationKey, company_id: int, period_id: int) -> list[Share]:
    """The parts that a key makes of what it distributes; raises NothingToAllocate.

    Each account and set of dimensions is divided by itself by the largest remainders, so that all
    parts together are what there was.
    """
    dimension = key.dimension.code
    source = [
        each
        for each in moved_in(company_id, period_id, key.first_account, key.last_account)
        if each.dimensions.get(dimension, "") == key.source
    ]
    if not source:
        return []
    weights = _weights(key, company_id, period_id)
    if not any(weights.values()):
        message = _("The shares of key {code} weigh nothing in this period.").format(code=key.code)
        raise NothingToAllocate(message, field="keys")
    values = list(weights)
    return [
        Share(each, value, part)
        for each in source
        for value, part in zip(values, apportion(each.amount, list(weights.values())), strict=True)
        if part
    ]


def _weights(key: AllocationKey, company_id: int, period_id: int) -> dict[str, int]:
    shares = AllocationShare.objects.filter(key=key).select_related("value").order_by("id")
    fixed = {each.value.code: int(each.weight * MICRO) for each in shares}
    if key.basis != "balances":
        return fixed
    found = dict.fromkeys(fixed, 0)
    for each in moved_in(company_id, period_id, key.first_basis, key.last_basis):
        value = each.dimensions.get(key.dimension.code, "")
        if value in found:
            found[value] += each.amount
    # Of income the credit side weighs: what points the way of most.
    sign = -1 if sum(found.values()) < 0 else 1
    return {value: max(0, sign * amount) for value, amount in found.items()}


def keys_in_use(actor: Actor, codes: Sequence[str] = ()) -> list[AllocationKey]:
    """The keys in use in order of code, or those of these codes."""
    found = scoped(actor, AllocationKey).filter(active=True).select_related("dimension")
    return list((found.filter(code__in=codes) if codes else found).order_by("code"))


@query(permission="finance.read_budgets", title=_("Costs to be distributed"), exposed=True)
def allocation_due(actor: Actor, /, *, on: date) -> AllocationDue:
    """What the keys would distribute in the period of a day; changes nothing.

    Keys that build on what an earlier one distributes show here what is there now.
    """
    period = (
        scoped(actor, Period)
        .filter(starts_on__lte=on, ends_on__gte=on)
        .select_related("year")
        .first()
    )
    if period is None:
        return AllocationDue(
            period="", start=on, end=on, currency=actor.currency, rows=[], faults=[]
        )
    rows: list[SharedRow] = []
    faults = []
    for key in keys_in_use(actor):
        names = _names(key)
        sums: dict[tuple[str, str], int] = {}
        try:
            for share in shares_of(key, actor.company_id, period.pk):
                place = (share.moved.account, share.value)
                sums[place] = sums.get(place, 0) + share.amount
        except NothingToAllocate as refusal:
            faults.append(str(refusal.message))
        rows += [
            SharedRow(
                key=key.code, account=account, value=value, value_name=names.get(value, value),
                amount=amount,
            )
            for (account, value), amount in sums.items()
        ]  # fmt: skip
    return AllocationDue(
        period=str(period),
        start=period.starts_on,
        end=period.ends_on,
        currency=actor.currency,
        rows=rows,
        faults=faults,
    )


def _names(key: AllocationKey) -> Mapping[str, str]:
    shares = AllocationShare.objects.filter(key=key).select_related("value")
    return {each.value.code: each.value.name for each in shares}
