"""The register of employees: who works here, who comes and who left, without what is private."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.models import ContractVersion, Employment, Unit
from kantoor.departments.hr.models.people.employment import WEEKDAYS
from kantoor.departments.hr.queries.people.own import people_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

READ = "hr.read_people"
SORTS = {
    "name": ("party__name", "pk"),
    "code": ("party__code", "pk"),
    "starts_on": ("starts_on", "pk"),
    "ends_on": ("ends_on", "pk"),
}
State = Literal["", "here", "coming", "leaving", "left"]


class StaffRow(msgspec.Struct, frozen=True, kw_only=True):
    """An employment as listed, with the contract of the day asked (or its first, or its last).

    `weekly_minutes` are those of a whole week; `until` is the last day of a fixed term.
    """

    id: int
    party_id: int
    code: str
    name: str
    state: str
    job_title: str
    kind: str
    weekly_minutes: int
    unit: str
    manager: str
    manager_name: str
    place: str
    starts_on: date
    ends_on: date | None
    until: date | None


@query(permission=READ, title=_("Employees"), exposed=True)
def employees(
    actor: Actor,
    /,
    *,
    on: date | None = None,
    state: State = "",
    unit: str = "",
    manager: str = "",
    search: str = "",
    sort: str = "name",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[StaffRow]:
    """Employments by the day `on` (today unless given): who is here, coming, leaving, or left.

    `unit` and `manager` are codes; `search` is a part of the name, or the number.
    """
    day = on or timezone.localdate()
    found = scoped(actor, Employment).filter(_in_state(state, day))
    if unit or manager:
        current = _version(day)
        found = found.annotate(
            unit_now=Subquery(current.values("unit__code")[:1]),
            manager_now=Subquery(current.values("manager__code")[:1]),
        )
        found = found.filter(unit_now=unit) if unit else found
        found = found.filter(manager_now=manager) if manager else found
    return _page(found, day, search, sort, cursor, limit)


@query(permission="hr.use_own", title=_("My people"), exposed=True)
def my_people(
    actor: Actor,
    /,
    *,
    on: date | None = None,
    search: str = "",
    sort: str = "name",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[StaffRow]:
    """Whom one manages on a day (today unless given), also as somebody's deputy."""
    day = on or timezone.localdate()
    found = scoped(actor, Employment).filter(
        _in_state("here", day), party_id__in=people_of(actor, day)
    )
    return _page(found, day, search, sort, cursor, limit)


@query(permission=READ, title=_("Units"))
def units_by_code(actor: Actor, /) -> dict[str, str]:
    """The names of the units by their code."""
    return dict(scoped(actor, Unit).order_by("name").values_list("code", "name"))


def state_on(row: Employment, day: date) -> str:
    """Whether somebody is coming, here, leaving (the last day is known) or left."""
    if row.starts_on > day:
        return "coming"
    if row.ends_on is None:
        return "here"
    return "left" if row.ends_on < day else "leaving"


def _in_state(state: str, day: date) -> Q:
    here = Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))
    return {
        "": Q(),
        "here": here,
        "coming": Q(starts_on__gt=day),
        "leaving": here & Q(ends_on__isnull=False),
        "left": Q(ends_on__lt=day),
    }[state]


def _version(day: date) -> QuerySet[ContractVersion]:
    """The version of the outer employment that holds on a day."""
    rows = ContractVersion.objects.filter(employment=OuterRef("pk"), replaced_at=None)
    return rows.filter(valid_from__lte=day).order_by("-valid_from")


def _page(
    found: QuerySet[Employment], day: date, search: str, sort: str, cursor: str, limit: int
) -> Page[StaffRow]:
    found = found.filter(party__erased_at=None).select_related("party")
    if search:
        words = search.strip()
        found = found.filter(Q(party__name__icontains=words) | Q(party__code__iexact=words))
    page = page_by(found, order=sorted_by(sort, SORTS), cursor=cursor, limit=limit, totals={})
    return page.with_rows(employee_rows(page.rows, day))


def employee_rows(rows: Sequence[Employment], day: date) -> list[StaffRow]:
    """Employments with their contract on a day, in one statement."""
    chosen = _contracts([row.pk for row in rows], day)
    return [_row(row, chosen[row.pk], day) for row in rows if row.pk in chosen]


def _contracts(keys: Sequence[int], day: date) -> dict[int, ContractVersion]:
    """The version of the day; the first of who comes, the last of who left."""
    versions = ContractVersion.objects.filter(employment_id__in=keys, replaced_at=None)
    found: dict[int, ContractVersion] = {}
    for each in versions.select_related("unit", "manager", "employment").order_by("valid_from"):
        last = each.employment.ends_on
        until = day if last is None else min(day, last)
        if each.employment_id not in found or each.valid_from <= until:
            found[each.employment_id] = each
    return found


def _row(row: Employment, contract: ContractVersion, day: date) -> StaffRow:
    manager = contract.manager
    return StaffRow(
        id=row.pk,
        party_id=row.party_id,
        code=row.party.code,
        name=row.party.name,
        state=state_on(row, day),
        job_title=contract.job_title,
        kind=contract.kind,
        weekly_minutes=sum(getattr(contract, weekday) for weekday in WEEKDAYS),
        unit=contract.unit.name if contract.unit else "",
        manager=manager.code if manager else "",
        manager_name=manager.name if manager else "",
        place=contract.place,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        until=contract.until,
    )
