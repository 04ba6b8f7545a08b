"""The accounts and journals that posting rules look up by their well-known place."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.errors import UnknownAccount, UnknownJournal
from kantoor.departments.finance.models.receivables import CONTROL_ROLES
from kantoor.kernel.store.lookup import fetch

_CONTROL = ", ".join(f"'{role}'" for role in CONTROL_ROLES)


def accounts_by_role(company_id: int) -> dict[str, int]:
    """The keys of a company's accounts that have a role."""
    sql = "SELECT role, id FROM finance_account WHERE company_id = %s AND role <> ''"
    return dict(fetch(sql, [company_id]))


def control_accounts(company_id: int) -> frozenset[int]:
    """The accounts that are kept item by item."""
    sql = f"SELECT id FROM finance_account WHERE company_id = %s AND role IN ({_CONTROL})"  # noqa: S608
    return frozenset(row[0] for row in fetch(sql, [company_id]))


def account_with_role(accounts: dict[str, int], role: str) -> int:
    """The account of a role among a company's; raises UnknownAccount."""
    found = accounts.get(role)
    if found is None:
        message = _("No account has the role “{role}”; give it to one in the chart of accounts.")
        raise UnknownAccount(message.format(role=role), field="account")
    return found


def journal_of_kind(company_id: int, kind: str) -> int:
    """The first journal of a kind (`sales`, `bank` …); raises UnknownJournal."""
    sql = "SELECT min(id) FROM finance_journal WHERE company_id = %s AND kind = %s"
    found = fetch(sql, [company_id, kind])[0][0]
    if found is None:
        message = _("There is no journal of the kind “{kind}”; add one.").format(kind=kind)
        raise UnknownJournal(message, field="journal")
    return int(found)
