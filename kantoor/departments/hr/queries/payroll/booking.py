"""The journal of a run as it is written: its payslips, with the accounts in force."""

import msgspec

from kantoor.departments.hr.models import PayRun, PaySettings, Payslip
from kantoor.departments.hr.queries.payroll.ground import read_ground
from kantoor.departments.hr.queries.payroll.journal import journal, sums_of
from kantoor.departments.hr.queries.payroll.past import lines_of

_centres = msgspec.json.Decoder(list[tuple[str, int]])


def journal_of(run: PayRun) -> tuple[PaySettings, dict[tuple[str, str], int]]:
    """The settings of the month and amounts by account and cost centre (debit positive)."""
    ground = read_ground(run.company_id, run.month, run.month, ())
    rules = ground.rules(run.month)
    own = {offer.code: offer.account for offer in ground.offers(run.month)}
    rows = Payslip.objects.filter(run=run).order_by("pk").values_list("lines", "centres")
    slips = [
        sums_of(lines_of(lines), _centres.decode(centres)) for lines, centres in rows.iterator(2000)
    ]
    return rules, journal(slips, rules, own)
