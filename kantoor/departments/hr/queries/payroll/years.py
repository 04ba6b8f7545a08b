"""Year statements and the summary of wage tax by month: sums of payslips and their differences.

A difference counts in the month it is about, whichever payslip it was paid on.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.errors_pay import UnknownPay
from kantoor.departments.hr.models import Payslip
from kantoor.departments.hr.queries.payroll.past import counting, lines_of
from kantoor.departments.hr.queries.payroll.slips import OWN, SEE
from kantoor.departments.hr.queries.people.own import own_party
from kantoor.departments.hr.reckoning.slips import PAID, Kind, Line
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import query

TAXED = (Kind.PAY, Kind.SPECIAL, Kind.PRETAX)


class YearStatement(msgspec.Struct, frozen=True):
    """What an employee was paid in a year (jaaropgaaf), in minor units.

    `wage` is what wage tax was withheld from, `tax` what was withheld, `labour_credit` the labour
    credit taken into account, `zvw` the employer's levy, `net` all that was paid.
    """

    year: int
    employee: str
    name: str
    wage: int
    tax: int
    labour_credit: int
    zvw: int
    net: int


class MonthTax(msgspec.Struct, frozen=True):
    """What is owed to the tax authority for a month, in minor units."""

    month: str
    wage: int
    tax: int
    premiums: int
    total: int


def _wanted(year: int | None) -> int:
    """The year asked for, this one unless said; raises InvalidInput for one that is none."""
    if year is None:
        return timezone.localdate().year
    if not 1900 <= year <= 9000:
        raise InvalidInput(_("Give a year such as 2026."), field="year")
    return year


def _of_year(company_id: int, year: int) -> "QuerySet[Payslip, Payslip]":
    year = _wanted(year)
    # A year's months are corrected on its own payslips and those of the year after.
    found = counting(company_id).filter(month__year__gte=year, month__year__lte=year + 1)
    return found.select_related("party").order_by("party__name", "party_id", "month", "pk")


def _statements(rows: Iterable[Payslip], year: int) -> list[YearStatement]:
    people: dict[int, dict[str, Any]] = {}
    for slip in rows:
        lines = [line for line in lines_of(slip.lines) if line.month[:4] == f"{year}"]
        if not lines:
            continue
        one = people.setdefault(
            slip.party_id,
            {"employee": slip.party.code, "name": slip.party.name, "labour_credit": 0,
             **dict.fromkeys(("wage", "tax", "zvw", "net"), 0)},
        )  # fmt: skip
        if slip.month.year == year:
            one["labour_credit"] += slip.labour_credit
        one["labour_credit"] += _sum(lines, (Kind.CREDIT,))
        one["wage"] += _sum(lines, TAXED)
        one["tax"] -= _sum(lines, (Kind.TAX,))
        one["zvw"] += sum(line.amount for line in lines if line.code == "zvw")
        one["net"] += _sum(lines, PAID)
    return [YearStatement(year=year, **one) for one in people.values()]


def _sum(lines: list[Line], kinds: Iterable[str]) -> int:
    wanted = frozenset(kinds)
    return sum(line.amount for line in lines if line.kind in wanted)


@query(permission=SEE, title=_("Year statements"), exposed=True)
def year_statements(actor: Actor, /, *, year: int | None = None) -> list[YearStatement]:
    """The year statement of everybody who was paid in a year (this one unless said), by name."""
    wanted = _wanted(year)
    return _statements(_of_year(actor.company_id, wanted).iterator(500), wanted)


@query(permission=SEE, title=_("A year statement"), exposed=True)
def year_statement(actor: Actor, /, *, year: int, employee: str) -> YearStatement:
    """One employee's year statement. Raises UnknownPay."""
    return _one(_statements(_of_year(actor.company_id, year).filter(party__code=employee), year))


@query(permission=OWN, title=_("My year statement"), exposed=True)
def own_year_statement(actor: Actor, /, *, year: int) -> YearStatement:
    """One's own year statement. Raises UnknownPay."""
    return _one(_statements(_of_year(actor.company_id, year).filter(party=own_party(actor)), year))


def _one(found: list[YearStatement]) -> YearStatement:
    if not found:
        raise UnknownPay(_("There is no payslip in this year."))
    return found[0]


@query(permission=SEE, title=_("Wage tax by month"), exposed=True, shows_nobody=True)
def wage_tax_summary(actor: Actor, /, *, year: int | None = None) -> list[MonthTax]:
    """What is owed to the tax authority for each month of a year, this one unless said.

    Corrections count in their own month.
    """
    months: dict[str, list[int]] = {}
    wanted = _wanted(year)
    for slip in _of_year(actor.company_id, wanted).iterator(500):
        for line in lines_of(slip.lines):
            if line.month[:4] != f"{wanted}":
                continue
            sums = months.setdefault(line.month, [0, 0, 0])
            if line.kind in TAXED:
                sums[0] += line.amount
            elif line.kind == Kind.TAX:
                sums[1] -= line.amount
            elif line.kind == Kind.EMPLOYER and line.code in ("zvw", "awf", "aof", "wko", "whk"):
                sums[2] += line.amount
    return [
        MonthTax(month, wage, tax, premiums, tax + premiums)
        for month, (wage, tax, premiums) in sorted(months.items())
    ]
