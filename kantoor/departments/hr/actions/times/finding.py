"""Timesheets by their weeks and people, locked, made where there is none, and who decides."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.errors_times import OwnHours, SheetState, UnknownSheet
from kantoor.departments.hr.models import HourSheet
from kantoor.departments.hr.models.times.sheets import DRAFT, REFUSED
from kantoor.departments.hr.queries.people.own import find_own_party
from kantoor.departments.hr.queries.times.numbers import by_numbers
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped

OPEN = (DRAFT, REFUSED)
"""States in which hours may still be changed."""
MOST = 100_000
ASKED_BY_KEY = 500


def open_sheets(
    actor: Actor, wanted: Mapping[tuple[int, date], int]
) -> dict[tuple[int, date], HourSheet]:
    """The sheets of people and Mondays, locked, and made where there is none yet.

    `wanted` says at which line each was named. Raises SheetState for one that is not open.
    """
    parties = _locked(actor, {party for party, _monday in wanted})
    rows = scoped(actor, HourSheet).select_for_update(of=("self",)).select_related("party")
    rows = rows.filter(monday__in={monday for _party, monday in wanted})
    if len(parties) <= ASKED_BY_KEY:
        rows = rows.filter(party__in=parties)
    found = {(row.party_id, row.monday): row for row in rows.order_by("pk")}
    for key, row in found.items():
        if key in wanted and row.state not in OPEN:
            message = _("{number} was handed in; take it back or have it sent back first.")
            raise SheetState(message.format(number=row.number), field="week", line=wanted[key])
    fresh = [
        HourSheet(
            subject_id=parties[party].subject_id,
            company_id=actor.company_id,
            party=parties[party],
            monday=monday,
        )
        for party, monday in sorted(wanted)
        if (party, monday) not in found
    ]
    HourSheet.objects.bulk_create(fresh)
    return found | {(row.party_id, row.monday): row for row in fresh}


def _locked(actor: Actor, keys: Collection[int]) -> dict[int, Party]:
    """People, locked, so that two who write one week at once come after each other."""
    rows = scoped(actor, Party).select_for_update(no_key=True).filter(roles__role="employee")
    if len(keys) <= ASKED_BY_KEY:
        rows = rows.filter(pk__in=keys)
    return {row.pk: row for row in rows.order_by("pk") if row.pk in keys}


def locked_sheets(
    actor: Actor,
    numbers: Sequence[str],
    states: Sequence[str],
    parties: Collection[int] | None,
) -> list[HourSheet]:
    """Sheets by their numbers, locked until the commit; of these people alone where given.

    Raises UnknownSheet or SheetState with the place.
    """
    if not 0 < len(numbers) <= MOST or len(set(numbers)) < len(numbers):
        message = _("Name 1 to {most} timesheets, each once.").format(most=MOST)
        raise InvalidInput(message, field="sheets")
    found = by_numbers(actor, numbers, lock=True)
    for place, number in enumerate(numbers, 1):
        row = found.get(number)
        if row is None or (parties is not None and row.party_id not in parties):
            message = _("There is no timesheet “{number}”.").format(number=number[:60])
            raise UnknownSheet(message, field="sheets", line=place)
        if row.state not in states:
            changed = _("{number} is not in a state for this any more; look at it again.")
            raise SheetState(changed.format(number=number), field="sheets", line=place)
    if len(found) == 1:
        concerns(f"hr.hour_sheet/{found[numbers[0]].pk}")
    return [found[number] for number in numbers]


def refuse_own(actor: Actor, sheets: Sequence[HourSheet]) -> None:
    """Refuse sheets of the actor's own; raises OwnHours."""
    mine = find_own_party(actor)
    for place, each in enumerate(sheets, 1):
        if mine is not None and each.party_id == mine.pk:
            message = _("{number} is your own; somebody else decides on it.")
            raise OwnHours(message.format(number=each.number), field="sheets", line=place)
