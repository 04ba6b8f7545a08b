"""On which terms people work here, cut where these change: what leave, time and pay reckon with."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from kantoor.departments.hr.models import ContractVersion
from kantoor.departments.hr.models.people.employment import WEEKDAYS

ASKED_BY_KEY = 1000
"""For more people than this all of the company are read, and the rest left out here."""
_ONE_DAY = timedelta(days=1)
_COLUMNS = (
    "employment__party_id", "employment_id", "pk", "valid_from", "employment__ends_on",
    *WEEKDAYS, "manager_id", "unit_id", "cost_centre", "kind", "until", "job_title", "place", "cao",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one person from `start` to `end`, both inclusive and within what was asked.

    `minutes` are those of Monday to Sunday; `manager` is a party, `version` the contract version
    that says so, `until` the last day of a fixed term.
    """

    party: int
    employment: int
    version: int
    start: date
    end: date
    minutes: tuple[int, int, int, int, int, int, int]
    manager: int | None
    unit: int | None
    cost_centre: str
    kind: str
    until: date | None
    job_title: str
    place: str
    cao: str

    @property
    def weekly_minutes(self) -> int:
        """Minutes of work in a whole week."""
        return sum(self.minutes)

    def minutes_on(self, day: date) -> int:
        """Minutes of work on a day by the contract, holidays or not."""
        assert self.start <= day <= self.end
        return self.minutes[day.weekday()]


def terms_between(
    company_id: int,
    start: date,
    end: date,
    parties: Collection[int] | None = None,
    *,
    known_at: datetime | None = None,
) -> dict[int, list[Terms]]:
    """The terms from `start` to `end` inclusive by party, in order of time, in one statement.

    Cut at the first and last day of employments and where a contract changes; who does not work
    here in that time is left out. `known_at` is a moment in the past: what was recorded by then.
    For HR's own functions, which asked permission; it asks none.
    """
    found: dict[int, list[Terms]] = {}
    wanted = None if parties is None else frozenset(parties)
    if wanted is not None and not wanted:
        return found
    for terms in _cut(_rows(company_id, start, end, wanted, known_at), start, end, known_at):
        if wanted is None or terms.party in wanted:
            found.setdefault(terms.party, []).append(terms)
    return found


def terms_on(
    company_id: int, day: date, parties: Collection[int] | None = None
) -> dict[int, Terms]:
    """The terms on one day by party."""
    return {key: some[0] for key, some in terms_between(company_id, day, day, parties).items()}


def _rows(
    company_id: int, start: date, end: date, wanted: frozenset[int] | None, at: datetime | None
) -> Iterator[tuple[Any, ...]]:
    rows: QuerySet[ContractVersion] = ContractVersion.objects.filter(
        employment__company_id=company_id, employment__starts_on__lte=end, valid_from__lte=end
    )
    if at is None:
        rows = rows.filter(
            Q(employment__ends_on=None) | Q(employment__ends_on__gte=start), replaced_at=None
        )
    else:
        rows = _known(rows, at)
    if wanted is not None and len(wanted) <= ASKED_BY_KEY:
        rows = rows.filter(employment__party_id__in=wanted)
    ordered = rows.order_by("employment__party_id", "employment__starts_on", "valid_from")
    return ordered.values_list(*_COLUMNS, "employment__end_recorded_at").iterator(2000)


def _known(rows: QuerySet[ContractVersion], at: datetime) -> QuerySet[ContractVersion]:
    return rows.filter(Q(replaced_at=None) | Q(replaced_at__gt=at), recorded_at__lte=at)


def _cut(
    rows: Iterator[tuple[Any, ...]], start: date, end: date, at: datetime | None
) -> Iterator[Terms]:
    """Each version until the day before the next of its employment."""
    row = next(rows, None)
    while row is not None:
        following = next(rows, None)
        first, ends_on, end_known = row[3], row[4], row[-1]
        if at is not None and end_known is not None and end_known > at:
            ends_on = None  # Nobody knew yet that it would end.
        last = end if ends_on is None else min(end, ends_on)
        if following is not None and following[1] == row[1]:
            last = min(last, following[3] - _ONE_DAY)
        if (first := max(start, first)) <= last:
            yield Terms(row[0], row[1], row[2], first, last, row[5:12], *row[12:20])
        row = following
