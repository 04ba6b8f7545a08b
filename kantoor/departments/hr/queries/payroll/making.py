"""From what was read to payslips: the month itself, and what earlier months should have been.

An earlier month is reckoned anew, under the rules then in force, when what it was reckoned from
changed: with it all since the January before the first month that is looked at, since premiums
count the year so far and holiday allowance goes over into the next year. Nothing from before the
first run is: it was paid elsewhere. Only differences stand on the payslip, each with its month.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from kantoor.departments.hr.errors_pay import NoPayslip
from kantoor.departments.hr.queries.payroll.ground import Ground, digest_of, read_ground
from kantoor.departments.hr.queries.payroll.past import Paid, Past, first_month, paid_to, pasts
from kantoor.departments.hr.queries.payroll.weekdays import months_between
from kantoor.departments.hr.reckoning.payslip import reckon
from kantoor.departments.hr.reckoning.slips import (
    LABOUR_CREDIT,
    PAID,
    Kind,
    Line,
    Slip,
    SoFar,
)
from kantoor.kernel.errors import DomainError

Sums = dict[tuple[str, str, str], int]


@dataclass(slots=True)
class Made:
    """A payslip to be written: with the state before it, the digests of what it rests on, and the leave
    it pays out (minutes by last day)."""

    slip: Slip
    before: SoFar
    facts: str
    corrected: dict[str, str] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Failed:
    """Why an employee gets no payslip."""

    party: int
    code: str
    message: str


@dataclass(slots=True)
class Outcome:
    """What a run would write."""

    made: list[Made] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)


def year_back(month: date) -> date:
    """How far back a change is still looked for: the same month a year ago."""
    return month.replace(year=month.year - 1)


def outcome_of(company_id: int, month: date) -> Outcome:
    """The payslips of a month, for who has none yet; in a fixed number of statements."""
    since = year_back(month)
    past = pasts(company_id, since, month)
    # A correction may have reckoned months from before `since` anew, but of its own people alone.
    looked_at = f"{since:%Y-%m}"
    runs = sorted({each for one in past.values() for each in one.digests if each >= looked_at})
    first = date.fromisoformat(f"{runs[0]}-01").replace(month=1) if runs else month
    first = max(first, first_month(company_id, month))
    ground = read_ground(company_id, first, month)
    changed: set[int] = set()
    outcome = Outcome()
    for party in sorted(set(ground.terms) | set(past)):
        try:
            if _changed(ground, past.get(party), party, runs):
                changed.add(party)
        except DomainError as error:
            outcome.failed.append(_failed(party, error))
    bad = {each.party for each in outcome.failed}
    paid = paid_to(company_id, changed, first)
    for party in sorted(set(ground.terms) | changed):
        if party in bad:
            continue
        try:
            start = first if party in changed else None
            made = _made(ground, past.get(party), paid.get(party), start, party, month)
        except DomainError as error:
            outcome.failed.append(_failed(party, error))
        else:
            if made is not None:
                outcome.made.append(made)
    return outcome


def _failed(party: int, error: DomainError) -> Failed:
    return Failed(party, error.code, str(error.message)[:500])


def _changed(ground: Ground, past: Past | None, party: int, runs: list[str]) -> bool:
    """Whether there is a month whose facts are other than they were reckoned with."""
    for run in runs:
        month = date.fromisoformat(f"{run}-01")
        known = past.digests.get(run, "") if past else ""
        if digest_of(ground.facts(party, month)) != known:
            return True
    return False


def carried(so_far: SoFar, last: str, month: date) -> SoFar:
    """The state before a month: of another year only what was set aside for holidays is left."""
    return so_far if last[:4] == f"{month.year}" else SoFar(holiday=so_far.holiday)


def _made(
    ground: Ground, past: Past | None, paid: Paid | None, start: date | None, party: int, month: date
) -> Made | None:  # fmt: skip
    """A payslip, with the months from `start` on reckoned anew: the same that `paid` is about."""
    before = carried(past.so_far, past.last, month) if past else SoFar()
    differences: list[Line] = []
    corrected: dict[str, str] = {}
    left: dict[str, int] = {}
    if start is not None:
        opening = paid.before if paid else SoFar()
        sums: Sums = {}
        last, previous = opening, ""
        for each in months_between(start, month):
            facts = ground.facts(party, each)
            corrected[f"{each:%Y-%m}"] = digest_of(facts)
            if facts is None:
                continue
            left |= facts.left
            slip = reckon(facts, carried(last, previous or f"{each:%Y}", each))
            last, previous = slip.so_far, f"{each:%Y-%m}"
            _add(sums, slip.lines)
            credit = (previous, LABOUR_CREDIT, str(Kind.CREDIT))
            sums[credit] = sums.get(credit, 0) + slip.labour_credit
        before = carried(last, previous or f"{month:%Y}", month)
        differences = list(_differences(sums, paid.sums if paid else {}))
    facts = ground.facts(party, month)
    if facts is None:
        if not differences:
            return None
        slip = Slip(party, so_far=before, centres=(("", 1),))
    else:
        left |= facts.left
        slip = reckon(facts, before)
    _with(slip, differences)
    return Made(slip, before, digest_of(facts), corrected, left)


def _add(sums: Sums, lines: list[Line]) -> None:
    for line in lines:
        key = (line.month, line.code, line.kind)
        sums[key] = sums.get(key, 0) + line.amount


def _differences(now: Sums, then: Sums) -> Iterator[Line]:
    for key in sorted(now.keys() | then.keys()):
        if difference := now.get(key, 0) - then.get(key, 0):
            yield Line(key[1], key[2], difference, 0, 0, key[0])


def _with(slip: Slip, lines: list[Line]) -> None:
    """Put the differences on the payslip and into its sums."""
    for line in lines:
        slip.lines.append(line)
        kind = line.kind
        if kind in PAID:
            slip.net += line.amount
        if kind in (Kind.PAY, Kind.SPECIAL):
            slip.gross += line.amount
        if kind in (Kind.PAY, Kind.SPECIAL, Kind.PRETAX):
            slip.taxable += line.amount
        if kind == Kind.TAX:
            slip.tax -= line.amount
        if kind in (Kind.EMPLOYER, Kind.RESERVE):
            slip.employer += line.amount
    if slip.net < 0:
        raise NoPayslip(
            _("The corrections take off more than is paid this month; agree how it is paid back.")
        )
