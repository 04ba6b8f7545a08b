"""Grant the leave of a year by the contracts as they are, and put right what was granted before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import msgspec
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.leave.finding import employees_by_code
from kantoor.departments.hr.actions.leave.keeping import keep_ledgers
from kantoor.departments.hr.actions.leave.kinds import MANAGE
from kantoor.departments.hr.actions.leave.recounting import recount_leave
from kantoor.departments.hr.drafts_leave import Granted
from kantoor.departments.hr.models import LeaveGrant, LeaveLot, LeaveRule
from kantoor.departments.hr.queries.leave.costing import spans_of
from kantoor.departments.hr.queries.leave.reckoning.accrual import (
    Earned,
    Rule,
    earned,
    lapses_on,
)
from kantoor.departments.hr.queries.leave.reckoning.ledger import GRANTED
from kantoor.departments.hr.queries.people.terms import terms_between
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.queries import scoped

FIVE_YEARS = 60
"""Months after its year that leave stays of which nobody was warned (BW 7:642)."""


@dataclass(frozen=True, slots=True)
class _Due:
    """What somebody is due by a rule for a year."""

    party: int
    rule: LeaveRule
    earned: Earned


@action(permission=MANAGE, title=_("Grant the leave of a year"))
def grant_leave(actor: Actor, /, *, year: int, employees: Sequence[str] = ()) -> Granted:
    """Grant everybody, or these employees, the leave of a year by their contracts as they are.

    Done again it changes only what the contracts have changed: the difference comes on the day it
    is granted, and what was taken stays taken. Raises NotFound or InvalidInput.
    """
    today = timezone.localdate()
    if not today.year - 6 <= year <= today.year + 1:
        message = _("Give a year from six years ago up to the next.")
        raise InvalidInput(message, field="year")
    people = employees_by_code(actor, employees, "employees")
    parties = {row.pk for row in people.values()} if employees else None
    granted = _grant(actor, _due(actor.company_id, year, parties), year, today)
    if len(people) == 1:
        concerns(f"kernel.party/{next(iter(people.values())).pk}")
    return granted


def put_right_at_end(actor: Actor, parties: set[int], years: set[int]) -> None:
    """Put right what was granted to people whose employment ends, at once.

    What is left of leave then is right for who settles it, without waiting for the job. Years of
    which nothing was granted yet are left alone. For HR's own actions, in their transaction.
    """
    granted = LeaveLot.objects.filter(
        company_id=actor.company_id, party_id__in=parties, year__in=years, rule__isnull=False
    )
    for year in sorted(set(granted.values_list("year", flat=True))):
        _grant(actor, _due(actor.company_id, year, parties), year, timezone.localdate())


def anybody_earns() -> bool:
    """Whether leave is earned by any rule."""
    return LeaveRule.objects.filter(active=True).exists()


@every(minutes=360, when=anybody_earns)
@job(title=_("Grant leave by contracts that changed"))
def keep_leave(work: Work, /) -> int:
    """Grant the leave of this year anew in all companies; gives how many lots changed."""
    changed = 0
    companies = LeaveRule.objects.filter(active=True).values("company_id")
    for company in Company.objects.filter(pk__in=companies).order_by("pk"):
        actor = console_actor(company)
        changed += grant_leave(actor, year=today_of(actor).year).lots
        recount_leave(actor)
    return changed


def _due(company_id: int, year: int, parties: set[int] | None) -> list[_Due]:
    rules = LeaveRule.objects.filter(company_id=company_id, active=True).order_by("pk")
    found, terms_of = [], {}
    for row in rules:
        rule = Rule(Fraction(row.weeks), row.year_before, row.months)
        of = rule.earned_in(year)
        if of not in terms_of:
            first, last = date(of, 1, 1), date(of, 12, 31)
            terms = terms_between(company_id, first, last, parties)
            terms_of[of] = {party: spans_of(some) for party, some in terms.items()}
        found += [
            _Due(party, row, earned(spans, rule, year)) for party, spans in terms_of[of].items()
        ]
    return found


def _grant(actor: Actor, due: Sequence[_Due], year: int, today: date) -> Granted:
    lots, had = _known_lots(actor, year)
    changes = []
    for each in due:
        lot = lots.get((each.party, each.rule.pk))
        difference = each.earned.minutes - (had.get(lot.pk, 0) if lot else 0)
        if difference:
            changes.append((each, lot, difference))
    fresh = LeaveLot.objects.bulk_create(
        _new_lot(actor, each, year) for each, lot, _more in changes if lot is None
    )
    made = {(lot.party_id, lot.rule_id): lot for lot in fresh}
    now = timezone.now()
    LeaveGrant.objects.bulk_create(
        LeaveGrant(
            lot=lot or made[each.party, each.rule.pk],
            on=_first_day(each, year) if lot is None else _within(today, year),
            minutes=difference,
            what=GRANTED,
            parts=msgspec.json.encode(each.earned.parts).decode(),
            user_id=actor.user_id,
            made_at=now,
        )
        for each, lot, difference in changes
    )
    keep_ledgers(actor.company_id, {each.party for each, _lot, _more in changes})
    return Granted(len(changes), sum(more for _each, _lot, more in changes))


def _known_lots(
    actor: Actor, year: int
) -> tuple[dict[tuple[int, int | None], LeaveLot], Mapping[int, int]]:
    """The lots of a year by person and rule, and what was granted of each."""
    rows = scoped(actor, LeaveLot).select_for_update().filter(year=year, rule__isnull=False)
    lots = {(row.party_id, row.rule_id): row for row in rows.order_by("pk")}
    granted = LeaveGrant.objects.filter(
        lot__company_id=actor.company_id, lot__year=year, what=GRANTED
    )
    sums = granted.values_list("lot_id").annotate(Sum("minutes")).order_by()
    return lots, dict(sums)


def _new_lot(actor: Actor, due: _Due, year: int) -> LeaveLot:
    rule = due.rule
    months = max(rule.months, FIVE_YEARS) if rule.must_warn else rule.months
    return LeaveLot(
        company_id=actor.company_id, party_id=due.party, kind_id=rule.kind_id, rule=rule,
        year=year, statutory=rule.statutory, lapses=lapses_on(year, months),
    )  # fmt: skip


def _first_day(due: _Due, year: int) -> date:
    """The day on which leave comes: with the year, or with who comes in the middle of it."""
    first = due.earned.first or date(year, 1, 1)
    return max(date(year, 1, 1), first)


def _within(day: date, year: int) -> date:
    return min(max(day, date(year, 1, 1)), date(year, 12, 31))
