"""What stands on accounts: whether anything was posted to them, and their balance."""

from collections.abc import Sequence

from kantoor.kernel.store.lookup import rows_by_key


def closing_balances(company_id: int, account_ids: Sequence[int]) -> dict[int, int]:
    """Debit minus credit of everything posted to accounts, in minor units."""
    return rows_by_key(
        "SELECT account_id, CAST(SUM(debit) - SUM(credit) AS bigint) FROM finance_balance"
        " WHERE account_id IN (SELECT id FROM finance_account WHERE company_id = %s AND id IN ({}))"
        " GROUP BY account_id",
        [company_id],
        account_ids,
    )


def used(account_ids: Sequence[int]) -> bool:
    """Whether anything was posted to one of these accounts."""
    return bool(
        rows_by_key(
            "SELECT DISTINCT account_id, 1 FROM finance_balance WHERE account_id IN ({})",
            [],
            account_ids,
        )
    )
