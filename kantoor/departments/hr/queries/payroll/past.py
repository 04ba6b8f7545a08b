"""What was paid before: the last payslip of each employee, and all of those that must be corrected."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec
from django.db.models import Min, QuerySet

from kantoor.departments.hr.models import Payslip
from kantoor.departments.hr.models.payroll.runs import APPROVED
from kantoor.departments.hr.reckoning.slips import (
    HOLIDAY,
    HOLIDAY_PAID,
    LABOUR_CREDIT,
    Kind,
    Line,
    SoFar,
)

_lines = msgspec.json.Decoder(list[Line])
_so_far = msgspec.json.Decoder(SoFar)
_digests = msgspec.json.Decoder(dict[str, str])


@dataclass(slots=True)
class Past:
    """An employee's payslips that count: the digest last reckoned with for each month (`YYYY-MM`),
    and the state of the year after the last of them."""

    digests: dict[str, str] = field(default_factory=dict)
    last: str = ""
    so_far: SoFar = field(default_factory=SoFar)


def counting(company_id: int) -> QuerySet[Payslip, Payslip]:
    """The payslips of approved runs."""
    return Payslip.objects.filter(company_id=company_id, run__state=APPROVED)


def first_month(company_id: int, otherwise: date) -> date:
    """The month of the first run that counts: what was paid before it was paid elsewhere."""
    return counting(company_id).aggregate(Min("month"))["month__min"] or otherwise


def pasts(company_id: int, since: date, before: date) -> dict[int, Past]:
    """What was paid from the month of `since` and before that of `before`, by party."""
    found: dict[int, Past] = {}
    rows = counting(company_id).filter(month__gte=since, month__lt=before)
    columns = ("party_id", "month", "facts", "corrected", "so_far")
    for party, month, facts, corrected, so_far in _ordered(rows, columns):
        past = found.setdefault(party, Past())
        if corrected != "{}":
            past.digests.update(_digests.decode(corrected))
        past.last = f"{month:%Y-%m}"
        past.digests[past.last] = facts
        past.so_far = so_far
    for past in found.values():
        past.so_far = _so_far.decode(past.so_far)  # type: ignore[arg-type]
    return found


def _ordered(rows: "QuerySet[Payslip, Payslip]", columns: tuple[str, ...]) -> Iterator[Any]:
    return rows.order_by("month", "pk").values_list(*columns).iterator(2000)


_SET_ASIDE = {HOLIDAY: 1, HOLIDAY_PAID: -1}


@dataclass(slots=True)
class Paid:
    """All that was paid to one employee in a span: sums by month, code and kind, and the state
    before the first of it, with what was corrected later in what had been set aside by then."""

    before: SoFar
    sums: dict[tuple[str, str, str], int]


def paid_to(company_id: int, parties: Collection[int], since: date) -> dict[int, Paid]:
    """What payslips from the month of `since` said about months from then on, by party."""
    found: dict[int, Paid] = {}
    if not parties:
        return found
    first = f"{since:%Y-%m}"
    rows = counting(company_id).filter(month__gte=since, party_id__in=parties)
    columns = ("party_id", "month", "labour_credit", "before", "lines")
    for party, month, credit, before, lines in _ordered(rows, columns):
        later = party in found
        paid = found.setdefault(party, Paid(_so_far.decode(before), {}))
        taken = (f"{month:%Y-%m}", LABOUR_CREDIT, str(Kind.CREDIT))
        paid.sums[taken] = paid.sums.get(taken, 0) + credit
        for line in _lines.decode(lines):
            if line.month >= first:
                key = (line.month, line.code, line.kind)
                paid.sums[key] = paid.sums.get(key, 0) + line.amount
            elif later and (sign := _SET_ASIDE.get(line.code)):  # the first knows of its own
                held = paid.before.holiday + sign * line.amount
                paid.before = msgspec.structs.replace(paid.before, holiday=held)
    return found


def lines_of(text: str) -> list[Line]:
    """The lines of a payslip."""
    return _lines.decode(text)
