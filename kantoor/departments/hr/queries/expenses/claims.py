"""Claims as they are looked at: one's own, those to decide on, and all; and one with its lines."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import owed_to_staff
from kantoor.departments.hr.errors_expenses import UnknownClaim
from kantoor.departments.hr.models import ExpenseClaim, ExpenseLine
from kantoor.departments.hr.models.expenses.claim import APPROVED, POSTED, SUBMITTED
from kantoor.departments.hr.queries.expenses.checking import (
    TO_CHECK,
    checked_from,
    state_of,
    unchecked,
)
from kantoor.departments.hr.queries.people.own import find_own_party, own_party, people_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.files.models import File
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

OWN, READ = "hr.use_own", "hr.read_expenses"
SORTS = {"number": ("sequence",), "amount": ("amount",), "created_at": ("created_at",)}


class ClaimRow(msgspec.Struct, frozen=True):
    """A claim as listed; `amount` in minor units of the company's currency."""

    id: int
    number: str
    person: str
    title: str
    state: str
    amount: int
    created_at: datetime
    submitted_at: datetime | None
    currency: str


class ExpenseRow(msgspec.Struct, frozen=True):
    """A line of a claim; `own`, `tax` and `taxable` in minor units of the company's currency."""

    id: int
    date: date
    category: str
    kind: str
    text: str
    quantity: Decimal | None
    rate: Decimal | None
    amount: int
    currency: str
    own: int
    tax: int | None
    taxable: int
    reason: str
    has_receipt: bool


class ClaimShown(msgspec.Struct, frozen=True):
    """A claim with its lines. `owed` is what is still to be repaid of it, `run` what pays it.

    `mine` says that it is the actor's own; `may_decide` that they may approve it,
    `may_check` that they may check it after that.
    """

    claim: ClaimRow
    lines: list[ExpenseRow]
    decided_by: str
    decided_at: datetime | None
    checked_by: str
    why: str
    entry: str
    reversal: str
    owed: int | None
    run: str
    mine: bool
    may_decide: bool
    may_check: bool


@query(permission=OWN, title=_("My claims"), exposed=True)
def my_claims(
    actor: Actor, /, *, state: str = "", sort: str = "-number", cursor: str = "", limit: int = PAGE
) -> Page[ClaimRow]:
    """What one claimed oneself."""
    found = scoped(actor, ExpenseClaim).filter(party=own_party(actor).pk)
    return _page(actor, found, state, sort, cursor, limit)


@query(permission=OWN, title=_("Claims to decide on"), exposed=True)
def claims_to_decide(
    actor: Actor, /, *, sort: str = "number", cursor: str = "", limit: int = PAGE
) -> Page[ClaimRow]:
    """Claims of the people that one manages, that wait for a decision."""
    people = people_of(actor, timezone.localdate())
    found = scoped(actor, ExpenseClaim).filter(party__in=people)
    return _page(actor, found, SUBMITTED, sort, cursor, limit)


@query(permission=READ, title=_("Expense claims"), exposed=True)
def expense_claims(
    actor: Actor,
    /,
    *,
    search: str = "",
    state: str = "",
    sort: str = "-number",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[ClaimRow]:
    """All claims; `search` is a number, or a part of a name or title."""
    found = scoped(actor, ExpenseClaim)
    if search:
        words = Q(party__name__icontains=search) | Q(title__icontains=search)
        found = found.filter(words | Q(number__iexact=search))
    return _page(actor, found, state, sort, cursor, limit)


def _page(
    actor: Actor,
    found: QuerySet[ExpenseClaim],
    state: str,
    sort: str,
    cursor: str,
    limit: int,
) -> Page[ClaimRow]:
    least = checked_from(actor.company_id)
    if state == TO_CHECK:
        found = found.filter(unchecked(least))
    elif state:
        found = found.filter(state=state)
        found = found.exclude(unchecked(least)) if state == APPROVED else found
    page = page_by(
        found.select_related("party"),
        order=sorted_by(sort, SORTS),
        cursor=cursor,
        limit=limit,
        totals={"amount": Sum("amount")},
    )
    return page.map(lambda row: _row(actor, row, least))


def _row(actor: Actor, row: ExpenseClaim, least: int | None) -> ClaimRow:
    return ClaimRow(
        row.pk,
        row.number,
        row.party.name,
        row.title,
        state_of(row, least),
        row.amount,
        row.created_at,
        row.submitted_at,
        actor.currency,
    )


def seen_claims(actor: Actor) -> QuerySet[ExpenseClaim]:
    """The claims that one may see: one's own, those of one's people, or all."""
    found = scoped(actor, ExpenseClaim)
    if actor.may(READ):
        return found
    mine = find_own_party(actor)
    people = people_of(actor, timezone.localdate())
    return found.filter(
        Q(party__in=[mine.pk] if mine else []) | (Q(party__in=people) & ~Q(state="draft"))
    )


@query(permission=OWN, title=_("An expense claim"), exposed=True)
def expense_claim(actor: Actor, /, *, number: str) -> ClaimShown:
    """A claim with its lines, of oneself, of one's people, or with the permission of anybody.

    Raises UnknownClaim.
    """
    rows = seen_claims(actor).select_related("party", "decided_by", "checked_by")
    row = rows.filter(number=number).first()
    if row is None:
        message = _("There is no claim “{number}”.").format(number=number[:20])
        raise UnknownClaim(message, field="number")
    lines = ExpenseLine.objects.filter(claim=row).select_related("category")
    owed = owed_to_staff(actor, [row.entry]).get(row.entry) if row.entry else None
    mine = find_own_party(actor)
    own = mine is not None and mine.pk == row.party_id
    manages = actor.may("hr.manage_expenses") or row.party_id in people_of(
        actor, timezone.localdate()
    )
    return ClaimShown(
        claim=_row(actor, row, checked_from(actor.company_id)),
        lines=[_line(line) for line in lines.order_by("date", "pk")],
        decided_by=row.decided_by.name if row.decided_by else "",
        decided_at=row.decided_at,
        checked_by=row.checked_by.name if row.checked_by else "",
        why=row.why,
        entry=row.entry,
        reversal=row.reversal,
        owed=owed.open if owed and row.state == POSTED else None,
        run=owed.run if owed else "",
        mine=own,
        may_decide=manages and not own,
        may_check=actor.may("hr.manage_expenses")
        and not own
        and row.decided_by_id != actor.user_id,
    )


def _line(line: ExpenseLine) -> ExpenseRow:
    shown: Any = line
    return ExpenseRow(
        line.pk,
        line.date,
        line.category.name,
        line.category.kind,
        line.text,
        shown.quantity,
        shown.rate,
        line.amount,
        line.currency,
        line.own,
        line.tax,
        line.taxable,
        line.reason,
        line.receipt_id is not None,
    )


@query(permission=OWN, title=_("The receipt of an expense"))
def expense_receipt(actor: Actor, /, *, expense: int) -> File:
    """The receipt of an expense in a claim that one may see. Raises UnknownClaim."""
    row = (
        ExpenseLine.objects.filter(pk=expense, claim__in=seen_claims(actor), receipt__isnull=False)
        .select_related("receipt")
        .first()
    )
    if row is None or row.receipt is None:
        raise UnknownClaim(_("There is no such receipt."), field="expense")
    return row.receipt


@query(permission=OWN, title=_("Claims by their keys"))
def claim_numbers(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, str]:
    """The numbers of the claims of these keys that one may see."""
    return dict(seen_claims(actor).filter(pk__in=keys).values_list("pk", "number"))


@query(permission=OWN, title=_("How many claims wait for one's decision"))
def claims_waiting(actor: Actor, /) -> int:
    """How many claims of one's people wait."""
    people = people_of(actor, timezone.localdate())
    return scoped(actor, ExpenseClaim).filter(party__in=people, state=SUBMITTED).count()


@query(permission="hr.post_expenses", title=_("How many claims wait to be posted"))
def claims_to_post(actor: Actor, /) -> int:
    """How many approved claims wait, without those that HR has to check yet."""
    found = scoped(actor, ExpenseClaim).filter(state=APPROVED)
    return found.exclude(unchecked(checked_from(actor.company_id))).count()


@query(permission="hr.manage_expenses", title=_("How many claims wait to be checked"))
def claims_to_check(actor: Actor, /) -> int:
    """How many approved claims HR has to check yet."""
    return scoped(actor, ExpenseClaim).filter(unchecked(checked_from(actor.company_id))).count()
