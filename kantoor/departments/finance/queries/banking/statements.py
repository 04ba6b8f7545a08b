"""The statements that were taken in, and one bank account's book: the bank beside the ledger."""

from datetime import date
from typing import Any

import msgspec
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import check_span
from kantoor.departments.finance.drafts_invoices import Day
from kantoor.departments.finance.models import BankAccount, Statement
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.errors import NotFound
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped
from kantoor.kernel.store.lookup import fetch

PERMISSION = "finance.read_bank"
SORTS = {"closed_on": ("closed_on",), "closing": ("closing",)}


class BankStatementRow(msgspec.Struct, frozen=True, kw_only=True):
    """A statement; balances in minor units of `currency`, `to_book` lines still without entry."""

    statement: int
    bank_account: str
    number: str
    form: str
    opened_on: Day
    closed_on: Day
    currency: str
    opening: int
    closing: int
    lines: int
    known: int
    to_book: int
    warning: str
    file: str


class BankBook(msgspec.Struct, frozen=True, kw_only=True):
    """The bank's balance and the ledger's on a day, and what lies between them (minor units).

    `said` = `booked` + `before` + `to_book` - `elsewhere` + `unexplained`: what stood on the
    account before its first statement, lines without an entry, and what the ledger has on the
    account without a line. Nothing is unexplained unless a statement came in with a warning.
    """

    bank_account: str
    name: str
    currency: str
    on: Day
    statement_on: Day | None
    said: int
    booked: int
    before: int
    to_book: int
    to_book_lines: int
    elsewhere: int
    elsewhere_lines: int
    unexplained: int


@query(permission=PERMISSION, title=_("Bank statements"), exposed=True)
def bank_statements(
    actor: Actor,
    /,
    *,
    bank_account: str = "",
    start: date | None = None,
    end: date | None = None,
    warned: bool = False,
    sort: str = "-closed_on",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[BankStatementRow]:
    """The statements, newest first; `warned` keeps to those that came in with a warning."""
    check_span(start, end)
    exact: dict[str, Any] = {
        "bank_account__code": bank_account or None,
        "closed_on__gte": start,
        "closed_on__lte": end,
    }
    found = scoped(actor, Statement).filter(
        **{name: value for name, value in exact.items() if value is not None}
    )
    if warned:
        found = found.exclude(warning="")
    page = page_by(
        found.select_related("bank_account", "file").annotate(
            to_book=Count("lines", filter=Q(lines__entry__isnull=True))
        ),
        order=sorted_by(sort, SORTS),
        cursor=cursor,
        limit=limit,
        totals={},
    )
    return page.map(_row)


def _row(each: Any) -> BankStatementRow:
    return BankStatementRow(
        statement=each.pk,
        bank_account=each.bank_account.code,
        number=each.number or each.identity,
        form=each.form,
        opened_on=each.opened_on,
        closed_on=each.closed_on,
        currency=each.bank_account.currency,
        opening=each.opening,
        closing=each.closing,
        lines=each.line_count,
        known=each.known,
        to_book=each.to_book,
        warning=each.warning,
        file=each.file.name,
    )


_LAST = (
    "SELECT CAST(closed_on AS text), closing FROM finance_statement"
    " WHERE bank_account_id = %s AND closed_on <= %s ORDER BY closed_on DESC, id DESC LIMIT 1"
)
_FIRST = (
    "SELECT opening FROM finance_statement WHERE bank_account_id = %s"
    " ORDER BY closed_on, id LIMIT 1"
)
_LINES = (
    "SELECT count(*), CAST(COALESCE(sum(amount), 0) AS bigint) FROM finance_statement_line"
    " WHERE bank_account_id = %s AND booked_on <= %s AND entry_id IS NULL"
)
_BOOKED = (
    "SELECT CAST(COALESCE(sum({amount}), 0) AS bigint) FROM finance_line"
    " WHERE account_id = %s AND date <= %s"
)
_ELSEWHERE = (
    "SELECT count(*), CAST(COALESCE(sum({amount}), 0) AS bigint) FROM finance_line line"
    " WHERE line.account_id = %s AND line.date <= %s AND NOT EXISTS ("
    "SELECT 1 FROM finance_statement_line said"
    " WHERE said.entry_id = line.entry_id AND said.bank_account_id = %s)"
)


@query(permission=PERMISSION, title=_("Bank book"), exposed=True)
def bank_book(actor: Actor, /, *, bank_account: str, on: date | None = None) -> BankBook:
    """The bank's balance beside the ledger's on a day, and the difference explained.

    The day is that of the last statement on or before `on` (today if unsaid), since the bank has
    not spoken of later ones. Raises NotFound.
    """
    account = scoped(actor, BankAccount).filter(code=bank_account).first()
    if account is None:
        message = _("There is no bank account “{code}”.").format(code=bank_account[:40])
        raise NotFound(message, field="bank_account")
    day = on or today_of(actor)
    check_span(day, day)
    last = fetch(_LAST, [account.pk, day.isoformat()])
    until = last[0][0] if last else day.isoformat()
    amount = "amount" if account.currency == actor.currency else "currency_amount"
    first = fetch(_FIRST, [account.pk])
    before = first[0][0] if first and last else 0
    [(to_book_lines, to_book)] = fetch(_LINES, [account.pk, until])
    [(booked,)] = fetch(_BOOKED.format(amount=amount), [account.account_id, until])
    [(elsewhere_lines, elsewhere)] = fetch(
        _ELSEWHERE.format(amount=amount), [account.account_id, until, account.pk]
    )
    said = last[0][1] if last else 0
    return BankBook(
        bank_account=account.code,
        name=account.name,
        currency=account.currency,
        on=date.fromisoformat(until),
        statement_on=date.fromisoformat(last[0][0]) if last else None,
        said=said,
        booked=booked,
        before=before,
        to_book=to_book,
        to_book_lines=to_book_lines,
        elsewhere=elsewhere,
        elsewhere_lines=elsewhere_lines,
        unexplained=said - (booked + before + to_book - elsewhere) if last else 0,
    )
