"""Give each period its part of what is spread, at once, and take such a run back."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.booking import Booking, Leg, book
from kantoor.departments.finance.actions.periods import Calendar, lock_company
from kantoor.departments.finance.actions.reversal import undo_entries
from kantoor.departments.finance.drafts_spreading import SpreadPosted
from kantoor.departments.finance.errors import SpreadState, UnknownSpread
from kantoor.departments.finance.models import Entry, SpreadPosting, SpreadRun
from kantoor.departments.finance.queries.accounts import in_words
from kantoor.departments.finance.queries.calendar import period_end
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.departments.finance.queries.spreading.due import Due, due_of
from kantoor.departments.finance.queries.spreading.standing import standings
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.queries import scoped
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.models import insert_rows

PERMISSION = "finance.spread"
SERIES = "finance.spread_run"


@action(permission=PERMISSION, title=_("Post what is spread"))
def post_spreads(actor: Actor, /, *, on: date) -> SpreadPosted:
    """Take off all spreads what falls due through the end of the period that a day is in.

    One entry for all, its lines by account and dimensions. What was posted is not posted again;
    with nothing due it changes nothing and has no number. Raises ClosedPeriod; preview it with
    the query `spreads_due`.
    """
    lock_company(actor.company_id)
    calendar = Calendar(actor)
    calendar.place(on.isoformat())
    end = period_end(actor.company_id, on)
    dues = due_of(actor.company_id, end)
    if not dues:
        return SpreadPosted(number="", spreads=0, entry="")
    run_id, number = take_ids(SpreadRun, 1), _number(actor)
    said = in_words(actor, _("Spread through {date}")).format(date=end)
    booking = Booking(end, said, f"{SERIES}/{run_id}", _legs(dues), number)
    [entry] = book(actor, [booking], calendar)
    if entry is None:
        message = _("These spreads undo each other; nothing is left to be booked.")
        raise SpreadState(message, field="on")
    row = (run_id, actor.company_id, number, end.isoformat(), len(dues), entry, None, "")
    insert_rows(SpreadRun, [row])
    _write(
        run_id, end, [(due.standing.spread_id, due.standing.plan_id, due.amount) for due in dues]
    )
    concerns(f"{SERIES}/{run_id}")
    return SpreadPosted(number=number, spreads=len(dues), entry=entry_numbers([entry])[entry])


@action(permission=PERMISSION, title=_("Reverse a run of spreads"))
def reverse_spreads(actor: Actor, /, *, run: str, why: str) -> SpreadPosted:
    """Take back a run by its number; what it took off can be posted anew.

    Raises UnknownSpread, SpreadState when it was taken back already, is itself one that does, or
    a later run or change builds on it; ClosedPeriod, InvalidInput without a reason.
    """
    if not why.strip():
        raise InvalidInput(_("Say why."), field="why")
    lock_company(actor.company_id)
    found = _reversible(actor, run)
    postings = list(SpreadPosting.objects.filter(run=found).order_by("id"))
    _refuse_built_upon(actor, postings)
    entry = undo_entries(actor, [found.entry_id], why.strip())[found.entry_id]
    day = Entry.objects.values_list("date", flat=True).get(pk=entry)
    run_id, number = take_ids(SpreadRun, 1), _number(actor)
    insert_rows(
        SpreadRun,
        [(run_id, actor.company_id, number, day.isoformat(), len(postings), entry, found.pk,
          why.strip()[:200])],
    )  # fmt: skip
    _write(run_id, day, [(each.spread_id, each.plan_id, -each.amount) for each in postings])
    concerns(f"{SERIES}/{run_id}")
    return SpreadPosted(number=number, spreads=len(postings), entry=entry_numbers([entry])[entry])


def _number(actor: Actor) -> str:
    return f"V{take_numbers(f'{SERIES}/{actor.company_id}', 1):05}"


def _legs(dues: Sequence[Due]) -> list[Leg]:
    legs = []
    for due in dues:
        each = due.standing
        amount = due.amount if each.kind == "prepaid" else -due.amount
        legs.append(Leg(each.result_account_id, amount, each.dimension_set_id))
        legs.append(Leg(each.balance_account_id, -amount, each.dimension_set_id))
    return legs


def _write(run_id: int, on: date, postings: Sequence[tuple[int, int, int]]) -> None:
    first = take_ids(SpreadPosting, len(postings))
    insert_rows(
        SpreadPosting,
        [
            (key, run_id, spread_id, plan_id, on.isoformat(), amount)
            for key, (spread_id, plan_id, amount) in enumerate(postings, first)
        ],
    )


def _reversible(actor: Actor, number: str) -> SpreadRun:
    found = scoped(actor, SpreadRun).filter(number=number).first()
    if found is None:
        message = _("There is no run of spreads “{number}”.").format(number=number[:20])
        raise UnknownSpread(message, field="run")
    if found.reverses_id is not None:
        raise SpreadState(_("It takes a run back itself; post what is spread anew."), field="run")
    if SpreadRun.objects.filter(reverses=found).exists():
        message = _("{number} was reversed already.").format(number=number)
        raise SpreadState(message, field="run")
    return found


def _refuse_built_upon(actor: Actor, postings: Sequence[SpreadPosting]) -> None:
    now = {each.spread_id: each for each in standings(actor.company_id)}
    for each in postings:
        standing = now[each.spread_id]
        if standing.plan_id != each.plan_id:
            message = _("{number} is spread in another way since; post further instead.")
            raise SpreadState(message.format(number=standing.number), field="run")
        if standing.until != each.date:
            message = _("{number} was posted further, through {date}; reverse that run first.")
            raise SpreadState(
                message.format(number=standing.number, date=standing.until), field="run"
            )
