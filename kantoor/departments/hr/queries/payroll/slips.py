"""Payslips as people read them: by who may see pay, and each employee's own."""

from datetime import date, datetime

import msgspec
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.errors_pay import UnknownPay
from kantoor.departments.hr.models import Component, PayAccount, PayRun, Payslip
from kantoor.departments.hr.models.payroll.runs import APPROVED
from kantoor.departments.hr.queries.payroll.explaining import ExplainedLine, explained
from kantoor.departments.hr.queries.payroll.numbers import find_run
from kantoor.departments.hr.queries.payroll.past import lines_of
from kantoor.departments.hr.queries.payroll.wages import payments_of, unpaid_count
from kantoor.departments.hr.queries.people.own import find_own_party, own_party
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

SEE, OWN = "hr.see_pay", "hr.use_own"


class PayslipRow(msgspec.Struct, frozen=True):
    """A payslip as listed, amounts in minor units."""

    id: int
    run: str
    month: date
    employee: str
    name: str
    gross: int
    tax: int
    net: int
    employer: int


class PayslipCard(msgspec.Struct, frozen=True):
    """A payslip with its lines; `state` is that of its run."""

    slip: PayslipRow
    employee: str
    state: str
    taxable: int
    labour_credit: int
    lines: list[ExplainedLine]


@query(permission=SEE, title=_("Payslips"), exposed=True)
def payslips(
    actor: Actor,
    /,
    *,
    run: str = "",
    employee: str = "",
    search: str = "",
    sort: str = "-month",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[PayslipRow]:
    """Payslips of approved runs, or of one run; `search` is a part of the name, or the number."""
    found = scoped(actor, Payslip)
    found = found.filter(run=find_run(actor, run)) if run else found.filter(run__state=APPROVED)
    if employee:
        found = found.filter(party__code=employee)
    if search and "\0" not in search:
        found = found.filter(party__name__icontains=search)
    return _page(found, sort, cursor, limit)


@query(permission=SEE, title=_("A payslip"), exposed=True)
def payslip(actor: Actor, /, *, run: str, employee: str) -> PayslipCard:
    """One payslip, each line with its rule and source. Raises UnknownPay."""
    found = scoped(actor, Payslip).filter(run=find_run(actor, run), party__code=employee)
    return _card(actor, found)


@query(permission=OWN, title=_("My payslips"), exposed=True)
def own_payslips(
    actor: Actor, /, *, sort: str = "-month", cursor: str = "", limit: int = PAGE
) -> Page[PayslipRow]:
    """One's own payslips of approved runs; none for who is no employee."""
    party = find_own_party(actor)
    found = scoped(actor, Payslip).filter(run__state=APPROVED, party=party)
    return _page(found if party else found.none(), sort, cursor, limit)


@query(permission=OWN, title=_("My payslip"), exposed=True)
def own_payslip(actor: Actor, /, *, run: str) -> PayslipCard:
    """One of one's own payslips. Raises UnknownPay, and NotLinked for who is no employee."""
    party = own_party(actor)
    found = scoped(actor, Payslip).filter(
        run=find_run(actor, run), run__state=APPROVED, party=party
    )
    return _card(actor, found)


def _page(
    found: QuerySet[Payslip, Payslip], sort: str, cursor: str, limit: int
) -> Page[PayslipRow]:
    keys = {"month": ("month",), "name": ("party__name",), "gross": ("gross",), "net": ("net",)}
    sums = {name: Sum(name) for name in ("gross", "tax", "net", "employer")}
    rows = found.select_related("party", "run")
    page = page_by(rows, order=sorted_by(sort, keys), cursor=cursor, limit=limit, totals=sums)
    return page.map(row_of)


def row_of(each: Payslip) -> PayslipRow:
    """A payslip as listed."""
    return PayslipRow(
        each.pk, str(each.run), each.month, each.party.code, each.party.name, each.gross, each.tax,
        each.net, each.employer,
    )  # fmt: skip


def _card(actor: Actor, found: QuerySet[Payslip, Payslip]) -> PayslipCard:
    each = found.select_related("party", "run").first()
    if each is None:
        raise UnknownPay(_("There is no such payslip."))
    own = own_components(actor, each.month, each.run.made_at)
    lines = [explained(line, own) for line in lines_of(each.lines)]
    return PayslipCard(
        row_of(each), each.party.code, each.run.state, each.taxable, each.labour_credit, lines
    )


def own_components(actor: Actor, month: date, known_at: datetime) -> dict[str, Component]:
    """The company's components as they held in a month, as was known at a moment, by code."""
    rows = scoped(actor, Component).filter(start__lte=month, recorded_at__lte=known_at)
    rows = rows.order_by("start", "pk")
    return {row.code: row for row in rows}


class PayErrorRow(msgspec.Struct, frozen=True):
    """Why an employee got no payslip."""

    employee: str
    name: str
    code: str
    message: str


class PayRunRow(msgspec.Struct, frozen=True):
    """A run as listed; who is empty is the installation itself."""

    id: int
    run: str
    month: date
    state: str
    made_by: str
    approved_by: str
    entry: str


class PayRunCard(msgspec.Struct, frozen=True):
    """A run with its sums in minor units and who got no payslip.

    `without_account` is how many are paid by it and have no bank account that was approved,
    `unpaid` how many no payment pays, `payments` the numbers of those that pay it.
    """

    run: PayRunRow
    payslips: int
    gross: int
    tax: int
    net: int
    employer: int
    errors: list[PayErrorRow]
    may_approve: bool
    without_account: int
    unpaid: int
    payments: list[str]


@query(permission=SEE, title=_("Payroll runs"), exposed=True, shows_nobody=True)
def pay_runs(
    actor: Actor,
    /,
    *,
    state: str = "",
    sort: str = "-month",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[PayRunRow]:
    """The runs, the latest month first."""
    found = scoped(actor, PayRun).select_related("made_by", "approved_by")
    if state:
        found = found.filter(state=state)
    order = sorted_by(sort, {"month": ("month", "n")})
    return page_by(found, order=order, cursor=cursor, limit=limit, totals={}).map(_run_row)


@query(permission=SEE, title=_("A payroll run"), exposed=True)
def pay_run(actor: Actor, /, *, run: str) -> PayRunCard:
    """One run by its number (`2026-05-1`). Raises UnknownPay."""
    found = find_run(actor, run)
    slips = scoped(actor, Payslip).filter(run=found)
    names = ("gross", "tax", "net", "employer")
    sums = slips.aggregate(**{f"sum_{name}": Sum(name) for name in names})
    errors = [
        PayErrorRow(each.party.code, each.party.name, each.code, each.message)
        for each in found.errors.select_related("party").order_by("party__name", "pk")
    ]
    others = found.made_by_id is None or found.made_by_id != actor.user_id
    gross, tax, net, employer = (sums[f"sum_{name}"] or 0 for name in names)
    kept = PayAccount.objects.filter(run=found).exclude(iban="").values("party_id")
    without = slips.filter(net__gt=0).exclude(party_id__in=kept).count()
    return PayRunCard(
        _run_row(found), slips.count(), gross, tax, net, employer, errors, others,
        without if found.state == APPROVED else 0,
        unpaid_count(actor, found) if found.state == APPROVED else 0, payments_of(actor, found),
    )  # fmt: skip


def _run_row(each: PayRun) -> PayRunRow:
    return PayRunRow(
        each.pk, str(each), each.month, each.state,
        each.made_by.name if each.made_by else "",
        each.approved_by.name if each.approved_by else "", each.entry,
    )  # fmt: skip
