"""What customers owe: by age on any day, one customer's standing, and whether an invoice is paid."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import check_span
from kantoor.departments.finance.models import Invoice
from kantoor.departments.finance.queries.invoice_keys import invoice_key
from kantoor.departments.finance.queries.invoices import Status, with_status
from kantoor.departments.finance.queries.owed import Owed, owed_by_parties
from kantoor.departments.finance.queries.roles import account_with_role, accounts_by_role
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.errors import NotFound
from kantoor.kernel.queries import query
from kantoor.kernel.store.lookup import fetch

PERMISSION = "finance.read_receivables"
AGES = (30, 60, 90)
"""The last day past due of each bucket but the last."""


class AgeRow(msgspec.Struct, frozen=True, kw_only=True):
    """What a party owed on the day, in minor units, by days past due.

    Items in the party's favour count below zero. Without a party: lines posted without one.
    """

    party: str
    name: str
    not_due: int
    days_30: int
    days_60: int
    days_90: int
    older: int
    total: int


class Ages(msgspec.Struct, frozen=True, kw_only=True):
    """A control account by age; `total` adds up to `account`, the balance of the control account."""

    on: date
    currency: str
    rows: list[AgeRow]
    total: AgeRow
    account: int


class Debt(msgspec.Struct, frozen=True, kw_only=True):
    """What a customer owes in minor units: all that is open, and what is past its due date."""

    party: str
    open: int
    overdue: int
    currency: str


class Paid(msgspec.Struct, frozen=True, kw_only=True):
    """Whether an invoice is paid or otherwise settled, and what is open of it in minor units."""

    number: str
    paid: bool
    status: Status
    open: int
    gross: int
    currency: str
    due_on: date


# An item as it stood on a day: its ledger line, less what had settled it by then.
_AGES = """
SELECT party.code, party.name, SUM(CASE WHEN due_on >= %s THEN open ELSE 0 END),
    SUM(CASE WHEN due_on < %s AND due_on >= %s THEN open ELSE 0 END),
    SUM(CASE WHEN due_on < %s AND due_on >= %s THEN open ELSE 0 END),
    SUM(CASE WHEN due_on < %s AND due_on >= %s THEN open ELSE 0 END),
    SUM(CASE WHEN due_on < %s THEN open ELSE 0 END), SUM(open)
FROM (
    SELECT line.party_id, item.due_on, line.amount
        - COALESCE((SELECT SUM(s.amount) FROM finance_settlement s
            WHERE s.debit_id = line.id AND s.date <= %s), 0)
        + COALESCE((SELECT SUM(s.amount) FROM finance_settlement s
            WHERE s.credit_id = line.id AND s.date <= %s), 0) AS open
    FROM finance_line line JOIN finance_open_item item ON item.line_id = line.id
    WHERE line.account_id = %s AND line.date <= %s
) items
LEFT JOIN kernel_party party ON party.id = items.party_id
WHERE items.open <> 0
GROUP BY items.party_id, party.code, party.name
ORDER BY party.code
"""
_BALANCE = (
    "SELECT CAST(COALESCE(SUM(amount), 0) AS bigint) FROM finance_line"
    " WHERE account_id = %s AND date <= %s"
)


@query(permission=PERMISSION, title=_("Receivables by age"), exposed=True)
def receivables_by_age(actor: Actor, /, *, on: date | None = None) -> Ages:
    """What each customer owed at the end of a day (today if unsaid), by days past due.

    In three statements whatever the number of items. Raises UnknownAccount when no account has
    the role of receivables, InvalidInput for a day that can't be.
    """
    return by_age(actor, "receivables", on)


def by_age(actor: Actor, role: str, on: date | None, sign: int = 1) -> Ages:
    """A control account by age and party; `sign` -1 shows what is owed by us above zero."""
    day = on or today_of(actor)
    check_span(day, day)
    account = account_with_role(accounts_by_role(actor.company_id), role)
    edges = [(day - timedelta(days=days)).isoformat() for days in (0, *AGES)]
    said = day.isoformat()
    bounds = [edges[0], *[edge for pair in pairwise(edges) for edge in pair], edges[-1]]
    found = fetch(_AGES, [*bounds, said, said, account, said])
    rows = [_age_row(row, sign) for row in found]
    return Ages(
        on=day,
        currency=actor.currency,
        rows=rows,
        total=_sum(rows),
        account=sign * int(fetch(_BALANCE, [account, said])[0][0]),
    )


def _age_row(row: tuple[Any, ...], sign: int) -> AgeRow:
    code, name, *amounts = row
    not_due, days_30, days_60, days_90, older, total = (sign * int(amount) for amount in amounts)
    return AgeRow(
        party=code or "",
        name=name or "",
        not_due=not_due,
        days_30=days_30,
        days_60=days_60,
        days_90=days_90,
        older=older,
        total=total,
    )


def _sum(rows: list[AgeRow]) -> AgeRow:
    return AgeRow(
        party="",
        name="",
        not_due=sum(row.not_due for row in rows),
        days_30=sum(row.days_30 for row in rows),
        days_60=sum(row.days_60 for row in rows),
        days_90=sum(row.days_90 for row in rows),
        older=sum(row.older for row in rows),
        total=sum(row.total for row in rows),
    )


@query(permission=PERMISSION, title=_("What a customer owes"), exposed=True)
def owed_by(actor: Actor, /, *, party: str) -> Debt:
    """What a party owes today, by its code; raises NotFound."""
    sql = "SELECT id FROM kernel_party WHERE company_id = %s AND code = %s"
    if not (rows := fetch(sql, [actor.company_id, party])):
        raise NotFound(_("There is no party “{code}”.").format(code=party[:40]), field="party")
    key = rows[0][0]
    owed = owed_by_parties(actor, [key]).get(key, Owed(0, 0, actor.currency))
    return Debt(party=party, open=owed.open, overdue=owed.overdue, currency=owed.currency)


@query(permission=PERMISSION, title=_("Is an invoice paid"), exposed=True)
def is_paid(actor: Actor, /, *, number: str) -> Paid:
    """Whether an invoice is settled, by payments or credit notes; raises UnknownInvoice."""
    key = invoice_key(actor.company_id, number, "number")
    found = with_status(Invoice.objects.filter(pk=key.id), today_of(actor)).get()
    return Paid(
        number=number,
        paid=found.open == 0,
        status=found.status,
        open=found.open,
        gross=found.gross,
        currency=found.currency,
        due_on=found.due_on,
    )
