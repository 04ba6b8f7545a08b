"""The keys of accounts by their codes, and the other way round, for pages that link to them."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.errors import UnknownAccount
from kantoor.departments.finance.models import Account
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped
from kantoor.kernel.store.lookup import fetch, rows_by_key


@query(permission="finance.read_ledger", title=_("The key of an account"))
def account_key(actor: Actor, /, *, code: str) -> int | None:
    """The key of the account with this code."""
    return scoped(actor, Account).filter(code=code).values_list("pk", flat=True).first()


@query(permission="finance.read_ledger", title=_("Codes of accounts"))
def account_codes(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, str]:
    """The codes of accounts by their keys."""
    found = scoped(actor, Account).filter(pk__in=list(keys)[:1000])
    return dict(found.values_list("pk", "code"))


def codes_of_all_accounts(company_id: int) -> dict[int, str]:
    """The codes of a company's accounts by their keys."""
    return dict(fetch("SELECT id, code FROM finance_account WHERE company_id = %s", [company_id]))


def keys_of_accounts(
    company_id: int, codes: Iterable[str] | Mapping[str, int | None], field: str = "account"
) -> dict[str, tuple[int, str]]:
    """Keys and roles of accounts in use by their codes; raises UnknownAccount for another.

    Its line is the one that goes with the code, else the code's place among several.
    """
    wanted = list(dict.fromkeys(codes))
    found: dict[str, tuple[int, str]] = rows_by_key(
        "SELECT code, id, role FROM finance_account"
        " WHERE company_id = %s AND active AND code IN ({})",
        [company_id],
        [code for code in wanted if "\0" not in code],
    )
    for place, code in enumerate(wanted, 1):
        if code not in found:
            message = _("There is no account “{code}” in use.").format(code=code[:20])
            line = place if len(wanted) > 1 else None
            line = codes[code] if isinstance(codes, Mapping) else line
            raise UnknownAccount(message, field=field, line=line)
    return found


def named_first(codes: Sequence[str]) -> dict[str, int | None]:
    """Where each code stands first among what was handed in, from 1; of a single one it is unsaid."""
    places: dict[str, int | None] = {}
    for place, code in enumerate(codes, 1):
        if code:
            places.setdefault(code, place if len(codes) > 1 else None)
    return places
