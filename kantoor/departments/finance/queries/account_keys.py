"""The keys of accounts by their codes, and the other way round, for pages that link to them."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import Account
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped


@query(permission="finance.read_ledger", title=_("The key of an account"))
def account_key(actor: Actor, /, *, code: str) -> int | None:
    """The key of the account with this code."""
    return scoped(actor, Account).filter(code=code).values_list("pk", flat=True).first()


@query(permission="finance.read_ledger", title=_("Codes of accounts"))
def account_codes(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, str]:
    """The codes of accounts by their keys."""
    found = scoped(actor, Account).filter(pk__in=list(keys)[:1000])
    return dict(found.values_list("pk", "code"))
