"""The general ledger as one list: an opening line for each account, its lines, one page at a time."""

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.general_ledger import GeneralLedger, general_ledger
from kantoor.departments.finance.queries.ledger_lines import ORDER, LedgerLine
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, read_cursor
from kantoor.kernel.queries import query


class LedgerRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the ledger, or what an account opens with: then without `line`.

    `balance` is the account's, in minor units, debit positive.
    """

    account: str
    account_name: str
    balance: int
    text: str
    line: LedgerLine | None = None


@query(permission="finance.read_ledger", title=_("General ledger, line by line"))
def ledger_list(
    actor: Actor,
    /,
    *,
    account: str = "",
    group: str = "",
    statement: Literal["", "balance_sheet", "profit_and_loss"] = "",
    start: date | None = None,
    end: date | None = None,
    dimension: str = "",
    closing: bool = True,
    cursor: str = "",
    limit: int = PAGE,
) -> Page[LedgerRow]:
    """What `general_ledger` lists, with an opening line before the first line of each account.

    The sums, on the first page, are of all lines: `debit`, `credit`, and `balance` at the end.
    """
    found = general_ledger(
        actor,
        account=account,
        group=group,
        statement=statement,
        start=start,
        end=end,
        dimension=dimension,
        closing=closing,
        cursor=cursor,
        limit=limit,
    )
    begun = str(read_cursor(cursor, ORDER)[0]) if cursor else ""
    sums: dict[str, int | Decimal] = {
        "debit": found.debit,
        "credit": found.credit,
        "balance": found.closing,
    }
    return Page(
        rows=_rows(found, begun),
        next_cursor=found.next_cursor,
        sums={} if cursor else sums,
    )


def _rows(found: GeneralLedger, begun: str) -> list[LedgerRow]:
    accounts = {each.code: each for each in found.accounts}
    rows: list[LedgerRow] = []
    for line in found.rows:
        name = accounts[line.account].name
        if line.account != begun:
            begun = line.account
            opening = accounts[begun].opening
            rows.append(
                LedgerRow(
                    account=begun,
                    account_name=name,
                    balance=opening,
                    text=said("Opening balance"),
                )
            )
        rows.append(
            LedgerRow(
                account=line.account,
                account_name=name,
                balance=line.balance,
                text=line.text or line.entry_text,
                line=line,
            )
        )
    return rows
