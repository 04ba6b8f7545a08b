"""Leave that was paid out, as it stands: of each person and month what was said last."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from kantoor.departments.hr.models import LeavePayout

ASKED_BY_KEY = 1000


class Payout(NamedTuple):
    """Minutes of a kind of leave that were paid as left on a day."""

    kind: int
    on: date
    minutes: int


def standing_payouts(
    company_id: int, parties: Collection[int] | None
) -> dict[tuple[int, date], Payout]:
    """What was paid out by party and month, in one statement; 0 minutes is nothing after all."""
    rows = LeavePayout.objects.filter(company_id=company_id)
    wanted = None if parties is None else frozenset(parties)
    if wanted is not None and len(wanted) <= ASKED_BY_KEY:
        rows = rows.filter(party_id__in=wanted)
    columns = ("party_id", "month", "kind_id", "on", "minutes")
    return {
        (party, month): Payout(kind, on, minutes)
        for party, month, kind, on, minutes in rows.order_by("pk").values_list(*columns)
        if wanted is None or party in wanted
    }
