"""Keep who manages whom free of loops, on every day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from kantoor.departments.hr.models import ContractVersion

FOREVER = date.max
MOST_LEVELS = 200


class Span(NamedTuple):
    """That somebody has a manager from a day to a day, inclusive."""

    start: date
    end: date
    manager: int


def in_a_loop(company_id: int, parties: Iterable[int]) -> set[int]:
    """Which of these manage themselves on any day, by way of others.

    Asked after their versions were written: a loop can only go through somebody who changed.
    Statements grow with the levels of the organisation, not with its people.
    """
    asked = set(parties)
    above = _above(company_id, asked)
    return {party for party in asked if _comes_back(party, above)}


def _above(company_id: int, parties: set[int]) -> dict[int, list[Span]]:
    """The spans of these people and of everybody above them."""
    spans: dict[int, list[Span]] = {}
    level = set(parties)
    for _level in range(MOST_LEVELS):
        if not level:
            break
        fresh = _spans(company_id, level)
        for party in level:
            spans[party] = fresh.get(party, [])
        level = {span.manager for some in fresh.values() for span in some} - spans.keys()
    return spans


def _spans(company_id: int, parties: set[int]) -> dict[int, list[Span]]:
    rows = ContractVersion.objects.filter(employment__company_id=company_id, replaced_at=None)
    if len(parties) <= 1000:
        rows = rows.filter(employment__party_id__in=parties)
    ordered = rows.order_by("employment__party_id", "valid_from").values_list(
        "employment__party_id", "valid_from", "employment__ends_on", "employment_id", "manager_id"
    )
    found: dict[int, list[Span]] = defaultdict(list)
    before: tuple[int, date, date | None, int, int | None] | None = None
    for row in ordered.iterator(2000):
        if row[0] not in parties:
            continue
        if before is not None:
            _note(found, before, row[1] if row[3] == before[3] else None)
        before = row
    if before is not None:
        _note(found, before, None)
    return found


def _note(
    found: dict[int, list[Span]],
    row: tuple[int, date, date | None, int, int | None],
    next_start: date | None,
) -> None:
    party, start, ends_on, _employment, manager = row
    if manager is None:
        return
    end = ends_on or FOREVER
    if next_start is not None:
        end = min(end, next_start - timedelta(days=1))
    if start <= end:
        found[party].append(Span(start, end, manager))


def _comes_back(party: int, above: dict[int, list[Span]]) -> bool:
    """Whether the chain up from somebody comes back to them on a day that all of it holds."""
    waiting = [(span.manager, span.start, span.end) for span in above.get(party, [])]
    seen: set[tuple[int, date, date]] = set()
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        who, start, end = at
        if who == party:
            return True
        for span in above.get(who, []):
            first, last = max(start, span.start), min(end, span.end)
            if first <= last:
                waiting.append((span.manager, first, last))
    return False
