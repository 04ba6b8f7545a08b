"""What happens to one asset, written: its event with terms, entry, movements and value.

Only finance's own actions call this, inside their transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from kantoor.departments.finance.actions.assets.cases import Case
from kantoor.departments.finance.actions.assets.writing import (
    Movement,
    write_movements,
    write_values,
)
from kantoor.departments.finance.actions.booking import Booking, Leg, book
from kantoor.departments.finance.actions.periods import Calendar
from kantoor.departments.finance.models import AssetEvent, AssetTerms
from kantoor.departments.finance.queries.assets.due import released
from kantoor.departments.finance.queries.assets.live import after_movements
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.departments.finance.queries.roles import account_with_role, accounts_by_role
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor


class Change(NamedTuple):
    """What an event changes in an asset's cost, depreciation and revaluation reserve."""

    cost: int = 0
    accumulated: int = 0
    reserve: int = 0


@dataclass(frozen=True, kw_only=True)
class Happening:
    """An event to be written; `legs` are its lines beside those of the partial depreciation."""

    case: Case
    kind: str
    movement: str
    change: Change
    legs: Sequence[Leg] = field(default_factory=list)
    terms: AssetTerms | None = None
    proceeds: int = 0
    text: str = ""
    why: str = ""


class Done(NamedTuple):
    """What came of it: the entry's number, if any, and the book value after."""

    entry: str
    book_value: int


def write_events(actor: Actor, happenings: Sequence[Happening]) -> list[Done]:
    """Write events, each of another asset, in a fixed number of statements."""
    company_id = actor.company_id
    fresh = [each.terms for each in happenings if each.terms is not None]
    AssetTerms.objects.bulk_create(fresh)
    entries = book(actor, [_booking(actor, each) for each in happenings], Calendar(actor))
    events = AssetEvent.objects.bulk_create(
        [
            AssetEvent(
                company_id=company_id,
                asset_id=each.case.standing.asset_id,
                kind=each.kind,
                date=each.case.on,
                amount=each.change.cost - each.change.accumulated,
                proceeds=each.proceeds,
                entry_id=entry,
                terms=each.terms,
                why=each.why[:200],
            )
            for each, entry in zip(happenings, entries, strict=True)
        ]
    )
    pairs = list(zip(happenings, events, strict=True))
    write_movements(company_id, [made for each, event in pairs for made in _movements(each, event)])
    keys = [each.case.standing.asset_id for each in happenings]
    standings = after_movements(company_id, keys)
    write_values(company_id, standings)
    if len(keys) == 1:
        concerns(f"finance.asset/{keys[0]}")
    numbers = entry_numbers([key for key in entries if key])
    values = {each.asset_id: each.book_value for each in standings}
    return [
        Done(numbers[entry] if entry else "", values[key])
        for key, entry in zip(keys, entries, strict=True)
    ]


def reserves(actor: Actor) -> tuple[int, int]:
    """The account of the revaluation reserve, and where what is realised of it goes."""
    roles = accounts_by_role(actor.company_id)
    return (
        account_with_role(roles, "revaluation_reserve"),
        account_with_role(roles, "retained_earnings"),
    )


def release_legs(actor: Actor, amount: int, dimensions: int) -> list[Leg]:
    """The lines by which a part of the revaluation reserve is realised."""
    if not amount:
        return []
    reserve, retained = reserves(actor)
    return [Leg(reserve, amount, dimensions), Leg(retained, -amount, dimensions)]


def _booking(actor: Actor, each: Happening) -> Booking:
    standing, category, partial = each.case.standing, each.case.category, each.case.partial
    legs = list(each.legs)
    if partial:
        legs.append(Leg(category.expense_account_id, partial, standing.dimension_set_id))
        legs.append(Leg(category.accumulated_account_id, -partial, standing.dimension_set_id))
        release = released(standing, partial)
        legs += release_legs(actor, release, standing.dimension_set_id)
    text = f"{standing.number} {each.text or standing.name}"
    return Booking(each.case.on, text, f"finance.asset/{standing.asset_id}", legs)


def _movements(each: Happening, event: AssetEvent) -> list[Movement]:
    standing, on = each.case.standing, each.case.on
    made = Movement(
        standing.asset_id, on, each.movement, *each.change, event_id=event.pk,
        entry_id=event.entry_id,
    )  # fmt: skip
    if not each.case.partial:
        return [made]
    lost = Movement(
        standing.asset_id,
        on,
        "depreciation",
        accumulated=each.case.partial,
        reserve=-released(standing, each.case.partial),
        until=on - timedelta(days=1),
        terms_id=standing.terms_id,
        event_id=event.pk,
        entry_id=event.entry_id,
    )
    return [lost, made]
