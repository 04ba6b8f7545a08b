"""Reckon leave that stands anew, after contracts or holidays changed under it."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.leave.keeping import keep_ledgers
from kantoor.departments.hr.actions.leave.kinds import MANAGE
from kantoor.departments.hr.models import LeaveDay, LeaveRequest
from kantoor.departments.hr.models.leave.requests import STANDING
from kantoor.departments.hr.queries.leave.absence import SICK, absences
from kantoor.departments.hr.queries.leave.costing import costs_of
from kantoor.departments.hr.queries.leave.reckoning.days import Asked
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped


@action(permission=MANAGE, title=_("Reckon leave taken anew"))
def recount_leave(actor: Actor, /, *, since: date | None = None) -> int:
    """Let each day of leave since a day (that of today unless said) cost what it costs now.

    Gives how many requests came out otherwise; the ledgers of their people are reckoned anew.
    """
    day = since or timezone.localdate()
    rows = scoped(actor, LeaveRequest).select_for_update().filter(state__in=STANDING, last__gte=day)
    requests = list(rows.order_by("pk"))
    asked = [
        (row.party_id, Asked(row.first, row.last, row.first_part, row.last_part, row.minutes))
        for row in requests
    ]
    costed, _spans = costs_of(actor.company_id, asked)
    had: dict[int, dict[date, int]] = {}
    known = LeaveDay.objects.filter(request__in=rows)
    for request, on, minutes in known.values_list("request_id", "day", "minutes"):
        had.setdefault(request, {})[on] = minutes
    sick = _given_back(actor.company_id, requests)
    changed, fresh = [], []
    for row, found in zip(requests, costed, strict=True):
        before = had.get(row.pk, {})
        meant = {on: minutes for on, minutes in before.items() if on < day}
        ill = sick.get(row.party_id, set())
        meant |= {
            on: minutes for on, minutes in found if on >= day and (on in before or on not in ill)
        }
        if meant != before:
            changed.append(row)
            fresh += [
                LeaveDay(company_id=row.company_id, request=row, day=on, minutes=minutes)
                for on, minutes in sorted(meant.items())
            ]
    LeaveDay.objects.filter(request__in=changed).delete()
    LeaveDay.objects.bulk_create(fresh)
    keep_ledgers(actor.company_id, {row.party_id for row in changed})
    return len(changed)


def _given_back(company_id: int, requests: list[LeaveRequest]) -> dict[int, set[date]]:
    """Days on which people were wholly sick: those that leave does not take, it never takes again."""
    if not requests:
        return {}
    first, last = min(row.first for row in requests), max(row.last for row in requests)
    last = min(last, timezone.localdate())
    parties = {row.party_id for row in requests}
    return {
        party: {day for each in some if each.what == SICK and each.percent == 100
                for day in _days(each.start, each.end)}
        for party, some in absences(company_id, first, last, parties).items()
    }  # fmt: skip


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
