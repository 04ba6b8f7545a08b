"""Open a closed fiscal year again: a recorded act that a second person approves."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.checking import LONGEST_TEXT
from kantoor.departments.finance.actions.ledger import write_entries
from kantoor.departments.finance.actions.opposite import opposite_lines
from kantoor.departments.finance.actions.periods import lock_company
from kantoor.departments.finance.actions.year_close.close import ORIGIN, ClosingCalendar
from kantoor.departments.finance.drafts import ReadyEntry
from kantoor.departments.finance.drafts_books import YearReopened
from kantoor.departments.finance.errors import YearNotClosable
from kantoor.departments.finance.models import Entry, FiscalYear, Period, YearReopening
from kantoor.departments.finance.queries.closing.closed_years import live_closes
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, InvalidInput
from kantoor.kernel.queries import one


def always(_actor: Actor, parameters: Mapping[str, Any]) -> str | None:
    """Why a second person must approve: a closed year was reported on."""
    return _("{year} was closed and reported on.").format(year=str(parameters["year"])[:20])


@action(permission="finance.reopen_year", title=_("Reopen a fiscal year"), second_pair=always)
def reopen_year(actor: Actor, /, *, year: str, why: str) -> YearReopened:
    """Reverse the entries that closed a year, and let who may post in softly closed periods post.

    Single periods are then opened to all as any other. Raises NotFound, Conflict for a year that
    is not closed, YearNotClosable while a later year is closed, InvalidInput without a reason.
    """
    if not why.strip():
        raise InvalidInput(_("Say why."), field="why")
    lock_company(actor.company_id)
    found = one(actor, FiscalYear, code=year)
    closes = live_closes(actor.company_id)
    close = closes.get(found.pk)
    if close is None:
        raise Conflict(_("{year} is not closed.").format(year=year), field="year")
    later = FiscalYear.objects.filter(pk__in=closes, starts_on__gt=found.starts_on)
    if (after := later.order_by("-starts_on").first()) is not None:
        message = _("{after} is closed too; reopen that first.").format(after=after.code)
        raise YearNotClosable(message, field="year")
    keys = [key for key in (close.opening_id, close.entry_id) if key]
    reversals = _reverse(actor, keys, why.strip())
    YearReopening.objects.create(
        company_id=actor.company_id, close=close, why=why.strip()[:LONGEST_TEXT]
    )
    Period.objects.filter(year=found).update(state="soft", remark=why.strip()[:LONGEST_TEXT])
    concerns(f"finance.year_close/{close.pk}")
    return YearReopened(year=year, reversals=reversals)


def _reverse(actor: Actor, keys: list[int], why: str) -> list[str]:
    if not keys:
        return []
    originals = {each.pk: each for each in Entry.objects.filter(pk__in=keys)}
    numbers, lines = entry_numbers(keys), opposite_lines(keys)
    ready = []
    for key in keys:
        found = originals[key]
        text = str(_("Reversal of {number}: {why}").format(number=numbers[key], why=why))
        ready.append(
            ReadyEntry(
                found.journal_id, found.date.isoformat(), text[:LONGEST_TEXT], found.reference,
                ORIGIN + "undone", key, lines[key],
            )
        )  # fmt: skip
    written = write_entries(actor, ready, (), ClosingCalendar(actor)).keys
    return list(entry_numbers(written).values())
