"""The lines of bank statements: the register, and one with what it may be."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

import msgspec
from django.db.models import Q, QuerySet, Sum
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import check_span
from kantoor.departments.finance.drafts_banking import ItemShare
from kantoor.departments.finance.drafts_invoices import Day
from kantoor.departments.finance.models import BankAccount, StatementLine
from kantoor.departments.finance.queries.banking.candidates import (
    matcher_for,
    movement_of,
    own_accounts,
)
from kantoor.departments.finance.queries.banking.matches import Match, Movement
from kantoor.departments.finance.queries.banking.matching import TOLERANCE, TRANSFERS
from kantoor.departments.finance.queries.banking.rules import first_fitting, rules_of
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import query
from kantoor.kernel.store.lookup import rows_by_key

PERMISSION = "finance.read_bank"
State = Literal["to_book", "booked"]
How = Literal["", "exact", "rule", "hand"]


class StatementLineRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a statement; `amount` in minor units of `currency`, above zero came in.

    `entry` is the number of the entry that books it, `how` who chose that: an exact match, a
    rule, or somebody by hand. `returned` is the bank's reason when it takes a payment back.
    """

    line: int
    bank_account: str
    statement: int
    date: Day
    valued_on: Day
    name: str
    iban: str
    text: str
    reference: str
    end_to_end: str
    currency: str
    amount: int
    returned: str
    state: State
    how: How
    entry: str


class ProposedItem(msgspec.Struct, frozen=True, kw_only=True):
    """An open item that a line may pay: its document, what is open and what of it is paid.

    With `discount` the rest of it is the discount for early payment.
    """

    item: str
    party: str
    party_name: str
    due_on: Day
    open: int
    amount: int
    discount: bool = False


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What a line may be, with the reasons in words, the likeliest first.

    `items` can be given to `book_line` as they are; `rest` is what is left of the line, which
    belongs to `account` or `party` (their codes) when those are said.
    """

    score: int
    exact: bool
    reasons: Sequence[str]
    items: Sequence[ProposedItem]
    rest: int
    account: str
    party: str
    tax: str
    text: str

    @property
    def shares(self) -> list[ItemShare]:
        """The items as `book_line` takes them."""
        return [
            ItemShare(item=each.item, amount=each.amount, discount=each.discount)
            for each in self.items
        ]


class LineCard(msgspec.Struct, frozen=True, kw_only=True):
    """A line with all that the bank said of it, and proposals while it is not booked."""

    row: StatementLineRow
    bic: str
    mandate: str
    creditor_reference: str
    kind: str
    original: str
    proposals: Sequence[Proposal]


SORTS = {"date": ("booked_on",), "amount": ("amount",), "name": ("name",)}


@query(permission=PERMISSION, title=_("Lines of bank statements"), exposed=True)
def statement_lines(
    actor: Actor,
    /,
    *,
    state: Literal["", "to_book", "booked"] = "",
    bank_account: str = "",
    statement: int | None = None,
    how: Literal["", "exact", "rule", "hand"] = "",
    start: date | None = None,
    end: date | None = None,
    least: int | None = None,
    most: int | None = None,
    search: str = "",
    sort: str = "-date",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[StatementLineRow]:
    """The lines of statements, newest first.

    `bank_account` is a code, `search` a part of name, text or reference, `least` and `most` bound
    the signed amount. Raises InvalidInput.
    """
    check_span(start, end)
    found = _lines(actor)
    if state:
        found = found.filter(entry__isnull=state == "to_book")
    exact: dict[str, Any] = {
        "bank_account__code": bank_account or None,
        "statement_id": statement,
        "how": how or None,
        "booked_on__gte": start,
        "booked_on__lte": end,
        "amount__gte": least,
        "amount__lte": most,
    }
    found = found.filter(**{name: value for name, value in exact.items() if value is not None})
    if search and "\0" not in search:
        found = found.filter(
            Q(name__icontains=search) | Q(text__icontains=search) | Q(reference=search)
        )
    page = page_by(
        found.select_related("bank_account"),
        order=sorted_by(sort, SORTS),
        cursor=cursor,
        limit=limit,
        totals={"amount": Sum("amount")},
    )
    return page.with_rows(_rows(page.rows))


@query(permission=PERMISSION, title=_("A line of a bank statement"), exposed=True)
def statement_line(actor: Actor, /, *, line: int) -> LineCard:
    """One line, and what it may be while it is not booked. Raises NotFound."""
    found = _lines(actor).filter(pk=line).select_related("bank_account").first()
    if found is None:
        raise NotFound(_("There is no such line."), field="line")
    proposals = proposals_for(actor, [found])[found.pk] if found.entry_id is None else []
    return LineCard(
        row=_rows([found])[0],
        bic=found.bic,
        mandate=found.mandate,
        creditor_reference=found.creditor_reference,
        kind=found.kind,
        original=found.original,
        proposals=proposals,
    )


def _lines(actor: Actor) -> QuerySet[StatementLine]:
    mine = BankAccount.objects.filter(company_id=actor.company_id).values_list("pk", flat=True)
    return StatementLine.objects.filter(bank_account__in=list(mine))


def _rows(lines: Sequence[StatementLine]) -> list[StatementLineRow]:
    numbers = entry_numbers(each.entry_id for each in lines if each.entry_id)
    return [
        StatementLineRow(
            line=each.pk,
            bank_account=each.bank_account.code,
            statement=each.statement_id,
            date=each.booked_on,
            valued_on=each.valued_on,
            name=each.name,
            iban=each.iban,
            text=each.text,
            reference=each.reference,
            end_to_end=each.end_to_end,
            currency=each.bank_account.currency,
            amount=each.amount,
            returned=each.returned,
            state="booked" if each.entry_id else "to_book",
            how=each.how,  # type: ignore[arg-type]
            entry=numbers.get(each.entry_id or 0, ""),
        )
        for each in lines
    ]


def proposals_for(actor: Actor, lines: Sequence[StatementLine]) -> dict[int, list[Proposal]]:
    """What each of a few lines may be, in a bounded number of statements."""
    movements = [movement_of(line) for line in lines]
    by_currency: dict[str, list[Movement]] = {}
    for line, movement in zip(lines, movements, strict=True):
        by_currency.setdefault(line.bank_account.currency, []).append(movement)
    matches: dict[int, list[Match]] = {}
    for currency, some_of_it in by_currency.items():
        matcher = matcher_for(actor.company_id, currency, some_of_it)
        matches |= {each.key: matcher.proposals(each) for each in some_of_it}
    shown = _Shown(matches)
    rules, own = rules_of(actor), own_accounts(actor.company_id)
    found: dict[int, list[Proposal]] = {}
    for line, movement in zip(lines, movements, strict=True):
        some = [shown.proposal(match) for match in matches[line.pk]]
        other = own.get(line.iban) if line.iban else None
        if other is not None and other.pk != line.bank_account_id:
            words = force_str(_("Money between your own accounts: {name}.")).format(name=other.name)
            some.insert(0, _elsewhere(line, [words], account=TRANSFERS, exact=True))
        rule = first_fitting(rules, movement, line.bank_account_id)
        if rule is not None:
            words = force_str(_("The rule “{name}” fits.")).format(name=rule.name)
            made = _elsewhere(
                line,
                [words],
                account=rule.account.code if rule.account else "",
                party=rule.party.code if rule.party else "",
                tax=rule.tax,
                text=rule.text,
            )
            place = next((n for n, each in enumerate(some) if each.score < made.score), len(some))
            some.insert(place, made)
        found[line.pk] = some
    return found


def _elsewhere(
    line: StatementLine,
    reasons: Sequence[str],
    *,
    account: str,
    party: str = "",
    tax: str = "",
    text: str = "",
    exact: bool = False,
) -> Proposal:
    return Proposal(
        score=99 if exact else 75,
        exact=exact,
        reasons=reasons,
        items=[],
        rest=line.amount,
        account=account,
        party=party,
        tax=tax,
        text=text,
    )


class _Shown:
    """Matches as people read them: items by their numbers, parties by code and name."""

    def __init__(self, matches: dict[int, list[Match]]) -> None:
        every = [share.item for some in matches.values() for each in some for share in each.shares]
        entries = rows_by_key(
            "SELECT line_id, entry_id FROM finance_open_item WHERE line_id IN ({})",
            [],
            {item.key for item in every},
        )
        invoices = rows_by_key(
            "SELECT entry_id, number FROM finance_invoice WHERE entry_id IN ({})",
            [],
            set(entries.values()),
        )
        invoices |= rows_by_key(
            "SELECT entry_id, number FROM finance_purchase_invoice WHERE entry_id IN ({})",
            [],
            set(entries.values()),
        )
        numbers = entry_numbers(entries.values())
        lines = _items_of(entries.values())
        parties = Party.objects.filter(pk__in={item.party_id for item in every if item.party_id})
        self.parties = {each.pk: (each.code, each.name) for each in parties}
        self.names: dict[int, str] = {}
        for key, entry in entries.items():
            number = invoices.get(entry) or numbers[entry]
            some = lines[entry]
            self.names[key] = f"{number}#{some.index(key) + 1}" if len(some) > 1 else number

    def proposal(self, match: Match) -> Proposal:
        """A match in words."""
        items = []
        for item, amount, discount in match.shares:
            code, name = self.parties.get(item.party_id or 0, ("", ""))
            items.append(
                ProposedItem(
                    item=self.names[item.key],
                    party=code,
                    party_name=name,
                    due_on=date.fromisoformat(item.due_on),
                    open=item.open,
                    amount=amount,
                    discount=discount,
                )
            )
        small = abs(match.left) <= TOLERANCE
        return Proposal(
            score=match.score,
            exact=match.exact,
            reasons=[force_str(reason) for reason in match.reasons],
            items=items,
            rest=match.left,
            account="",
            party="" if small or not items else items[0].party,
            tax="",
            text="",
        )


def _items_of(entries: Any) -> dict[int, list[int]]:
    found = rows_by_key(
        "SELECT line_id, entry_id FROM finance_open_item WHERE entry_id IN ({})", [], set(entries)
    )
    lines: dict[int, list[int]] = {}
    for line, entry in sorted(found.items()):
        lines.setdefault(entry, []).append(line)
    return lines
