"""Depreciate all assets through the end of a period at once, and take such a run back."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.assets.happening import release_legs
from kantoor.departments.finance.actions.assets.writing import (
    Movement,
    write_movements,
    write_values,
)
from kantoor.departments.finance.actions.booking import Booking, Leg, book
from kantoor.departments.finance.actions.periods import Calendar, lock_company
from kantoor.departments.finance.actions.reversal import undo_entries
from kantoor.departments.finance.drafts_assets import Depreciated
from kantoor.departments.finance.errors import AssetState, UnknownAsset
from kantoor.departments.finance.models import (
    AssetCategory,
    AssetMovement,
    DepreciationRun,
    Entry,
    Period,
)
from kantoor.departments.finance.queries.accounts import in_words
from kantoor.departments.finance.queries.assets.due import Due, due_of
from kantoor.departments.finance.queries.assets.live import after_movements
from kantoor.departments.finance.queries.assets.standing import Standing
from kantoor.departments.finance.queries.calendar import period_end
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.queries import scoped
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.models import insert_rows

PERMISSION = "finance.depreciate"
SERIES = "finance.depreciation_run"


@action(permission=PERMISSION, title=_("Post depreciation"))
def post_depreciation(actor: Actor, /, *, on: date) -> Depreciated:
    """Depreciate all assets through the end of the period that a day is in, as far as is due.

    What was posted is not posted again: a second run takes what is new since, and one with
    nothing due changes nothing and has no number. Raises ClosedPeriod; preview it with the query
    `depreciation_due`.
    """
    lock_company(actor.company_id)
    calendar = Calendar(actor)
    calendar.place(on.isoformat())
    end = period_end(actor.company_id, on)
    period_id = calendar.place(end.isoformat()).period_id
    period = str(Period.objects.select_related("year").get(pk=period_id))
    dues = due_of(actor.company_id, end)
    if not dues:
        return Depreciated(number="", period=period, assets=0, amount=0, entries=[])
    run_id = take_ids(DepreciationRun, 1)
    number = _number(actor)
    parts = list(_parts(actor, dues))
    said = in_words(actor, _("Depreciation {period}")).format(period=period)
    bookings = _bookings(actor, parts, end, f"{SERIES}/{run_id}", said, number)
    entries = book(actor, bookings, calendar)
    amount = sum(each.amount for each in dues)
    insert_rows(
        DepreciationRun,
        [
            (
                run_id,
                actor.company_id,
                number,
                period_id,
                end.isoformat(),
                len(dues),
                amount,
                None,
                "",
            )
        ],
    )
    of_entry = {
        each.standing.asset_id: entry
        for (_category, several), entry in zip(parts, entries, strict=True)
        for each in several
    }
    write_movements(actor.company_id, [_movement(each, end, run_id, of_entry) for each in dues])
    write_values(actor.company_id, [_stands(each, end) for each in dues])
    concerns(f"{SERIES}/{run_id}")
    numbers = entry_numbers([key for key in entries if key])
    return Depreciated(
        number=number,
        period=period,
        assets=len(dues),
        amount=amount,
        entries=[numbers[key] for key in entries if key],
    )


@action(permission=PERMISSION, title=_("Reverse a depreciation run"))
def reverse_depreciation(actor: Actor, /, *, run: str, why: str) -> Depreciated:
    """Take back a run by its number: its entries are reversed, and it can be posted anew.

    Raises UnknownAsset, AssetState when it was reversed already, is a reversal itself, or a later
    run or event builds on it; ClosedPeriod, InvalidInput without a reason.
    """
    if not why.strip():
        raise InvalidInput(_("Say why."), field="why")
    lock_company(actor.company_id)
    found = _reversible(actor, run)
    movements = list(AssetMovement.objects.filter(run=found).order_by("id"))
    _refuse_built_upon(actor, movements)
    keys = sorted({each.entry_id for each in movements if each.entry_id})
    undone = undo_entries(actor, keys, why.strip())
    day = _day_of(undone.values(), found.date)
    run_id, number = take_ids(DepreciationRun, 1), _number(actor)
    insert_rows(
        DepreciationRun,
        [(run_id, actor.company_id, number, found.period_id, day.isoformat(), found.asset_count,
          -found.amount, found.pk, why.strip()[:200])],
    )  # fmt: skip
    write_movements(
        actor.company_id,
        [
            Movement(
                each.asset_id, day, each.kind, -each.cost, -each.accumulated, -each.reserve,
                terms_id=each.terms_id, run_id=run_id, entry_id=undone.get(each.entry_id or 0),
            )
            for each in movements
        ],
    )  # fmt: skip
    write_values(
        actor.company_id, after_movements(actor.company_id, {each.asset_id for each in movements})
    )
    concerns(f"{SERIES}/{run_id}")
    numbers = entry_numbers(undone.values())
    return Depreciated(
        number=number,
        period=str(found.period),
        assets=found.asset_count,
        amount=-found.amount,
        entries=[numbers[key] for key in undone.values()],
    )


def _number(actor: Actor) -> str:
    return f"D{take_numbers(f'{SERIES}/{actor.company_id}', 1):05}"


def _parts(actor: Actor, dues: Sequence[Due]) -> Iterable[tuple[AssetCategory, list[Due]]]:
    """What goes into one entry each: a category, or an asset where the category says so."""
    categories = {each.pk: each for each in scoped(actor, AssetCategory)}
    ordered = sorted(
        dues, key=lambda due: (categories[due.standing.category_id].code, due.standing.number)
    )
    for key, several in groupby(ordered, lambda due: due.standing.category_id):
        category = categories[key]
        if category.entries == "asset":
            yield from ((category, [each]) for each in several)
        else:
            yield category, list(several)


def _bookings(
    actor: Actor,
    parts: Sequence[tuple[AssetCategory, list[Due]]],
    end: date,
    origin: str,
    said: str,
    number: str,
) -> list[Booking]:
    found = []
    for category, dues in parts:
        legs = []
        for due in dues:
            dimensions = due.standing.dimension_set_id
            legs.append(Leg(category.expense_account_id, due.amount, dimensions))
            legs.append(Leg(category.accumulated_account_id, -due.amount, dimensions))
        # All that is realised of the revaluation reserve at once, so that roles are asked once.
        for dimensions in {due.standing.dimension_set_id for due in dues if due.release}:
            release = sum(
                due.release for due in dues if due.standing.dimension_set_id == dimensions
            )
            legs += release_legs(actor, release, dimensions)
        words = category.code
        if category.entries == "asset":
            words = f"{dues[0].standing.number} {dues[0].standing.name}"
        found.append(Booking(end, f"{said}: {words}", origin, legs, number))
    return found


def _movement(due: Due, end: date, run_id: int, entries: dict[int, int | None]) -> Movement:
    standing = due.standing
    return Movement(
        standing.asset_id,
        end,
        "depreciation",
        accumulated=due.amount,
        reserve=-due.release,
        until=end,
        terms_id=standing.terms_id,
        run_id=run_id,
        entry_id=entries[standing.asset_id],
    )


def _stands(due: Due, end: date) -> Standing:
    return due.standing._replace(
        accumulated=due.standing.accumulated + due.amount,
        reserve=due.standing.reserve - due.release,
        depreciated=due.standing.depreciated + due.amount,
        until=end,
    )


def _reversible(actor: Actor, number: str) -> DepreciationRun:
    found = (
        scoped(actor, DepreciationRun).filter(number=number).select_related("period__year").first()
    )
    if found is None:
        message = _("There is no depreciation run “{number}”.").format(number=number[:20])
        raise UnknownAsset(message, field="run")
    if found.reverses_id is not None:
        raise AssetState(_("It is a reversal itself; post the depreciation anew."), field="run")
    if DepreciationRun.objects.filter(reverses=found).exists():
        message = _("{number} was reversed already.").format(number=number)
        raise AssetState(message, field="run")
    return found


def _refuse_built_upon(actor: Actor, movements: Sequence[AssetMovement]) -> None:
    """Refuse when anything happened since to one of the assets that reckons with the run."""
    standings = {
        each.asset_id: each
        for each in after_movements(actor.company_id, {each.asset_id for each in movements})
    }
    for each in movements:
        standing = standings[each.asset_id]
        if standing.terms_id != each.terms_id or standing.disposed_on:
            message = _("{number} was changed after this run; undo that first.")
            raise AssetState(message.format(number=standing.number), field="run")
        if standing.until != each.until:
            message = _("{number} was depreciated further, through {date}; reverse that run first.")
            raise AssetState(
                message.format(number=standing.number, date=standing.until), field="run"
            )


def _day_of(entry_ids: Iterable[int], otherwise: date) -> date:
    first = Entry.objects.filter(pk__in=list(entry_ids)[:1]).values_list("date", flat=True).first()
    return first or otherwise
