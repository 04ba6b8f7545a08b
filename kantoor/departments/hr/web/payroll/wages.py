"""Payments of wages as pages: the register, and one with everybody it pays and the bank's file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.models import WagePayment
from kantoor.departments.hr.queries.payroll.wages import (
    WagePaymentCard,
    WageTransferRow,
    page_of_payment,
    wage_payment,
    wage_payment_file,
    wage_payments,
)
from kantoor.departments.hr.web.payroll.words import alone, money, payslip_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.download import file_to_keep
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.queries import scoped
from kantoor.kernel.ui.cells import Link, Party, Status
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact, Total

STATES: States = {
    "proposed": (_("To be approved"), "wait"),
    "approved": (_("Approved"), "info"),
    "sent": (_("Under way"), "info"),
    "paid": (_("Paid"), "good"),
    "rejected": (_("Came back"), "bad"),
    "cancelled": (_("Called off"), "quiet"),
}
MOST = 500

WAGE_PAYMENTS = ListView(
    key="hr.wage_payments",
    title=_("Payments of wages"),
    query=wage_payments,
    columns=[
        Col(key="number", title=_("Number"), sort=True, phone="title"),
        Col(key="first", title=_("Month"), kind="date", phone="meta"),
        Col(key="last", title=_("Until"), kind="date", default=False),
        Col(key="state", title=_("State"), kind="status", states=STATES),
        Col(key="people", title=_("People"), kind="number", phone="meta"),
        Col(key="returned", title=_("Came back"), kind="number"),
        Col(key="amount", title=_("Amount"), kind="money", phone="figure"),
    ],
    sort="-number",
    row_key="number",
    row_url=lambda row: page_of_payment(row.number),
    empty=Empty(
        _("No wages paid yet"),
        _("Approve a payroll run, then pay its wages: two people approve the sum in finance."),
        "send",
    ),
)


def show(actor: Actor, card: WagePaymentCard) -> Thing:
    """A payment with everybody it pays, and what can be done next."""
    row = card.payment
    word, tone = STATES[row.state]
    return Thing(
        title=row.number,
        row=row.id,
        state=Status(row.state, str(word), tone),
        note=_standing(row.state),
        facts=[
            Fact(gettext("Month"), row.first),
            Fact(gettext("People"), row.people),
            Fact(gettext("Amount"), alone(actor, row.amount)),
        ],
        document=_transfers(actor, card),
        more=_more(actor, card),
        main_action=_file(card),
        breadcrumb=[Link(gettext("Payments of wages"), WAGE_PAYMENTS.url)],
    )


def _standing(state: str) -> str:
    return {
        "proposed": gettext("Two people approve it in finance, where only its sum is seen."),
        "approved": gettext("Finance makes the file; then it can be fetched here."),
    }.get(state, "")


def _transfers(actor: Actor, card: WagePaymentCard) -> Document:
    rest = len(card.transfers) - MOST
    # Who did not get their pay comes first: there is something to do about it.
    shown = sorted(card.transfers, key=lambda each: (not each.back, each.n))[:MOST]
    return Document(
        columns=[
            Column("name", gettext("To"), "party", phone="title"),
            Column("iban", gettext("Bank account"), phone="meta"),
            Column("state", gettext("State"), "status"),
            Column("amount", gettext("Amount"), "money", phone="figure"),
        ],
        lines=[_line(actor, each) for each in shown],
        totals=[Total(gettext("Total"), money(actor, card.payment.amount), strong=True)],
        note=gettext("And %(n)s more people.") % {"n": rest} if rest > 0 else "",
    )


def _line(actor: Actor, each: WageTransferRow) -> Row:
    page = payslip_url(each.run, each.employee)
    state = Status("back", gettext("Not paid"), "bad") if each.back else None
    return Row(
        str(each.n),
        {
            "name": Party(each.name or each.employee, page, each.employee),
            "iban": " ".join(each.iban[at : at + 4] for at in range(0, len(each.iban), 4)),
            "state": state,
            "amount": money(actor, each.amount),
        },
    )


def _more(actor: Actor, card: WagePaymentCard) -> list[Act | None]:
    row = card.payment
    at_finance = (
        Act(gettext("At finance"), f"/finance/payment-runs/{row.number}", icon="link")
        if actor.may("finance.read_payments")
        else None
    )
    if row.state not in ("sent", "paid"):
        return [at_finance]
    back = act_for(
        actor, "hr.return_wages", icon="arrow-back-up", payment=row.number,
        back=page_of_payment(row.number),
    )  # fmt: skip
    return [back, at_finance]


def _file(card: WagePaymentCard) -> Act | None:
    row = card.payment
    if row.state not in ("sent", "paid", "rejected"):
        return None
    return Act(
        gettext("Bank file"), f"{page_of_payment(row.number)}/file", icon="download", key="b"
    )


WAGE_PAYMENT = RecordView(
    key="hr.wage_payments",
    title=_("Payment of wages"),
    kind="hr.wage_payment",
    path="<str:number>",
    find=wage_payment,
    show=show,
)


@dataclass(frozen=True, kw_only=True)
class WagesFileView(View):
    """The file for the bank; its query refuses who may not see pay."""

    def respond(self, request: HttpRequest, number: str) -> HttpResponse:
        """The file, never kept by the browser."""
        found = wage_payment_file(actor_of(request), number=number)
        return file_to_keep(found.content, found.name, "application/xml")

    def routes(self) -> list[URLPattern]:
        """One address for each payment."""
        return [self.route("<str:number>/file", self.respond)]


WAGES_FILE = WagesFileView(
    key="hr.wage_payments", title=_("Bank file"), permission="hr.see_pay", in_menu=False
)


@page_of("hr.wage_payment", title=_("Payment of wages"))
def wage_payment_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of payments by their keys."""
    wanted = [int(key) for key in keys if key.isdigit()]
    found = scoped(actor, WagePayment).filter(pk__in=wanted)
    return {str(each.pk): Link(str(each), page_of_payment(str(each))) for each in found}
