"""The journal of runs as it is written: their payslips, with the accounts in force."""

from collections.abc import Sequence

import msgspec

from kantoor.departments.hr.models import PayRun, PaySettings, Payslip
from kantoor.departments.hr.models.payroll.runs import APPROVED
from kantoor.departments.hr.queries.payroll.ground import read_ground
from kantoor.departments.hr.queries.payroll.journal import journal, sums_of
from kantoor.departments.hr.queries.payroll.past import lines_of
from kantoor.departments.hr.queries.payroll.weekdays import last_of
from kantoor.departments.hr.queries.people.terms import terms_between

_centres = msgspec.json.Decoder(list[tuple[str, int]])


def journal_of(runs: Sequence[PayRun]) -> tuple[PaySettings, dict[tuple[str, str], int]]:
    """The settings of the last run's month, and amounts by account and cost centre of them all
    together (debit positive)."""
    last = runs[-1]
    ground = read_ground(last.company_id, last.month, last.month, ())
    rules = ground.rules(last.month)
    own = {offer.code: offer.account for offer in ground.offers(last.month)}
    rows = Payslip.objects.filter(run__in=runs).order_by("pk")
    slips = [
        sums_of(lines_of(lines), _centres.decode(centres), party)
        for lines, centres, party in rows.values_list("lines", "centres", "party_id").iterator(2000)
    ]
    return rules, journal(slips, rules, own)


def rules_of(run: PayRun) -> PaySettings:
    """How the employer paid in a run's month."""
    return read_ground(run.company_id, run.month, run.month, ()).rules(run.month)


def net_accounts(runs: Sequence[PayRun]) -> set[str]:
    """The accounts that the net pay of runs, in the order of their months, is owed on."""
    ground = read_ground(runs[0].company_id, runs[0].month, runs[-1].month, ())
    return {ground.rules(each.month).net_payable for each in runs}


def unbooked(company_id: int) -> list[PayRun]:
    """The runs that were approved and wait to be booked with the next, the oldest first."""
    rows = PayRun.objects.filter(company_id=company_id, state=APPROVED, entry="")
    with_slips = rows.filter(pk__in=Payslip.objects.filter(run__in=rows).values("run_id"))
    return list(with_slips.order_by("month", "n"))


def shows_somebody(runs: Sequence[PayRun]) -> bool:
    """Whether sums of these runs are about fewer people than the settings let be seen.

    Not so where no more people than that work here: then there is nothing to hide them among.
    """
    last = runs[-1]
    smallest = rules_of(last)
    # Who has an empty payslip adds nothing that others could hide among.
    told = Payslip.objects.filter(run__in=runs).exclude(gross=0, net=0, employer=0)
    people = told.values("party_id").distinct().count()
    if people >= smallest.smallest_group:
        return False
    terms = terms_between(last.company_id, last.month, last_of(last.month))
    return len(terms) >= smallest.smallest_group
