"""Find people, kinds and requests of leave by what they are called; others are not found."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.errors_leave import UnknownLeave
from kantoor.departments.hr.models import LeaveKind, LeaveRequest
from kantoor.departments.hr.queries.leave.numbers import read_number
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.parties.employees import EMPLOYEE
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped

FURTHEST_YEARS = 10


def employees_by_code(
    actor: Actor, codes: Iterable[str], field: str = "employee"
) -> dict[str, Party]:
    """Employees by code; raises NotFound with the first place."""
    listed = list(codes)
    rows = scoped(actor, Party).filter(code__in=set(listed), roles__role=EMPLOYEE, erased_at=None)
    found = {row.code: row for row in rows}
    for place, code in enumerate(listed, 1):
        if code not in found:
            message = _("There is no employee “{code}”.").format(code=code[:40])
            raise NotFound(message, field=field, line=place)
    return found


def kinds_by_code(actor: Actor, codes: Iterable[str], field: str = "kind") -> dict[str, LeaveKind]:
    """Kinds of leave that are in use by code; raises UnknownLeave with the first place."""
    listed = list(codes)
    rows = scoped(actor, LeaveKind).filter(code__in=set(listed), active=True)
    found = {row.code: row for row in rows}
    for place, code in enumerate(listed, 1):
        if code not in found:
            message = _("There is no kind of leave “{code}”.").format(code=code[:40])
            raise UnknownLeave(message, field=field, line=place)
    return found


def requests_by_number(actor: Actor, numbers: Iterable[str]) -> list[LeaveRequest]:
    """Requests in the order of their numbers, locked; raises UnknownLeave with the place."""
    listed = list(numbers)
    keys = [read_number(each) for each in listed]
    rows = scoped(actor, LeaveRequest).select_for_update(of=("self",)).select_related("party")
    found = {row.number: row for row in rows.filter(number__in=[key or 0 for key in keys])}
    for place, (said, key) in enumerate(zip(listed, keys, strict=True), 1):
        if key not in found:
            message = _("There is no leave “{number}”.").format(number=said[:40])
            raise UnknownLeave(message, field="number", line=place)
    return [found[key or 0] for key in keys]


def minutes_of(hours: Decimal, field: str, line: int) -> int:
    """Hours as whole minutes; raises InvalidInput for what is no whole minute or can't be."""
    minutes = hours * 60
    if not minutes.is_finite() or abs(minutes) > 600_000:
        raise InvalidInput(_("These are too many hours."), field=field, line=line)
    if minutes != minutes.to_integral_value():
        message = _("Give hours that are whole minutes: 7.5 is seven and a half hours.")
        raise InvalidInput(message, field=field, line=line)
    return int(minutes)


def refuse_far_day(day: date, today: date, field: str, line: int) -> None:
    """Raise InvalidInput for a day that nobody can mean."""
    if abs(day.year - today.year) > FURTHEST_YEARS:
        raise InvalidInput(_("This day is too far away."), field=field, line=line)
