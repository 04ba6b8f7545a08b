"""Payment terms, and the instalments that they make of an invoice."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.instalment_rows import Part
from kantoor.departments.finance.actions.periods import lock_company
from kantoor.departments.finance.dates import months_before
from kantoor.departments.finance.errors import AmountOutOfRange
from kantoor.departments.finance.models import PaymentTerm
from kantoor.departments.finance.queries.payment_terms import TermPart
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.money import half_up_ratio

PERMISSION = "finance.manage_payment_terms"
MOST_PARTS, MOST_MONTHS, MOST_DAYS, MOST_SHARE = 120, 120, 3_650, 1_000_000
Terms = Mapping[str, Sequence[TermPart]]


class TermDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A part of payment terms: `share` of all shares, due so many months and days after the date.

    Shares of 30 and 70 are thirty and seventy percent; 1, 1 and 1 are thirds.
    """

    share: int
    months: int = 0
    days: int = 0


@action(permission=PERMISSION, title=_("Set payment terms"))
def set_payment_terms(actor: Actor, /, *, code: str, parts: Sequence[TermDraft]) -> None:
    """Say in which parts an invoice with these terms is paid, and when each is due.

    They replace the parts there were; invoices that were issued keep theirs. Each part is due
    after the one before it, the last takes what rounding leaves. Raises InvalidInput.
    """
    name = code.strip()
    if not 0 < len(name) <= 20 or "\0" in name:
        raise InvalidInput(
            _("Give a code of at most {most} letters.").format(most=20), field="code"
        )
    if not 0 < len(parts) <= MOST_PARTS:
        message = _("There are 1 to {most} parts.").format(most=MOST_PARTS)
        raise InvalidInput(message, field="parts")
    for place, each in enumerate(parts, 1):
        before = parts[place - 2] if place > 1 else None
        _check(each, before, place)
    lock_company(actor.company_id)
    PaymentTerm.objects.filter(company_id=actor.company_id, code=name).delete()
    PaymentTerm.objects.bulk_create(
        PaymentTerm(
            company_id=actor.company_id,
            code=name,
            n=n,
            share=each.share,
            months=each.months,
            days=each.days,
        )
        for n, each in enumerate(parts, 1)
    )


@action(permission=PERMISSION, title=_("Remove payment terms"))
def remove_payment_terms(actor: Actor, /, *, code: str) -> None:
    """Take payment terms out of use; invoices that have them keep them. Raises InvalidInput."""
    lock_company(actor.company_id)
    found = PaymentTerm.objects.filter(company_id=actor.company_id, code=code)
    if "\0" in code or not found.exists():
        raise unknown_terms(code)
    found.delete()


def _check(each: TermDraft, before: TermDraft | None, place: int) -> None:
    if not 0 < each.share <= MOST_SHARE:
        message = _("A share is a whole number above nought.")
        raise InvalidInput(message, field="parts", line=place)
    if not 0 <= each.months <= MOST_MONTHS or not 0 <= each.days <= MOST_DAYS:
        message = _("A part is due within {months} months and {days} days.")
        said = message.format(months=MOST_MONTHS, days=MOST_DAYS)
        raise InvalidInput(said, field="parts", line=place)
    if before is not None and (each.months, each.days) <= (before.months, before.days):
        message = _("Each part is due later than the one before it.")
        raise InvalidInput(message, field="parts", line=place)


def unknown_terms(code: str, line: int | None = None) -> InvalidInput:
    """That there are no such payment terms."""
    message = _("There are no payment terms “{code}”.").format(code=code[:20])
    return InvalidInput(message, field="terms", line=line)


def instalments(
    parts: Sequence[TermPart], on: date, gross: int, own_gross: int, place: int | None
) -> list[Part]:
    """An invoice of that day in instalments; what rounding leaves is in the last.

    Raises AmountOutOfRange where the whole is too small to be parted, InvalidInput for one that
    owes nothing.
    """
    if gross <= 0:
        message = _("Only an invoice that is to be paid has payment terms.")
        raise InvalidInput(message, field="terms", line=place)
    days = [_due(part, on) for part in parts]
    if any(later < earlier for earlier, later in pairwise(days)):
        message = _("With that date a later part would be due before an earlier one.")
        raise InvalidInput(message, field="terms", line=place)
    said, own = (_shares(whole, parts) for whole in (gross, own_gross))
    if min(said) <= 0 or min(own) <= 0:
        message = _("The amount is too small to be paid in so many parts.")
        raise AmountOutOfRange(message, field="terms", line=place)
    return [Part(*each) for each in zip(map(date.isoformat, days), said, own, strict=True)]


def _due(part: TermPart, on: date) -> date:
    return months_before(on, -part.months) + timedelta(days=part.days)


def _shares(whole: int, parts: Sequence[TermPart]) -> list[int]:
    """Each part rounded half up; the last is what the others leave."""
    total = sum(part.share for part in parts)
    first = [half_up_ratio(whole * part.share, total) for part in parts[:-1]]
    return [*first, whole - sum(first)]
