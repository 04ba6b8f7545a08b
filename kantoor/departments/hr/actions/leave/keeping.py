"""Keep the ledgers of leave: reckoned anew whenever something of them changes.

Only HR's own actions use this, inside their transaction.
"""

from collections.abc import Collection, Iterator, Sequence

from kantoor.departments.hr.models import LeaveMove
from kantoor.departments.hr.queries.leave.loading import Whose, ledgers
from kantoor.departments.hr.queries.leave.reckoning.ledger import Move
from kantoor.kernel.store.models import insert_rows

LOT = 1000


def keep_ledgers(company_id: int, parties: Collection[int]) -> None:
    """Reckon the ledgers of these people anew, after what they are made of was written."""
    for some in _lots(sorted(set(parties))):
        LeaveMove.objects.filter(party_id__in=some).delete()
        write_ledgers(company_id, ledgers(company_id, some))


def write_ledgers(company_id: int, found: dict[Whose, list[Move]]) -> None:
    """Write ledgers of which nothing is kept (any more)."""
    rows = [
        (company_id, whose.party, whose.kind, place, move.on.isoformat(), move.what, move.minutes,
         move.lot, move.request)
        for whose, moves in found.items()
        for place, move in enumerate(moves, 1)
    ]  # fmt: skip
    if rows:
        insert_rows(LeaveMove, rows)  # type: ignore[arg-type]  # no identifier of its own


def _lots(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + LOT] for start in range(0, len(keys), LOT))
