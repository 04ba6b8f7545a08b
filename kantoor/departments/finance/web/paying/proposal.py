"""What can be paid by a day, as a work page: payment by payment, beside what is in the bank."""

from collections.abc import Sequence

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.paying.proposal import (
    LeftOutItem,
    Proposal,
    ProposedPayment,
    payment_proposal,
)
from kantoor.departments.finance.web.figures import in_its_currency, money
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.parties import party_url
from kantoor.kernel.pages.report_view import Report, ReportView, Span
from kantoor.kernel.ui.formats import day
from kantoor.kernel.ui.listing import Empty
from kantoor.kernel.ui.report_page import ReportColumn, ReportRow, Verdict

SHOWN = 200
"""Payments that the page names; what is more is one row."""


def make_proposal(actor: Actor, span: Span) -> Report:
    """The payments of a day, what falls due when, what is left out and why, and the balance."""
    found = payment_proposal(actor, due_until=span.end)
    rows = [*_paid(actor, found), *_days(actor, found), *_left_out(actor, found.left_out)]
    return Report(
        columns=[ReportColumn(gettext("Amount")), ReportColumn(gettext("Discount"))],
        rows=rows,
        subtitle=gettext("To be paid on %(day)s of what is due by %(until)s")
        % {"day": day(found.execute_on), "until": day(found.due_until)},
        verdict=_verdict(found) if found.payments else None,
        has_codes=False,
        main_action=act_for(
            actor,
            "finance.propose_payments",
            label=_("Make a run of these"),
            key="n",
            icon="plus",
            due_until=found.due_until,
            execute_on=found.execute_on,
            bank=found.bank or None,
        )
        if found.payments
        else None,
        empty=Empty(
            gettext("Nothing is due by that day"),
            gettext("Choose a later day, or post the purchase invoices that wait."),
            icon="check",
        ),
    )


def _paid(actor: Actor, found: Proposal) -> list[ReportRow]:
    if not found.payments:
        return []
    rows = [ReportRow(gettext("To be paid"), kind="heading")]
    rows += [_payment(actor, each) for each in found.payments[:SHOWN]]
    if rest := found.payments[SHOWN:]:
        words = ngettext("%(n)s more payment", "%(n)s more payments", len(rest))
        total = money(actor, sum(each.amount for each in rest))
        rows.append(ReportRow(words % {"n": len(rest)}, [total, None], level=1))
    totals = [money(actor, found.amount), money(actor, found.discount)]
    after = money(actor, found.balance - found.amount)
    rows += [
        ReportRow(gettext("Total"), totals, kind="total"),
        ReportRow(gettext("In the bank now"), [money(actor, found.balance), None], level=1),
        ReportRow(gettext("Left after these payments"), [after, None], level=1, kind="subtotal"),
    ]
    return rows


def _payment(actor: Actor, each: ProposedPayment) -> ReportRow:
    said = each.reference or ", ".join(each.documents[:4])
    if not each.reference and len(each.documents) > 4:
        said += " " + gettext("and %(n)s more") % {"n": len(each.documents) - 4}
    return ReportRow(
        f"{each.party_name}: {said}",
        [money(actor, each.amount), money(actor, each.discount) if each.discount else None],
        url=party_url(each.party),
        level=1,
    )


def _days(actor: Actor, found: Proposal) -> list[ReportRow]:
    if len(found.days) < 2:
        return []
    rows = [ReportRow(gettext("By due day"), kind="heading")]
    rows += [
        ReportRow(day(each.day), [money(actor, each.amount), None], level=1)
        for each in found.days[:SHOWN]
    ]
    return rows


def _left_out(actor: Actor, items: Sequence[LeftOutItem]) -> list[ReportRow]:
    if not items:
        return []
    rows = [ReportRow(gettext("Left out"), kind="heading")]
    for each in items[:SHOWN]:
        words = f"{each.party_name}: {each.document}, {each.why}"
        url = party_url(each.party)
        if each.code == "unverified":
            url = f"/finance/party-accounts?state=proposed&party={each.party}"
        rows.append(
            ReportRow(
                words, [in_its_currency(actor, each.open, each.currency), None], url=url, level=1
            )
        )
    total = money(actor, sum(each.open for each in items if each.currency == actor.currency))
    rows.append(ReportRow(gettext("Total left out"), [total, None], kind="subtotal"))
    return rows


def _verdict(found: Proposal) -> Verdict:
    enough = found.balance >= found.amount
    if enough:
        return Verdict(True, gettext("There is enough in the bank"))
    return Verdict(False, gettext("The bank account would go below nought"))


def _today(actor: Actor) -> Span:
    today = today_of(actor)
    return Span(today.replace(month=1, day=1), today)


PROPOSAL = ReportView(
    key="finance.payment_proposal",
    title=_("What can be paid"),
    query=payment_proposal,
    make=make_proposal,
    first_period=_today,
    at_end=True,
)
