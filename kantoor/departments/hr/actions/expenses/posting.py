"""Post approved claims in the books of finance, where the payment proposal takes them up."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import (
    StaffClaim,
    StaffLine,
    post_staff_claims,
    undo_staff_claims,
)
from kantoor.departments.hr.actions.expenses.checking import refuse_unchecked
from kantoor.departments.hr.actions.expenses.finding import locked_claims, refuse_own, tell_moved
from kantoor.departments.hr.drafts_expenses import ClaimsPosted
from kantoor.departments.hr.models import ExpenseClaim, ExpenseLine
from kantoor.departments.hr.models.expenses.claim import APPROVED, POSTED, REVERSED
from kantoor.departments.hr.queries.people.terms import terms_between
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput

POST = "hr.post_expenses"


@action(permission=POST, title=_("Post claims"), bulk_of="hr.post_claim")
def post_claims(actor: Actor, /, *, claims: Sequence[str]) -> ClaimsPosted:
    """Check and post approved claims, all or none: cost, VAT, and what is owed to each person.

    An entry is dated as the last expense of its claim, or on the first open day after it. Raises
    UnknownClaim, ClaimState, OwnClaim, and what finance refuses, with the place of the claim.
    """
    rows = locked_claims(actor, claims, [APPROVED], None)
    refuse_own(actor, rows)
    refuse_unchecked(actor.company_id, rows)
    lines: dict[int, list[ExpenseLine]] = {}
    found = ExpenseLine.objects.filter(claim__in=[row.pk for row in rows])
    for line in found.select_related("category").order_by("pk"):
        lines.setdefault(line.claim_id, []).append(line)
    entries = post_staff_claims(actor, claims=_drafts(actor, rows, lines))
    now = timezone.now()
    for row, entry in zip(rows, entries, strict=True):
        row.state, row.entry, row.posted_at = POSTED, entry, now
    ExpenseClaim.objects.bulk_update(rows, ["state", "entry", "posted_at"])
    tell_moved(actor, rows)
    return ClaimsPosted(len(rows), sum(row.amount for row in rows), entries)


@action(permission=POST, title=_("Post a claim"))
def post_claim(actor: Actor, /, *, claim: str) -> ClaimsPosted:
    """Check and post one approved claim."""
    return post_claims(actor, claims=[claim])


@action(permission=POST, title=_("Take back a posted claim"))
def reverse_claim(actor: Actor, /, *, claim: str, why: str) -> str:
    """Take a posted claim back by an entry with the opposite lines; gives its number.

    What was repaid is owed back from then on. Raises UnknownClaim, ClaimState, InvalidInput
    without a reason, NotReversible while a payment run is about to pay it.
    """
    if not 0 < len(why.strip()) <= 150:
        raise InvalidInput(_("Say why, in at most 150 characters."), field="why")
    row = locked_claims(actor, [claim], [POSTED], None)[0]
    row.reversal = undo_staff_claims(actor, entries=[row.entry], why=why)[0]
    row.state, row.why = REVERSED, why.strip()
    row.save()
    tell_moved(actor, [row])
    return row.reversal


def _drafts(
    actor: Actor, rows: Sequence[ExpenseClaim], lines: dict[int, list[ExpenseLine]]
) -> list[StaffClaim]:
    days = {row.pk: max(line.date for line in lines[row.pk]) for row in rows}
    centres = _cost_centres(actor, rows, days)
    return [
        StaffClaim(
            party=row.party.code,
            date=days[row.pk],
            reference=row.number,
            origin=f"hr.expense_claim/{row.pk}",
            # What somebody wrote may be personal; the books are never erased.
            text=_("Expenses {number}").format(number=row.number),
            lines=[
                StaffLine(
                    account=line.category.account,
                    gross=line.own,
                    tax=line.category.tax,
                    tax_amount=line.tax if line.category.tax else None,
                    dimensions=centres[row.pk],
                    text=line.category.name,
                )
                for line in lines[row.pk]
            ],
        )
        for row in rows
    ]


def _cost_centres(
    actor: Actor, rows: Sequence[ExpenseClaim], days: dict[int, date]
) -> dict[int, dict[str, str]]:
    """The cost centre of each person on the day of their claim, as a dimension of finance."""
    parties = {row.party_id for row in rows}
    terms = terms_between(actor.company_id, min(days.values()), max(days.values()), parties)
    found: dict[int, dict[str, str]] = {}
    for row in rows:
        on = days[row.pk]
        centre = next(
            (
                each.cost_centre
                for each in terms.get(row.party_id, ())
                if each.start <= on <= each.end
            ),
            "",
        )
        found[row.pk] = {"cost_centre": centre} if centre else {}
    return found
