"""Payroll runs as pages: the register, and one with its sums, errors and next steps."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.models import PayRun
from kantoor.departments.hr.queries.payroll.slips import PayRunCard, pay_run, pay_runs
from kantoor.departments.hr.queries.payroll.wages import page_of_payment
from kantoor.departments.hr.web.payroll.words import STATES, alone, run_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.parties import party_url
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.queries import scoped
from kantoor.kernel.ui.cells import Link, Party, Status
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact, Related, Relation

PAY_RUNS = ListView(
    key="hr.pay_runs",
    title=_("Payroll runs"),
    query=pay_runs,
    columns=[
        Col(key="run", title=_("Run"), phone="title"),
        Col(key="month", title=_("Month"), kind="date", sort=True, phone="meta"),
        Col(key="state", title=_("State"), kind="status", states=STATES, phone="figure"),
        Col(key="made_by", title=_("Made by"), phone="meta"),
        Col(key="approved_by", title=_("Approved by")),
        Col(key="entry", title=_("Entry")),
    ],
    tabs=[Tab(_("All")), Tab(_("To be approved"), {"state": "made"})],
    sort="-month",
    row_key="run",
    row_url=lambda row: run_url(row.run),
    new="hr.make_pay_run",
    more=lambda actor: [act_for(actor, "hr.book_pay_runs", icon="book")],
    empty=Empty(
        _("No payroll runs yet"),
        _("Set how we pay and the salaries, then make the run of a month."),
        "cash",
    ),
)


def show(actor: Actor, card: PayRunCard) -> Thing:
    """A run with its sums, who got no payslip and why, and what can be done next."""
    row = card.run
    word, tone = STATES[row.state]
    return Thing(
        title=row.run,
        row=row.id,
        state=Status(row.state, str(word), tone),
        facts=_facts(actor, card),
        document=_errors(card),
        steps=_steps(actor, card),
        blocked=_blocked(actor, card),
        relations=_payments(card),
        more=[Act(gettext("Payslips"), f"/hr/payslips?run={row.run}", icon="list")],
    )


def _facts(actor: Actor, card: PayRunCard) -> list[Fact]:
    row = card.run
    facts = [
        Fact(gettext("Month"), row.month),
        Fact(gettext("Payslips"), Link(str(card.payslips), f"/hr/payslips?run={row.run}")),
        Fact(gettext("Gross"), alone(actor, card.gross)),
        Fact(gettext("Wage tax"), alone(actor, card.tax)),
        Fact(gettext("Net"), alone(actor, card.net)),
        Fact(gettext("Employer's costs"), alone(actor, card.employer)),
        Fact(gettext("Made by"), row.made_by),
        Fact(gettext("Approved by"), row.approved_by),
        Fact(gettext("Entry"), row.entry or _waits(row.state)),
    ]
    return [fact for fact in facts if fact.value]


def _payments(card: PayRunCard) -> list[Relation]:
    if not card.payments:
        return []
    paid = [Related(Link(each, page_of_payment(each))) for each in card.payments]
    return [Relation(gettext("Paid by"), paid)]


def _waits(state: str) -> str:
    return (
        gettext("Booked with the next run: it is about few people.") if state == "approved" else ""
    )


def _errors(card: PayRunCard) -> Document | None:
    if not card.errors:
        return None
    return Document(
        columns=[
            Column("name", gettext("Without a payslip"), "party", phone="title"),
            Column("message", gettext("Why"), phone="meta"),
        ],
        lines=[
            Row(
                each.employee,
                {
                    "name": Party(each.name, party_url(each.employee), each.employee),
                    "message": each.message,
                },
            )
            for each in card.errors
        ],
        note=gettext("Mend what is said, and make the run anew; or approve it, and make another for them."),
    )  # fmt: skip


def _steps(actor: Actor, card: PayRunCard) -> list[Act | None]:
    row = card.run
    if row.state == "approved":
        missing = act_for(
            actor, "hr.add_pay_accounts", icon="building-bank", back=run_url(row.run), run=row.run
        )
        pay = act_for(
            actor, "hr.pay_wages", icon="send", key="p", back=run_url(row.run), runs=row.run
        )
        failed = bool(card.unpaid and card.payments)
        return [
            pay if card.unpaid else None,
            missing if (card.without_account or failed) and card.may_approve else None,
        ]
    if row.state != "made":
        return []
    back = run_url(row.run)
    approve = act_for(
        actor, "hr.approve_pay_run", label=_("Approve and book"), icon="check", key="a",
        back=back, run=row.run,
    )  # fmt: skip
    again = act_for(
        actor, "hr.make_pay_run", label=_("Make it anew"), icon="refresh", month=row.month,
        back="/hr/pay-runs",
    )  # fmt: skip
    drop = act_for(actor, "hr.drop_pay_run", icon="trash", back=back, run=row.run)
    return [approve if card.may_approve else None, again, drop]


def _blocked(actor: Actor, card: PayRunCard) -> str:
    if card.run.state == "made" and not card.may_approve:
        return gettext("You made this run; somebody else approves it.")
    return ""


PAY_RUN = RecordView(
    key="hr.pay_runs",
    title=_("Payroll run"),
    kind="hr.pay_run",
    path="<str:run>",
    find=pay_run,
    show=show,
)


@page_of("hr.pay_run", title=_("Payroll run"))
def pay_run_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of runs by their keys."""
    wanted = [int(key) for key in keys if key.isdigit()]
    found = scoped(actor, PayRun).filter(pk__in=wanted)
    return {str(each.pk): Link(str(each), run_url(str(each))) for each in found}
