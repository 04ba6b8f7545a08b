"""The work page of reconciling: a line and those that follow, with what it may be beside it.

By keyboard: j and k go along the lines, enter accepts the first proposal, 1 to 5 any of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.banking.lines import (
    LineCard,
    Proposal,
    StatementLineRow,
    statement_line,
    statement_lines,
)
from kantoor.departments.finance.queries.banking.matching import TRANSFERS
from kantoor.departments.finance.web.banking.lines import (
    BANK_LINES,
    RECONCILE,
    amount_of,
    facts_of,
    reconcile_url,
    title_of,
)
from kantoor.departments.finance.web.figures import money_alone
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for, acts
from kantoor.kernel.pages.plain_view import PlainView
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.cells import Cell, Link, Money
from kantoor.kernel.ui.formats import number
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.listing import Empty as NoRows

SHOWN = 25
"""Lines that stand below the one in hand."""


@dataclass(frozen=True, slots=True)
class Paid:
    """An open item of a proposal, as it is shown."""

    item: str
    party: str
    due_on: Cell
    open: Money
    amount: Money


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal, as it is shown: its head, reasons, what it pays and the button."""

    title: str
    exact: bool
    reasons: Sequence[str]
    items: Sequence[Paid]
    rest: str
    accept: Act | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line that follows."""

    title: str
    url: str
    date: Cell
    amount: Money
    current: bool


def _content(actor: Actor, address: Address) -> Mapping[str, Any]:
    """The line in hand with its proposals, and the lines that wait."""
    account = address.get("account")
    page = statement_lines(actor, state="to_book", bank_account=account, sort="date", limit=SHOWN)
    rows = page.rows
    wanted = address.get("line")
    card = _card(actor, rows, wanted)
    certain = act_for(
        actor,
        "finance.book_certain",
        {"bank_account": account} if account else {},
        label=_("Book what is certain"),
        icon="check",
        key="b",
        at_once=True,
        back=reconcile_url(account=account),
    )
    found: dict[str, Any] = {
        "page": {
            "title": gettext("Reconcile"),
            "breadcrumb": [Link(gettext("Bank lines"), BANK_LINES.url)],
            "main_action": certain if rows else None,
            "more": [],
            "tabs": [],
        },
        "count": _count(page.count or 0, page.count_is_floor),
        "empty": NoRows(
            gettext("Everything is booked"),
            gettext("Lines of the next statement that you take in stand here."),
            icon="circle-check",
        ),
    }
    if card is None:
        return found
    before, following = _beside(rows, card.row.line)
    return found | {
        "card": card,
        "facts": facts_of(card, headed=True),
        "title": title_of(card.row),
        "amount": amount_of(card.row),
        "proposals": [
            _shown(actor, card, each, n, reconcile_url(following, account))
            for n, each in enumerate(card.proposals)
        ],
        "waiting": [
            Waiting(
                title_of(row),
                reconcile_url(row.line, account),
                row.date,
                amount_of(row),
                row.line == card.row.line,
            )
            for row in rows
        ],
        "previous": reconcile_url(before, account) if before else "",
        "next": reconcile_url(following, account) if following else "",
        "others": _others(actor, card, reconcile_url(following, account)),
    }


def _beside(rows: Sequence[StatementLineRow], line: int) -> tuple[int, int]:
    """The lines before and after one, 0 where there is none."""
    keys = [row.line for row in rows]
    place = keys.index(line) if line in keys else -1
    following = keys[place + 1] if place + 1 < len(keys) else 0
    return (keys[place - 1] if place > 0 else 0), following


def _card(actor: Actor, rows: Sequence[StatementLineRow], wanted: str) -> LineCard | None:
    """The line that the address names while it is to be booked, else the first."""
    if wanted.isdecimal() and len(wanted) < 19:
        named = [row.line for row in rows if row.line == int(wanted)]
        found = statement_line(actor, line=named[0] if named else int(wanted))
        if found.row.state == "to_book":
            return found
    return statement_line(actor, line=rows[0].line) if rows else None


def _count(count: int, floor: bool) -> str:
    words = ngettext("%(n)s line to book", "%(n)s lines to book", count)
    return words % {"n": f"{number(count)}+" if floor else number(count)}


def _shown(actor: Actor, card: LineCard, proposal: Proposal, place: int, back: str) -> Shown:
    row = card.row
    given = {
        "line": row.line,
        "items": proposal.shares or None,
        "account": proposal.account or None,
        "party": proposal.party or None,
        "tax": proposal.tax or None,
        "text": proposal.text or None,
    }
    accept = act_for(
        actor,
        "finance.book_line",
        {name: value for name, value in given.items() if value is not None},
        label=_("Accept"),
        icon="check",
        key="Enter" if place == 0 else str(place + 1),
        tone="main" if place == 0 else "",
        at_once=True,
        back=back,
    )
    items = [
        Paid(
            each.item,
            each.party_name,
            each.due_on,
            money_alone(actor, each.open),
            money_alone(actor, each.amount),
        )
        for each in proposal.items
    ]
    return Shown(
        _title(proposal), proposal.exact, proposal.reasons, items, _rest(actor, proposal), accept
    )


def _title(proposal: Proposal) -> str:
    if proposal.account == TRANSFERS:
        return gettext("Transfer between own accounts")
    if not proposal.items:
        return gettext("On account %(account)s") % {"account": proposal.account or proposal.party}
    names = ", ".join(each.item for each in proposal.items[:3])
    if len(proposal.items) > 3:
        names += gettext(" and %(n)s more") % {"n": len(proposal.items) - 3}
    return names


def _rest(actor: Actor, proposal: Proposal) -> str:
    """Where what is left over goes, in words."""
    if not proposal.rest or not proposal.items:
        return ""
    amount = money_alone(actor, abs(proposal.rest))
    words = {"amount": f"{amount.currency} {_plain(amount)}"}
    if proposal.party:
        return gettext("%(amount)s stays open in their favour.") % words
    return gettext("%(amount)s goes to payment differences.") % words


def _plain(amount: Money) -> str:
    from kantoor.kernel.ui.formats import amount as formatted

    return formatted(amount.minor, amount.exponent)


def _others(actor: Actor, card: LineCard, back: str) -> list[Act]:
    """The ways that no proposal takes: by hand, and a rule for all such lines."""
    row = card.row
    by_hand = act_for(
        actor,
        "finance.book_line",
        label=_("Book it by hand"),
        icon="pencil",
        key="m",
        line=row.line,
        back=back,
    )
    rule = act_for(
        actor,
        "finance.keep_bank_rule",
        {"name": title_of(row)[:60]},
        label=_("Make a rule for such lines"),
        icon="list-check",
        contains=row.name[:60] or row.text[:40],
        counterparty=row.iban or None,
        back=reconcile_url(row.line),
    )
    return acts(by_hand, rule)


RECONCILING = PlainView(
    key="finance.reconcile",
    title=_("Reconcile"),
    permission="finance.reconcile",
    template="finance/reconcile.html",
    content=_content,
)
assert RECONCILING.url == RECONCILE
