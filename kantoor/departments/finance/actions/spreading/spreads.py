"""Put what belongs to other periods on the balance sheet, to be spread over them; and change that."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.booking import Booking, Leg, book
from kantoor.departments.finance.actions.inserting import insert_keyed
from kantoor.departments.finance.actions.periods import Calendar, lock_company
from kantoor.departments.finance.actions.spreading.sources import Sources
from kantoor.departments.finance.dates import check_span
from kantoor.departments.finance.drafts_spreading import (
    PartDraft,
    SpreadDraft,
    SpreadKind,
    Spreads,
    SpreadStep,
)
from kantoor.departments.finance.errors import SpreadState, UnknownSpread
from kantoor.departments.finance.models import Spread, SpreadPart, SpreadPlan
from kantoor.departments.finance.queries.spreading.standing import Standing, standings_of
from kantoor.departments.finance.schedules.slots import month_start
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, InvalidInput, Refusals
from kantoor.kernel.money import LARGEST
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.store.ids import take_ids

PERMISSION = "finance.spread"
SERIES = "finance.spread"
MOST = 5_000
MOST_MONTHS = 1_200
DAY = timedelta(days=1)


@action(permission=PERMISSION, title=_("Spread costs and income"), bulk_of="finance.spread_one")
def spread(actor: Actor, /, *, spreads: Sequence[SpreadDraft]) -> Spreads:
    """Spread prepaid costs and deferred income over the time they belong to, all or none.

    What stands in the result is moved to the balance sheet first. The monthly run
    (`post_spreads`) then gives each period its part (BW 2:362(5), matching). Raises NotFound
    for an entry, UnknownAccount, UnknownDimension, TooMuch when a line is spread for more than
    it is, ClosedPeriod, InvalidInput; several at once as Refusals. `line` is the place among
    those given.
    """
    if not 0 < len(spreads) <= MOST:
        message = _("Name 1 to {most} things to be spread.").format(most=MOST)
        raise InvalidInput(message, field="spreads")
    lock_company(actor.company_id)
    sources = Sources(actor, spreads)
    errors: list[DomainError] = []
    fresh: list[tuple[SpreadDraft, Spread, Booking]] = []
    first_id = take_ids(Spread, len(spreads))
    for place, draft in enumerate(spreads, 1):
        try:
            fresh.append(_fresh(actor, sources, draft, first_id + place - 1, place))
        except DomainError as error:
            errors.append(error)
    if errors:
        raise errors[0] if len(errors) == 1 else Refusals(errors[:20])
    number = take_numbers(f"{SERIES}/{actor.company_id}", len(fresh))
    entries = book(actor, [booking for _draft, _row, booking in fresh], Calendar(actor))
    for place, ((_draft, row, _booking), entry) in enumerate(zip(fresh, entries, strict=True)):
        row.number, row.entry_id = f"S{number + place:05}", entry
    rows = [row for _draft, row, _booking in fresh]
    insert_keyed(Spread, rows, first_id)
    plans = SpreadPlan.objects.bulk_create(
        [
            SpreadPlan(
                spread=row, starts_on=draft.starts_on, ends_on=draft.ends_on, step=draft.step,
                amount=row.amount, why="",
            )
            for draft, row, _booking in fresh
        ]
    )  # fmt: skip
    SpreadPart.objects.bulk_create(
        [
            SpreadPart(plan=plan, date=part.date, amount=part.amount)
            for (draft, _row, _booking), plan in zip(fresh, plans, strict=True)
            for part in draft.parts
        ]
    )
    if len(rows) == 1:
        concerns(f"{SERIES}/{rows[0].pk}")
    return Spreads([row.number for row in rows], sum(row.amount for row in rows))


@action(permission=PERMISSION, title=_("Spread a cost or income"))
def spread_one(
    actor: Actor,
    /,
    *,
    kind: SpreadKind,
    starts_on: date,
    ends_on: date,
    step: SpreadStep = "month",
    text: str = "",
    entry: str = "",
    line: int | None = None,
    amount: int | None = None,
    on: date | None = None,
    result_account: str = "",
    balance_account: str = "",
    dimensions: Mapping[str, str] | None = None,
    parts: Sequence[PartDraft] = (),
) -> Spreads:
    """Spread one cost or income. Raises what `spread` raises."""
    draft = SpreadDraft(
        kind=kind, starts_on=starts_on, ends_on=ends_on, step=step, text=text, entry=entry,
        line=line, amount=amount, date=on, result_account=result_account,
        balance_account=balance_account, dimensions=dimensions or {}, parts=parts,
    )  # fmt: skip
    return spread(actor, spreads=[draft])


@action(permission=PERMISSION, title=_("Change how something is spread"))
def change_spread(
    actor: Actor, /, *, spread: str, ends_on: date, why: str, starts_on: date | None = None
) -> str:
    """Spread what is left over another time, or end it early; what is posted stays.

    It begins where postings ended, or on `starts_on` when that is later; an end that lies before
    gives all that is left to the next run. Raises UnknownSpread, SpreadState when nothing is
    left, InvalidInput.
    """
    if not why.strip():
        raise InvalidInput(_("Say why."), field="why")
    lock_company(actor.company_id)
    found = _known(actor, spread)
    if not found.left:
        message = _("{number} is spread as a whole already.").format(number=spread)
        raise SpreadState(message, field="spread")
    begins = max(starts_on or found.starts_on, found.until + DAY if found.until else date.min)
    begins = max(begins, found.starts_on)
    check_span(begins, max(begins, ends_on))
    _check_length(begins, ends_on, None)
    SpreadPlan.objects.create(
        spread_id=found.spread_id,
        starts_on=begins,
        ends_on=max(begins, ends_on),
        step="day" if found.step == "day" else "month",
        amount=found.left,
        why=why.strip()[:200],
    )
    concerns(f"{SERIES}/{found.spread_id}")
    return spread


def _known(actor: Actor, number: str) -> Standing:
    found = standings_of(actor.company_id, [number]).get(number)
    if found is None:
        message = _("There is no spread “{number}”.").format(number=number[:20])
        raise UnknownSpread(message, field="spread")
    return found


def _fresh(
    actor: Actor, sources: Sources, draft: SpreadDraft, key: int, place: int
) -> tuple[SpreadDraft, Spread, Booking]:
    source = sources.source(draft, place)
    _check(draft, source.amount, place)
    result, balance = sources.accounts(draft, source, place)
    on = draft.date or source.date or draft.starts_on
    text = (draft.text or source.text or str(_("Spread"))).strip()
    sign = 1 if draft.kind == "prepaid" else -1
    dimensions = sources.dimension_set(draft, place) or source.dimension_set_id
    row = Spread(
        company_id=actor.company_id,
        kind=draft.kind,
        text=text,
        amount=source.amount,
        date=on,
        balance_account_id=balance,
        result_account_id=result,
        dimension_set_id=dimensions,
        line_id=source.line_id,
        origin=source.origin,
    )
    legs: list[Leg] = []
    if source.account_id != balance:
        legs = [
            Leg(balance, sign * source.amount, dimensions),
            Leg(
                source.account_id or result,
                -sign * source.amount,
                source.dimension_set_id or dimensions,
            ),
        ]
    return draft, row, Booking(on, text, f"{SERIES}/{key}", legs)


def _check(draft: SpreadDraft, amount: int, place: int) -> None:
    try:
        check_span(draft.starts_on, draft.ends_on)
    except DomainError as error:
        raise InvalidInput(error.message, field="ends_on", line=place) from None
    _check_length(draft.starts_on, draft.ends_on, place)
    if not 0 < amount <= LARGEST:
        raise InvalidInput(_("Spread an amount above nothing."), field="amount", line=place)
    if (draft.step == "custom") != bool(draft.parts):
        message = _("Parts are for what is spread by hand, and only for that.")
        raise InvalidInput(message, field="parts", line=place)
    if draft.parts and sum(part.amount for part in draft.parts) != amount:
        message = _("The parts add up to {sum}, and not to {amount}.")
        raise InvalidInput(
            message.format(sum=sum(part.amount for part in draft.parts), amount=amount),
            field="parts",
            line=place,
        )
    if any(not draft.starts_on <= part.date <= draft.ends_on for part in draft.parts):
        message = _("Each part is on a day from the first to the last.")
        raise InvalidInput(message, field="parts", line=place)


def _check_length(starts_on: date, ends_on: date, place: int | None) -> None:
    months = (ends_on.year - starts_on.year) * 12 + ends_on.month - month_start(starts_on).month
    if months > MOST_MONTHS:
        message = _("Spread over {most} months at most.").format(most=MOST_MONTHS)
        raise InvalidInput(message, field="ends_on", line=place)
