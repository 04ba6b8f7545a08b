"""Write down time spent on cases, take it back, and set what an hour of it costs."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.desk import MANAGE
from kantoor.departments.ict.actions.cases.finding import (
    cases_by_number,
    queues_by_code,
    services_by_code,
)
from kantoor.departments.ict.actions.cases.opening import HANDLE
from kantoor.departments.ict.drafts_work import WorkDraft, WorkRateDraft
from kantoor.departments.ict.errors import NotYours, WrongState
from kantoor.departments.ict.models import CaseWork, WorkRate
from kantoor.departments.ict.models.cases.work import DAY_MINUTES
from kantoor.departments.ict.queries.cases.numbers import read_number
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.queries import scoped
from kantoor.kernel.store.turns import take_turn

LONGEST_AGO = timedelta(days=366)
HIGHEST = Decimal(100_000)
FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)


@action(permission=HANDLE, title=_("Write down time spent"), bulk_of="ict.write_work")
def write_works(actor: Actor, /, *, works: Sequence[WorkDraft]) -> list[int]:
    """Write down minutes one worked on cases, all or none; gives the keys of the lines.

    Raises UnknownCase, InvalidInput for a day that is to come or long ago, or for more than a day
    holds.
    """
    return worked(actor, works)


@action(permission=HANDLE, title=_("Write down time spent on a case"))
def write_work(actor: Actor, /, *, work: WorkDraft) -> int:
    """Write down minutes one worked on one case."""
    return write_works(actor, works=[work])[0]


def worked(actor: Actor, works: Sequence[WorkDraft]) -> list[int]:
    """Write down time within an action that has asked its own permission."""
    if not works:
        return []
    if actor.user_id is None:
        raise InvalidInput(_("Only a person works on a case; sign in."), field="minutes")
    today = timezone.localdate()
    for place, each in enumerate(works, 1):
        refuse_minutes(each.minutes, place)
        if not today - LONGEST_AGO <= (each.day or today) <= today:
            message = _("Give a day of the last year, and none to come.")
            raise InvalidInput(message, field="day", line=place)
    found = cases_by_number(actor, [each.case for each in works], field="case")
    cases = {case.number: case for case in found}
    refuse_long_days(actor, [(each.day or today, each.minutes) for each in works])
    rows = []
    for each in works:
        case = cases[read_number(each.case) or 0]
        rows.append(
            CaseWork(
                company_id=actor.company_id, case=case, user_id=actor.user_id,
                day=each.day or today, minutes=each.minutes, queue_id=case.queue_id,
                service_id=case.service_id, written_at=timezone.now(), written_by=actor.user_id,
            )
        )  # fmt: skip
    CaseWork.objects.bulk_create(rows)
    if len(found) == 1:
        concerns(f"ict.case/{found[0].pk}")
    return [row.pk for row in rows]


def refuse_minutes(minutes: int, line: int) -> None:
    """Refuse what nobody works on one day."""
    if not 0 < minutes <= DAY_MINUTES:
        message = _("Give whole minutes, from 1 to {most}.").format(most=DAY_MINUTES)
        raise InvalidInput(message, field="minutes", line=line)


def refuse_long_days(actor: Actor, works: Sequence[tuple[date, int]]) -> None:
    """A day has no more minutes than a day has, with what was written before, also at once."""
    take_turn(f"ict.work/{actor.company_id}/{actor.user_id}")
    days = Counter[date]()
    for day, minutes in works:
        days[day] += minutes
    rows = scoped(actor, CaseWork).filter(user_id=actor.user_id or 0, day__in=days)
    before = dict(rows.values_list("day").annotate(Sum("minutes")))
    for day, minutes in days.items():
        if minutes + before.get(day, 0) > DAY_MINUTES:
            message = _("That makes more than 24 hours on {day}.").format(day=day.isoformat())
            raise InvalidInput(message, field="minutes")


@action(permission=HANDLE, title=_("Take time back"), bulk_of="ict.reverse_work")
def reverse_works(actor: Actor, /, *, works: Sequence[int]) -> list[int]:
    """Take lines of time back, all or none: a line with the same minutes below nought for each.

    One's own; who manages the desk may take back those of others. Raises NotFound, NotYours,
    WrongState where it was taken back before.
    """
    wanted = list(dict.fromkeys(works))
    rows = scoped(actor, CaseWork).select_for_update(of=("self",)).filter(pk__in=wanted)
    found = {row.pk: row for row in rows.order_by("pk")}
    done = set(CaseWork.objects.filter(reverses__in=found).values_list("reverses", flat=True))
    new = []
    for place, key in enumerate(wanted, 1):
        row = found.get(key)
        if row is None:
            raise NotFound(_("There is no such line."), field="works", line=place)
        if row.user_id != actor.user_id and not actor.may(MANAGE):
            message = _("Somebody else wrote this; let them take it back.")
            raise NotYours(message, field="works", line=place)
        if key in done or row.reverses_id is not None:
            raise WrongState(_("This was taken back already."), field="works", line=place)
        new.append(
            CaseWork(
                company_id=actor.company_id, case_id=row.case_id, user_id=row.user_id, day=row.day,
                minutes=-row.minutes, queue_id=row.queue_id, service_id=row.service_id,
                reverses=row, written_at=timezone.now(), written_by=actor.user_id,
            )
        )  # fmt: skip
    CaseWork.objects.bulk_create(new)
    if len({row.case_id for row in new}) == 1:
        concerns(f"ict.case/{new[0].case_id}")
    return [row.pk for row in new]


@action(permission=HANDLE, title=_("Take a line of time back"))
def reverse_work(actor: Actor, /, *, work: int) -> int:
    """Take one line back."""
    return reverse_works(actor, works=[work])[0]


@action(permission=MANAGE, title=_("Set what hours of work cost"), bulk_of="ict.set_work_rate")
def set_work_rates(actor: Actor, /, *, rates: Sequence[WorkRateDraft]) -> int:
    """Set what an hour costs from a day on, all or none; gives how many.

    Work of before a rate was set is reckoned by it too, where the day is not before its start.
    Raises UnknownService, UnknownQueue, InvalidInput with the line.
    """
    services = services_by_code(actor, [each.service for each in rates])
    queues = queues_by_code(actor, [each.queue for each in rates])
    for line, each in enumerate(rates, 1):
        if (
            not each.rate.is_finite()
            or not 0 < each.rate <= HIGHEST
            or round(each.rate, 6) != each.rate
        ):
            message = _("A rate lies between 0 and {most}, with at most six decimals.")
            raise InvalidInput(message.format(most=HIGHEST), field="rate", line=line)
        if not FIRST <= each.start <= LAST:
            raise InvalidInput(_("Give a day of this century."), field="start", line=line)
        if each.service and each.queue:
            both = _("Give a service or a queue, not both.")
            raise InvalidInput(both, field="queue", line=line)
    WorkRate.objects.bulk_create(
        WorkRate(
            company_id=actor.company_id, service_id=services.get(each.service),
            queue_id=queues.get(each.queue), start=each.start,
            rate=each.rate,  # type: ignore[misc]  # its stubs know no Decimal
        )
        for each in rates
    )  # fmt: skip
    return len(rates)


@action(permission=MANAGE, title=_("Set what an hour of work costs"))
def set_work_rate(actor: Actor, /, *, rate: WorkRateDraft) -> int:
    """Set one rate."""
    return set_work_rates(actor, rates=[rate])
