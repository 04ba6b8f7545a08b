"""Prove the ledgers of leave anew from what was granted and taken, for `kantoor verify`."""

from collections.abc import Iterable, Iterator

from kantoor.departments.hr.models import LeaveMove
from kantoor.departments.hr.queries.leave.loading import ledgers
from kantoor.kernel.actors.models import Company
from kantoor.kernel.numbering.numbers import Used, counted
from kantoor.kernel.record.verify.provers import Fault, prover
from kantoor.kernel.store.lookup import fetch
from kantoor.kernel.store.tables import Row, layout_of

KEY = ("party_id", "kind_id", "place")
OF_COMPANY = "WHERE party_id IN (SELECT id FROM kernel_party WHERE company_id = %s)"


@prover("hr_leave_move")
def leave_moves() -> Iterator[Fault]:
    """Every line of every ledger against the lots, grants and leave of its person."""
    for company in [*Company.objects.order_by("pk").values_list("pk", flat=True)]:
        meant: dict[str, Row] = {
            f"{whose.party}/{whose.kind}/{place}": (
                company, move.on.isoformat(), move.what, move.minutes, move.lot, move.request,
            )
            for whose, moves in ledgers(company, None).items()
            for place, move in enumerate(moves, 1)
        }  # fmt: skip
        kept = _kept(company)
        for name in sorted(meant.keys() | kept.keys()):
            if meant.get(name) != kept.get(name):
                what = "what was granted and taken says otherwise; reckon the ledger anew"
                yield Fault("derived", f"hr_leave_move row {name}", what)


def _kept(company: int) -> dict[str, Row]:
    layout = layout_of(LeaveMove)
    rest = [n for n, column in enumerate(layout.columns) if column not in KEY]
    places = [layout.columns.index(column) for column in KEY]
    return {
        "/".join(str(row[place]) for place in places): tuple(row[n] for n in rest)
        for row in layout.read(OF_COMPANY, [company])
    }


@counted("hr.leave")
def numbers_in_use() -> Iterable[Used]:
    """The numbers of requests as their rows show them."""
    rows = fetch(
        "SELECT company_id, min(number), max(number), count(*)"
        " FROM hr_leave_request GROUP BY company_id ORDER BY company_id"
    )
    for company_id, first, last, count in rows:
        yield f"hr.leave_request/{company_id}", first, last, count
