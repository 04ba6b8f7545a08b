"""Payslips as pages: of everybody for who may see pay, and one's own; each also as PDF."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.print.papers import Language, payslip_pdf
from kantoor.departments.hr.queries.payroll.explaining import ExplainedLine
from kantoor.departments.hr.queries.payroll.slips import (
    PayslipCard,
    own_payslip,
    own_payslips,
    payslip,
    payslips,
)
from kantoor.departments.hr.web.payroll.words import (
    KINDS,
    STATES,
    alone,
    money,
    own_payslip_url,
    payslip_url,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.parties import party_url
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Party, Status
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact, Total

FIGURES = [
    Col(key="gross", title=_("Gross"), kind="money", sort=True, sum=True),
    Col(key="tax", title=_("Wage tax"), kind="money", sum=True),
    Col(key="net", title=_("Net"), kind="money", sort=True, sum=True, phone="figure"),
]

PAYSLIPS = ListView(
    key="hr.payslips",
    title=_("Payslips"),
    query=payslips,
    columns=[
        Col(
            key="name", title=_("Employee"), kind="party", sort=True, detail="employee",
            url=lambda row: payslip_url(row.run, row.employee), phone="title",
        ),
        Col(key="run", title=_("Run"), phone="meta"),
        Col(key="month", title=_("Month"), kind="date", sort=True),
        *FIGURES,
        Col(key="employer", title=_("Employer's costs"), kind="money", sum=True),
    ],
    narrows=[
        Narrow(key="run", title=_("Run"), kind="text", hint=_("Such as 2026-05-1.")),
        Narrow(key="employee", title=_("Employee"), kind="text", hint=_("The employee's number.")),
    ],
    sort="-month",
    row_key="id",
    row_url=lambda row: payslip_url(row.run, row.employee),
    search_hint=_("Name"),
    empty=Empty(_("No payslips yet"), _("They come with an approved payroll run."), "receipt"),
)  # fmt: skip

OWN_PAYSLIPS = ListView(
    key="hr.my_payslips",
    title=_("My payslips"),
    query=own_payslips,
    columns=[
        Col(
            key="month", title=_("Month"), kind="date", sort=True, phone="title",
        ),
        Col(key="run", title=_("Run"), phone="meta"),
        *FIGURES,
    ],
    sort="-month",
    row_key="run",
    row_url=lambda row: own_payslip_url(row.run),
    empty=Empty(_("No payslips yet"), _("They come with an approved payroll run."), "receipt"),
)  # fmt: skip


def _shown(actor: Actor, card: PayslipCard, here: str) -> Thing:
    slip = card.slip
    word, tone = STATES[card.state]
    own = [line for line in card.lines if line.kind not in ("reserve", "employer")]
    theirs = [line for line in card.lines if line.kind in ("reserve", "employer")]
    unverified = any(line.unverified for line in card.lines)
    note = gettext("* These figures are not verified against an official example.")
    return Thing(
        title=f"{slip.name} · {slip.month:%Y-%m}",
        state=Status(card.state, str(word), tone),
        facts=[
            Fact(gettext("Employee"), Party(slip.name, party_url(slip.employee), slip.employee)),
            Fact(gettext("Run"), slip.run),
            Fact(gettext("Taxable"), alone(actor, card.taxable)),
            Fact(gettext("Labour credit taken into account"), alone(actor, card.labour_credit)),
        ],
        document=Document(
            columns=[
                Column("title", gettext("Line"), phone="title"),
                Column("kind", gettext("Kind"), phone="meta"),
                Column("month", gettext("About")),
                Column("rule", gettext("Rule and source"), phone="meta"),
                Column("rate", gettext("Percent"), align="end"),
                Column("amount", gettext("Amount"), "money", currency=actor.currency, phone="figure"),
            ],
            lines=[_line(actor, place, line) for place, line in enumerate([*own, *theirs])],
            totals=[
                Total(gettext("Gross"), alone(actor, slip.gross)),
                Total(gettext("Wage tax"), alone(actor, slip.tax)),
                Total(gettext("Net"), alone(actor, slip.net), strong=True),
                Total(gettext("Employer's costs"), alone(actor, slip.employer)),
            ],
            note=note if unverified else "",
        ),
        steps=[Act(gettext("PDF"), f"{here}/pdf", icon="file-type-pdf")],
    )  # fmt: skip


def _line(actor: Actor, place: int, line: ExplainedLine) -> Row:
    return Row(
        str(place),
        {
            "title": f"{line.title} *" if line.unverified else line.title,
            "kind": str(KINDS[line.kind]),
            "month": line.month,
            "rule": " · ".join(part for part in (line.rule, line.source) if part),
            "rate": line.rate,
            "amount": money(actor, line.amount),
        },
    )


def show(actor: Actor, card: PayslipCard) -> Thing:
    """A payslip for who may see pay."""
    return _shown(actor, card, payslip_url(card.slip.run, card.slip.employee))


def show_own(actor: Actor, card: PayslipCard) -> Thing:
    """One's own payslip."""
    return _shown(actor, card, own_payslip_url(card.slip.run))


PAYSLIP = RecordView(
    key="hr.payslips",
    title=_("Payslip"),
    kind="hr.payslip",
    path="<str:run>/<str:employee>",
    find=payslip,
    show=show,
)
OWN_PAYSLIP = RecordView(
    key="hr.my_payslips",
    title=_("Payslip"),
    kind="hr.payslip",
    path="<str:run>",
    find=own_payslip,
    show=show_own,
)


@dataclass(frozen=True, kw_only=True)
class PayslipPaper(View):
    """A payslip as PDF; its query refuses who may not see it."""

    path: str
    find: Any

    def respond(self, request: HttpRequest, **parts: str) -> HttpResponse:
        """The file."""
        actor = actor_of(request)
        card = self.find(actor, **parts)
        language: Language = "nl" if (get_language() or "en").startswith("nl") else "en"
        answer = HttpResponse(payslip_pdf(actor, card, language), content_type="application/pdf")
        name = f"payslip-{card.slip.run}-{card.slip.employee}.pdf".encode(
            "ascii", "ignore"
        ).decode()
        answer["Content-Disposition"] = f'inline; filename="{name}"'
        answer["Cache-Control"] = "no-store"
        return answer

    def routes(self) -> list[URLPattern]:
        """One address for each payslip."""
        return [self.route(self.path, self.respond)]


PAPER = PayslipPaper(
    key="hr.payslips", title=_("Payslip"), permission="hr.see_pay", in_menu=False,
    path="<str:run>/<str:employee>/pdf", find=payslip,
)  # fmt: skip
OWN_PAPER = PayslipPaper(
    key="hr.my_payslips", title=_("Payslip"), permission="hr.use_own", in_menu=False,
    path="<str:run>/pdf", find=own_payslip,
)  # fmt: skip
