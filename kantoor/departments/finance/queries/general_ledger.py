"""The general ledger: the lines of accounts between two days, with their running balance.

Every figure of a report leads here (see sources.py): the lines listed add up to it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import DAY, check_span
from kantoor.departments.finance.errors import UnknownAccount
from kantoor.departments.finance.queries.accounts import Heading, headings
from kantoor.departments.finance.queries.calendar import year_start
from kantoor.departments.finance.queries.closing_entries import closing_entries
from kantoor.departments.finance.queries.ledger_lines import (
    ORDER,
    After,
    Chosen,
    LedgerLine,
    lines_after,
    shaped,
    sum_of_day,
)
from kantoor.departments.finance.queries.movements import (
    NOTHING,
    Moved,
    Span,
    check_dimension,
    movements,
)
from kantoor.departments.finance.reference import layout
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.paging import LARGEST_PAGE, PAGE, read_cursor, write_cursor
from kantoor.kernel.queries import query


class LedgerAccount(msgspec.Struct, frozen=True):
    """An account with lines on the page, in minor units; opening and closing debit positive."""

    code: str
    name: str
    kind: str
    opening: int
    debit: int
    credit: int
    closing: int


class GeneralLedger(msgspec.Struct, frozen=True, kw_only=True):
    """One page of lines in order of account, date and entry; `next_cursor` is empty on the last.

    `accounts` are those with lines on this page. `opening`, `debit`, `credit` and `closing` are
    of all that was asked for, and the same on every page.
    """

    currency: str
    start: date | None
    end: date | None
    rows: list[LedgerLine]
    next_cursor: str
    accounts: list[LedgerAccount]
    opening: int
    debit: int
    credit: int
    closing: int


@query(permission="finance.read_ledger", title=_("General ledger"), exposed=True)
def general_ledger(
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
) -> GeneralLedger:
    """The lines of one account, of a group or a statement, or of all accounts.

    From `start` to `end`, both included. Accounts open with what the trial balance says they do:
    income and expenses with what was posted earlier in the same fiscal year. `closing=False`
    leaves out the entries of closing journals; `dimension` keeps to lines with a value
    (`cost_centre=100`). Raises UnknownAccount, or InvalidInput for what can't be.
    """
    check_span(start, end)
    check_dimension(dimension)
    if not 1 <= limit <= LARGEST_PAGE:
        message = _("A page has from 1 to {most} rows.").format(most=LARGEST_PAGE)
        raise InvalidInput(message, field="limit")
    wanted = _wanted(headings(actor), account, group, statement)
    totals = _totals(actor, wanted, start, end, dimension, closing)
    chosen = Chosen(actor, account, group, statement, start, end, dimension, closing)
    after = _read(cursor) if cursor else None
    found = lines_after(chosen, after, limit + 1)
    more, found = len(found) > limit, found[:limit]
    running = {code: total.opening for code, total in totals.items()}
    if after is not None and found and found[0].account == after[0]:
        running[after[0]] += _moved_until(chosen, after)
    on_page = dict.fromkeys(line.account for line in found)
    return GeneralLedger(
        currency=actor.currency,
        start=start,
        end=end,
        rows=shaped(actor, found, running),
        next_cursor=write_cursor(ORDER, found[-1].place) if more else "",
        accounts=[totals[code] for code in on_page],
        opening=sum(total.opening for total in totals.values()),
        debit=sum(total.debit for total in totals.values()),
        credit=sum(total.credit for total in totals.values()),
        closing=sum(total.closing for total in totals.values()),
    )


def _wanted(
    known: Sequence[Heading], account: str, group: str, statement: str
) -> Sequence[Heading]:
    if account:
        known = [each for each in known if each.code == account]
        if not known:
            message = _("There is no account “{code}”.").format(code=account)
            raise UnknownAccount(message, field="account")
    if group:
        if group not in {each.code for each in layout.groups()}:
            message = _("There is no group “{group}” on the statements.").format(group=group)
            raise InvalidInput(message, field="group")
        known = [each for each in known if each.group == group]
    if statement:
        carried = statement == "balance_sheet"
        known = [each for each in known if each.carried is carried]
    return known


def _totals(
    actor: Actor,
    wanted: Sequence[Heading],
    start: date | None,
    end: date | None,
    dimension: str,
    closing: bool,
) -> dict[str, LedgerAccount]:
    """What the accounts opened with, moved and closed with, by their codes."""
    spans = [Span(start, end)]
    if start is not None:
        year = year_start(actor.company_id, start)
        spans += [Span(None, year - DAY), Span(year, start - DAY)]
    moved = movements(actor.company_id, spans, dimension)
    left_out: Mapping[int, list[Moved]] = {}
    if not closing:
        left_out = closing_entries(actor.company_id, spans, dimension)
    totals = {}
    for account in wanted:
        now, *before = moved.get(account.id, [NOTHING] * len(spans))
        debit, credit = now
        opening = sum(each.net for each in (before if account.carried else before[1:]))
        if taken := left_out.get(account.id):
            debit, credit = debit - taken[0].debit, credit - taken[0].credit
            opening -= sum(each.net for each in (taken[1:] if account.carried else taken[2:]))
        totals[account.code] = LedgerAccount(
            account.code, account.name, account.kind, opening, debit, credit,
            opening + debit - credit,
        )  # fmt: skip
    return totals


def _read(cursor: str) -> After:
    code, on, line_id = read_cursor(cursor, ORDER)
    return code, on, line_id


def _moved_until(chosen: Chosen, place: After) -> int:
    """What the account at a place moved since the start, up to and with that line."""
    code, on, _line = place
    span = Span(chosen.start, date.fromisoformat(on) - DAY)
    account = next(each for each in headings(chosen.actor) if each.code == code)
    company_id = chosen.actor.company_id
    moved = movements(company_id, [span], chosen.dimension).get(account.id, [NOTHING])[0].net
    if not chosen.closing:
        left_out = closing_entries(company_id, [span], chosen.dimension)
        moved -= left_out.get(account.id, [NOTHING])[0].net
    return moved + sum_of_day(chosen, place)
