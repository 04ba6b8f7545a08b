"""Claim expenses: everybody for themselves, line by line, until the claim is handed in."""

from collections.abc import Sequence

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.expenses.finding import locked_claims, tell_moved
from kantoor.departments.hr.actions.expenses.receipts import keep_receipts
from kantoor.departments.hr.actions.expenses.reckoning import reckon
from kantoor.departments.hr.drafts_expenses import ExpenseDraft, Receipt
from kantoor.departments.hr.errors_expenses import AgainstPolicy, ClaimState, UnknownClaim
from kantoor.departments.hr.models import ExpenseClaim, ExpenseLine
from kantoor.departments.hr.models.expenses.claim import (
    DRAFT,
    REFUSED,
    SUBMITTED,
    claim_number,
)
from kantoor.departments.hr.queries.people.own import own_party
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped

OWN = "hr.use_own"
MOST_LINES = 200
OPEN = (DRAFT, REFUSED)
"""States in which who claims may still change it."""


@action(permission=OWN, title=_("Claim expenses"), bulk_of="hr.claim_expense")
def claim_expenses(
    actor: Actor,
    /,
    *,
    expenses: Sequence[ExpenseDraft],
    claim: str = "",
    title: str = "",
) -> str:
    """Add expenses to a claim of one's own, a new one where none is named; gives its number.

    Raises UnknownClaim, ClaimState, UnknownCategory, AgainstPolicy, MissingRate or InvalidInput;
    the line is the place of the expense.
    """
    return _claim(actor, expenses, claim, title, [])


@action(permission=OWN, title=_("Claim an expense"), hidden=True)
def claim_expense(
    actor: Actor,
    /,
    *,
    expense: ExpenseDraft,
    claim: str = "",
    title: str = "",
    receipt: Receipt | None = None,
) -> str:
    """Claim one expense, with its receipt; see the bulk form. Raises WrongReceipt too."""
    return _claim(actor, [expense], claim, title, [receipt] if receipt else [])


def _claim(
    actor: Actor,
    expenses: Sequence[ExpenseDraft],
    number: str,
    title: str,
    receipts: Sequence[Receipt],
) -> str:
    if not 0 < len(expenses) <= MOST_LINES:
        message = _("A claim has 1 to {most} lines.").format(most=MOST_LINES)
        raise InvalidInput(message, field="expenses")
    party = own_party(actor)
    row = locked_claims(actor, [number], OPEN, [party.pk])[0] if number else None
    row = row or _new(actor, party, title)
    reckoned = reckon(actor, expenses)
    files = keep_receipts(actor, receipts, party.subject_id)
    lines = [
        ExpenseLine(
            subject_id=party.subject_id,
            company_id=actor.company_id,
            claim=row,
            category=each.category,
            date=draft.date,
            text=draft.text.strip(),
            quantity=draft.quantity if each.rate is not None else None,
            rate=each.rate,  # type: ignore[misc]  # its stubs know no Decimal
            amount=each.amount,
            currency=each.currency,
            own=each.own,
            tax=draft.tax if each.category.tax else None,
            taxable=each.taxable,
            reason=draft.reason.strip(),
            receipt=files[place] if place < len(files) else None,
        )
        for place, (draft, each) in enumerate(zip(expenses, reckoned, strict=True))
    ]
    if row.lines.count() + len(lines) > MOST_LINES:
        message = _("A claim has 1 to {most} lines.").format(most=MOST_LINES)
        raise InvalidInput(message, field="expenses")
    ExpenseLine.objects.bulk_create(lines)
    _add_up(row)
    concerns(f"hr.expense_claim/{row.pk}")
    return row.number


def _new(actor: Actor, party: Party, title: str) -> ExpenseClaim:
    if len(title) > 200:
        raise InvalidInput(_("Say it in at most 200 characters."), field="title")
    sequence = take_numbers(f"hr.expense_claim/{actor.company_id}", 1)
    return ExpenseClaim.objects.create(
        subject_id=party.subject_id,
        company_id=actor.company_id,
        sequence=sequence,
        number=claim_number(sequence),
        party_id=party.pk,
        title=title.strip(),
        created_at=timezone.now(),
    )


def _add_up(row: ExpenseClaim) -> None:
    """Keep the sum of the lines; a refused claim that is changed is a draft again."""
    row.amount = row.lines.aggregate(sum=Sum("own"))["sum"] or 0
    row.state = DRAFT
    row.save()


@action(permission=OWN, title=_("Leave out expenses"))
def drop_expenses(actor: Actor, /, *, expenses: Sequence[int]) -> None:
    """Take lines out of claims of one's own that were not handed in. Raises UnknownClaim."""
    party = own_party(actor)
    rows = ExpenseLine.objects.filter(pk__in=expenses, company_id=actor.company_id)
    rows = rows.filter(claim__party=party.pk, claim__state__in=OPEN)
    found = {row.pk: row.claim_id for row in rows.select_for_update().order_by("pk")}
    for place, key in enumerate(expenses, 1):
        if key not in found:
            message = _("There is no such expense in a claim that you can still change.")
            raise UnknownClaim(message, field="expenses", line=place)
    ExpenseLine.objects.filter(pk__in=found).delete()
    for row in ExpenseClaim.objects.filter(pk__in=set(found.values())).order_by("pk"):
        _add_up(row)


@action(permission=OWN, title=_("Add a receipt"), hidden=True)
def add_receipt(actor: Actor, /, *, expense: int, receipt: Receipt) -> None:
    """Put a receipt beside an expense of one's own, in place of the one there was.

    Raises UnknownClaim, WrongReceipt.
    """
    party = own_party(actor)
    rows = ExpenseLine.objects.select_for_update(of=("self",)).select_related("claim")
    row = rows.filter(
        pk=expense, company_id=actor.company_id, claim__party=party.pk, claim__state__in=OPEN
    ).first()
    if row is None:
        message = _("There is no such expense in a claim that you can still change.")
        raise UnknownClaim(message, field="expense")
    row.receipt = keep_receipts(actor, [receipt], party.subject_id)[0]
    row.save()
    concerns(f"hr.expense_claim/{row.claim_id}")


@action(permission=OWN, title=_("Hand in claims"), bulk_of="hr.submit_claim")
def submit_claims(actor: Actor, /, *, claims: Sequence[str]) -> None:
    """Hand in claims of one's own, so that the manager decides on them.

    Raises UnknownClaim, ClaimState, and AgainstPolicy where a receipt is missing.
    """
    rows = locked_claims(actor, claims, OPEN, [own_party(actor).pk])
    _refuse_incomplete(rows)
    now = timezone.now()
    for row in rows:
        row.state, row.submitted_at = SUBMITTED, now
        row.decided_at, row.decided_by_id, row.why = None, None, ""
    ExpenseClaim.objects.bulk_update(
        rows, ["state", "submitted_at", "decided_at", "decided_by", "why"]
    )
    tell_moved(actor, rows)


@action(permission=OWN, title=_("Hand in a claim"))
def submit_claim(actor: Actor, /, *, claim: str) -> None:
    """Hand in one claim of one's own."""
    submit_claims(actor, claims=[claim])


@action(permission=OWN, title=_("Take back a claim"))
def withdraw_claim(actor: Actor, /, *, claim: str) -> None:
    """Take back a claim of one's own that nobody decided on yet, to change it."""
    row = locked_claims(actor, [claim], [SUBMITTED], [own_party(actor).pk])[0]
    row.state, row.submitted_at = DRAFT, None
    row.save()
    tell_moved(actor, [row])


def _refuse_incomplete(rows: Sequence[ExpenseClaim]) -> None:
    places = {row.pk: place for place, row in enumerate(rows, 1)}
    lines = ExpenseLine.objects.filter(claim__in=places).select_related("category").order_by("pk")
    seen = set()
    for line in lines:
        seen.add(line.claim_id)
        least = line.category.receipt_from_minor
        if least is not None and line.own >= least and line.receipt_id is None:
            message = _("“{name}” of {date} needs its receipt.")
            said = message.format(name=line.category.name, date=line.date.isoformat())
            raise AgainstPolicy(said, field="claims", line=places[line.claim_id])
    for key, place in places.items():
        if key not in seen:
            message = _("There is nothing in this claim yet.")
            raise ClaimState(message, field="claims", line=place)


def my_open_claim(actor: Actor) -> str:
    """The number of one's claim that is being written, the newest; empty where there is none."""
    rows = scoped(actor, ExpenseClaim).filter(party=own_party(actor).pk, state=DRAFT)
    return rows.order_by("-pk").values_list("number", flat=True).first() or ""
