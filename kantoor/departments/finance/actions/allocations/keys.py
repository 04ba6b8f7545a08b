"""Allocation keys: add one, say what its shares weigh, take it out of use."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.periods import lock_company
from kantoor.departments.finance.codes import account_code, required_name
from kantoor.departments.finance.drafts_budgets import Basis, ShareDraft
from kantoor.departments.finance.errors import UnknownBudget, UnknownDimension
from kantoor.departments.finance.exact import in_millionths
from kantoor.departments.finance.models import (
    AllocationKey,
    AllocationShare,
    Dimension,
    DimensionValue,
)
from kantoor.departments.finance.queries.account_keys import keys_of_accounts
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, InvalidInput
from kantoor.kernel.queries import scoped

PERMISSION = "finance.manage_budgets"
MOST = 500


@action(permission=PERMISSION, title=_("Add an allocation key"))
def add_allocation_key(
    actor: Actor,
    /,
    *,
    code: str,
    name: str,
    first_account: str,
    last_account: str,
    basis: Basis,
    shares: Sequence[ShareDraft],
    dimension: str = "cost_centre",
    source: str = "",
    first_basis: str = "",
    last_basis: str = "",
) -> str:
    """Add a key that distributes what accounts move in a period over values of a dimension.

    The accounts from `first_account` to `last_account`, of lines with the value `source` of the
    dimension, or without one. By `percentage` (together 100), by `figures` such as head count or
    square metres, or by `balances` of the accounts from `first_basis` to `last_basis`. Raises
    UnknownAccount, UnknownDimension, Conflict for a code that is taken, InvalidInput.
    """
    account_code(code)
    title = required_name(name, "name")
    lock_company(actor.company_id)
    if scoped(actor, AllocationKey).filter(code=code).exists():
        raise Conflict(_("There is a key “{code}” already.").format(code=code), field="code")
    owner = scoped(actor, Dimension).filter(code=dimension).first()
    if owner is None:
        message = _("There is no dimension “{code}”.").format(code=dimension[:30])
        raise UnknownDimension(message, field="dimension")
    _check_accounts(actor, first_account, last_account, "last_account")
    if basis == "balances":
        _check_accounts(actor, first_basis, last_basis, "last_basis")
    elif first_basis or last_basis:
        words = _("Accounts to weigh by are for the basis of balances.")
        raise InvalidInput(words, field="first_basis")
    if source:
        _values(owner, [source], "source")
    checked = _shares(owner, basis, shares, source)
    made = AllocationKey.objects.create(
        company_id=actor.company_id,
        code=code,
        name=title,
        dimension=owner,
        source=source,
        first_account=first_account,
        last_account=last_account,
        basis=basis,
        first_basis=first_basis,
        last_basis=last_basis,
    )
    _write(made, checked)
    return code


@action(permission=PERMISSION, title=_("Set the shares of a key"))
def set_allocation_shares(actor: Actor, /, *, key: str, shares: Sequence[ShareDraft]) -> int:
    """Give a key other shares, from the next run on; gives how many.

    Raises UnknownBudget, UnknownDimension, InvalidInput.
    """
    found = _known(actor, key)
    checked = _shares(found.dimension, found.basis, shares, found.source)
    AllocationShare.objects.filter(key=found).delete()
    _write(found, checked)
    return len(checked)


@action(permission=PERMISSION, title=_("Retire an allocation key"))
def retire_allocation_key(actor: Actor, /, *, key: str) -> None:
    """Take a key out of use; what it distributed stays. Raises UnknownBudget."""
    found = _known(actor, key)
    found.active = False
    found.save()


def _known(actor: Actor, code: str) -> AllocationKey:
    lock_company(actor.company_id)
    found = scoped(actor, AllocationKey).select_related("dimension").filter(code=code).first()
    if found is None:
        message = _("There is no allocation key “{code}”.").format(code=code[:20])
        raise UnknownBudget(message, field="key")
    return found


def _check_accounts(actor: Actor, first: str, last: str, field: str) -> None:
    keys_of_accounts(actor.company_id, [first, last], field)
    if first > last:
        raise InvalidInput(_("The last account comes before the first."), field=field)


def _values(owner: Dimension, codes: Sequence[str], field: str) -> dict[str, DimensionValue]:
    found = {
        each.code: each
        for each in DimensionValue.objects.filter(dimension=owner, active=True, code__in=codes)
    }
    for place, code in enumerate(codes, 1):
        if code not in found:
            message = _("There is no {dimension} “{value}” in use.")
            raise UnknownDimension(
                message.format(dimension=owner.code, value=code[:30]), field=field, line=place
            )
    return found


def _shares(
    owner: Dimension, basis: str, shares: Sequence[ShareDraft], source: str
) -> list[tuple[DimensionValue, Decimal]]:
    if not 0 < len(shares) <= MOST:
        message = _("Name 1 to {most} shares.").format(most=MOST)
        raise InvalidInput(message, field="shares")
    codes = [each.value for each in shares]
    known = _values(owner, codes, "value")
    for place, each in enumerate(shares, 1):
        if codes.index(each.value) != place - 1 or each.value == source:
            twice = _("Each value gets one share, and what is distributed none.")
            raise InvalidInput(twice, field="value", line=place)
        scaled = in_millionths(each.weight)
        if scaled is None or scaled < 0 or scaled > 10**15:
            words = _("A weight is a number above nothing, with no more than six decimals.")
            raise InvalidInput(words, field="weight", line=place)
    whole = sum(each.weight for each in shares)
    if basis == "percentage" and whole != 100:
        message = _("The percentages add up to {sum}, and not to 100.").format(sum=whole)
        raise InvalidInput(message, field="shares")
    if basis == "figures" and not whole:
        raise InvalidInput(_("Say what the shares weigh."), field="shares")
    return [(known[each.value], each.weight) for each in shares]


def _write(key: AllocationKey, shares: Sequence[tuple[DimensionValue, Decimal]]) -> None:
    AllocationShare.objects.bulk_create(
        [AllocationShare(key=key, value=value, weight=weight) for value, weight in shares]  # type: ignore[misc]  # its stubs know no Decimal
    )
