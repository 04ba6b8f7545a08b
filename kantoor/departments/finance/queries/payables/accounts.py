"""The accounts that lines of purchases may be booked on."""

from collections.abc import Iterable

from kantoor.departments.finance.models.receivables import CONTROL_ROLES
from kantoor.kernel.store.lookup import rows_by_key

_CONTROL = ", ".join(f"'{role}'" for role in CONTROL_ROLES)


def cost_accounts(company_id: int, codes: Iterable[str]) -> dict[str, int]:
    """Those of the accounts that are in use and not kept item by item, by code."""
    return rows_by_key(
        "SELECT code, id FROM finance_account WHERE company_id = %s AND active"  # noqa: S608
        f" AND role NOT IN ({_CONTROL}) AND code IN ({{}})",
        [company_id],
        [code for code in codes if "\0" not in code],
    )
