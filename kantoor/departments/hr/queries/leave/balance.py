"""What is left of leave on a day, for many people at once: the sum of their ledgers' lines."""

from collections.abc import Collection
from datetime import date

from django.db.models import Sum

from kantoor.departments.hr.models import LeaveMove
from kantoor.departments.hr.queries.leave.loading import ASKED_BY_KEY

HOLIDAY = "holiday"


def minutes_left(
    company_id: int, on: date, parties: Collection[int] | None = None, *, kind: str = HOLIDAY
) -> dict[int, int]:
    """The minutes left at the end of a day by party, below nought where they are owed.

    Who never had any is left out. In one statement. For HR's own functions, which asked
    permission; it asks none.
    """
    rows = LeaveMove.objects.filter(company_id=company_id, kind__code=kind, on__lte=on)
    wanted = None if parties is None else frozenset(parties)
    if wanted is not None and len(wanted) <= ASKED_BY_KEY:
        rows = rows.filter(party_id__in=wanted)
    found = rows.values_list("party_id").annotate(left=Sum("minutes")).order_by()
    return {party: left for party, left in found if wanted is None or party in wanted}
