"""The cash flow: direct, by what money was received and paid for, and indirect, from the balances.

Both end at the change of the money accounts, and both say so against the ledger. Four statements
of SQL whatever the number of lines.
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import DAY, check_span
from kantoor.departments.finance.queries.accounts import Heading, headings, in_words
from kantoor.departments.finance.queries.calendar import last_booked, year_start
from kantoor.departments.finance.queries.closing_entries import closing_entries
from kantoor.departments.finance.queries.movements import NOTHING, Span, movements
from kantoor.departments.finance.queries.sources import Sources
from kantoor.departments.finance.reference import layout
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query
from kantoor.kernel.store.lookup import fetch

Method = Literal["direct", "indirect"]
MONEY = "cash"
INVESTING = ("fixed_assets",)
FINANCING = ("equity", "long_term_liabilities")


class FlowRow(msgspec.Struct, frozen=True, kw_only=True):
    """What came in (above zero) or went out by an account or for a reason, in minor units."""

    code: str
    label: str
    amount: int
    sources: Sources


class FlowPart(msgspec.Struct, frozen=True, kw_only=True):
    """Operating, investing or financing, with its rows and their sum."""

    key: str
    label: str
    rows: list[FlowRow]
    amount: int


class CashFlow(msgspec.Struct, frozen=True, kw_only=True):
    """The money at the start, what changed it, and at the end; `change` is what the ledger says.

    `total` is the sum of the parts and equals `change`.
    """

    method: str
    currency: str
    start: date
    end: date
    opening: int
    parts: list[FlowPart]
    total: int
    change: int
    closing: int


@query(permission="finance.read_ledger", title=_("Cash flow"), exposed=True)
def cash_flow(
    actor: Actor,
    /,
    *,
    start: date | None = None,
    end: date | None = None,
    method: Method = "indirect",
) -> CashFlow:
    """Where money came from and went to, from `start` to `end`, both included.

    `direct` sorts it by the accounts on the other side of entries on money accounts (those of the
    group cash); `indirect` goes from the result over the changes of all other balances.
    """
    check_span(start, end)
    end = end or last_booked(actor.company_id) or timezone.localdate()
    start = start or year_start(actor.company_id, end)
    check_span(start, end)
    heads = headings(actor)
    span = Span(start, end)
    moved = movements(actor.company_id, [Span(None, start - DAY), span])
    money = [each for each in heads if each.group == MONEY]
    opening = sum(moved[each.id][0].net for each in money if each.id in moved)
    change = sum(moved[each.id][1].net for each in money if each.id in moved)
    if method == "direct":
        parts = _direct(actor, heads, span)
    else:
        net = {key: sums[1].net for key, sums in moved.items()}
        parts = _indirect(actor, heads, span, net)
    return CashFlow(
        method=method,
        currency=actor.currency,
        start=start,
        end=end,
        opening=opening,
        parts=parts,
        total=sum(part.amount for part in parts),
        change=change,
        closing=opening + change,
    )


# All other lines of entries that have a line on a money account.
_COUNTER = (
    "SELECT line.account_id, CASE WHEN journal.kind = 'opening' THEN 1 ELSE 0 END,"
    " CAST(-SUM(line.amount) AS bigint) FROM finance_line line"
    " JOIN finance_account account ON account.id = line.account_id AND account.grouping <> %s"
    " JOIN finance_entry entry ON entry.id = line.entry_id"
    " JOIN finance_journal journal ON journal.id = entry.journal_id"
    " WHERE line.entry_id IN (SELECT taken.entry_id FROM finance_account money"
    " JOIN finance_line taken ON taken.account_id = money.id"
    " WHERE money.company_id = %s AND money.grouping = %s"
    " AND taken.date >= %s AND taken.date <= %s)"
    " GROUP BY line.account_id, CASE WHEN journal.kind = 'opening' THEN 1 ELSE 0 END"
)


def _direct(actor: Actor, heads: Iterable[Heading], span: Span) -> list[FlowPart]:
    assert span.start
    assert span.end
    days = [span.start.isoformat(), span.end.isoformat()]
    rows = fetch(_COUNTER, [MONEY, actor.company_id, MONEY, *days])
    known = {each.id: each for each in heads}
    parts: dict[str, list[FlowRow]] = {}
    for key, opening, minor in rows:
        account = known[key]
        if minor:
            part = "opening" if opening else _part_of(account.group)
            row = FlowRow(
                code=account.code, label=account.name, amount=int(minor),
                sources=Sources(account=account.code, start=span.start, end=span.end),
            )  # fmt: skip
            parts.setdefault(part, []).append(row)
    return _parts(actor, parts)


def _part_of(group: str) -> str:
    if group in INVESTING:
        return "investing"
    return "financing" if group in FINANCING else "operating"


def _indirect(
    actor: Actor, heads: Iterable[Heading], span: Span, net: dict[int, int]
) -> list[FlowPart]:
    closed = closing_entries(actor.company_id, [span])
    by_group: dict[str, int] = {}
    result = depreciation = 0
    for account in heads:
        moved = net.get(account.id, 0) - closed.get(account.id, [NOTHING])[0].net
        if not account.carried:
            result -= moved
            if account.group == "depreciation":
                depreciation += moved
        elif account.group != MONEY:
            by_group[account.group] = by_group.get(account.group, 0) - moved
        elif account.id in closed:
            # Money that an entry of the closing moved came from or went to the owners.
            by_group["equity"] = by_group.get("equity", 0) + closed[account.id][0].net
    parts: dict[str, list[FlowRow]] = {
        "operating": [
            _reason(actor, _("Result"), result, Sources(statement="profit_and_loss", start=span.start, end=span.end, closing=False)),
            _reason(actor, _("Depreciation, which costs no money"), depreciation, Sources(group="depreciation", start=span.start, end=span.end)),
        ]
    }  # fmt: skip
    for group in layout.on(layout.Statement.BALANCE_SHEET):
        amount = by_group.pop(group.code, 0)
        if group.code in INVESTING:
            amount -= depreciation
        sources = Sources(group=group.code, start=span.start, end=span.end)
        label = _("Change in {group}").format(group=group.name.in_language(actor.language).lower())
        row = FlowRow(code="", label=in_words(actor, label), amount=amount, sources=sources)
        parts.setdefault(_part_of(group.code), []).append(row)
    assert not by_group, "every balance sheet account is in a group"
    return _parts(actor, {key: [row for row in rows if row.amount] for key, rows in parts.items()})


def _reason(actor: Actor, label: object, amount: int, sources: Sources) -> FlowRow:
    return FlowRow(code="", label=in_words(actor, label), amount=amount, sources=sources)


def _parts(actor: Actor, found: dict[str, list[FlowRow]]) -> list[FlowPart]:
    names = (
        ("operating", _("Operating activities")),
        ("investing", _("Investing activities")),
        ("financing", _("Financing activities")),
        ("opening", _("Opening balance brought in")),
    )
    return [
        FlowPart(
            key=key, label=in_words(actor, name),
            rows=sorted(found[key], key=lambda row: row.code),
            amount=sum(row.amount for row in found[key]),
        )
        for key, name in names
        if found.get(key)
    ]  # fmt: skip
