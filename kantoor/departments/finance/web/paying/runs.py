"""Payment runs as pages: the register, and one with its orders, approvals and file."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import PaymentRun
from kantoor.departments.finance.queries.paying.runs import (
    PaymentOrderRow,
    PaymentRunCard,
    PaymentRunRow,
    payment_run,
    payment_runs,
)
from kantoor.departments.finance.web.figures import entry_url, money
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.parties import party_url
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.queries import scoped
from kantoor.kernel.ui.cells import Cell, Link, Party, Status
from kantoor.kernel.ui.formats import moment
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact, Related, Relation, Total

KINDS = {"transfer": _("Payments"), "debit": _("Direct debits"), "wages": _("Wages")}
STATES: States = {
    "proposed": (_("Proposed"), "wait"),
    "approved": (_("Approved"), "info"),
    "made": (_("Sent to the bank"), "good"),
    "cancelled": (_("Cancelled"), "quiet"),
}
ORDERS: States = {
    "proposed": (_("Proposed"), "quiet"),
    "sent": (_("Under way"), "info"),
    "accepted": (_("Accepted by the bank"), "info"),
    "paid": (_("Paid"), "good"),
    "rejected": (_("Rejected"), "bad"),
}
MOST = 500


def run_url(number: str) -> str:
    """The page of a run."""
    return f"/finance/payment-runs/{number}"


PAYMENT_RUNS = ListView(
    key="finance.payment_runs",
    title=_("Payment runs"),
    query=payment_runs,
    columns=[
        Col(key="number", title=_("Number"), sort=True, phone="title"),
        Col(key="kind", title=_("Kind"), value=lambda row: KINDS[row.kind], phone="meta"),
        Col(key="execute_on", title=_("Date"), kind="date", sort=True, phone="meta"),
        Col(key="state", title=_("State"), kind="status", states=STATES),
        Col(key="orders", title=_("Orders"), kind="number"),
        Col(key="proposed_by", title=_("Proposed by"), default=False),
        Col(key="iban", title=_("Bank account"), default=False),
        Col(key="amount", title=_("Amount"), kind="money", sort=True, sum=True, phone="figure"),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={key: word for key, (word, _tone) in STATES.items()},
        ),
        Narrow(key="kind", title=_("Kind"), choices=KINDS),
        Narrow(key="date", title=_("Date"), kind="date_range", to=("start", "end")),
    ],
    tabs=[
        Tab(_("All")),
        Tab(_("To be approved"), {"state": "proposed"}),
        Tab(_("To be sent"), {"state": "approved"}),
    ],
    sort="-execute_on",
    row_url=lambda row: run_url(row.number),
    new="finance.propose_payments",
    new_label=_("Propose payments"),
    more=lambda actor: [
        act_for(actor, "finance.propose_collections", icon="arrow-bar-to-down"),
        Act(gettext("Take in a payment status"), "/finance/payment-status", icon="upload")
        if actor.may("finance.report_payments")
        else None,
    ],
    empty=Empty(
        _("No payments yet"),
        _("Propose what is due; two people approve it, and the bank gets it as one file."),
        icon="send",
    ),
)


def show(actor: Actor, card: PaymentRunCard) -> Thing:
    """A run with its orders, who approved it, and what can be done next."""
    row = card.run
    word, tone = STATES[row.state]
    return Thing(
        title=row.number,
        row=card.id,
        state=Status(row.state, str(word), tone),
        since=card.made_at,
        note=_standing(card),
        facts=_facts(card),
        document=_orders(actor, card),
        relations=_relations(actor, card),
        steps=_steps(actor, card),
        more=_more(actor, row),
        blocked=_blocked(actor, card),
        main_action=_file(actor, card),
        breadcrumb=[Link(gettext("Payment runs"), PAYMENT_RUNS.url)],
    )


def _standing(card: PaymentRunCard) -> str:
    if card.asked_by:
        said = gettext("%(name)s approved it; a second person has to as well.")
        return said % {"name": card.asked_by}
    if card.run.state == "proposed":
        return gettext("Two people approve it before it can go to the bank.")
    if card.run.state == "cancelled":
        return card.run.text
    if rejected := sum(each.state == "rejected" for each in card.orders):
        words = ngettext("%(n)s was rejected.", "%(n)s were rejected.", rejected)
        return words % {"n": rejected}
    return ""


def _facts(card: PaymentRunCard) -> list[Fact]:
    row = card.run
    found: list[tuple[str, Cell]] = [
        (gettext("Kind"), str(KINDS[row.kind])),
        (gettext("To be paid on") if row.kind != "debit" else gettext("Collected on"),
         row.execute_on),
        (gettext("Due by"), row.due_until if row.kind != "wages" else None),
        (gettext("From account") if row.kind != "debit" else gettext("To account"), row.iban),
        (gettext("Proposed by"), row.proposed_by),
        (gettext("Note"), row.text if row.state != "cancelled" else ""),
        (gettext("File"), card.format),
        (gettext("Message for the bank"), card.message_id if card.format else ""),
        (gettext("Made by"), card.made_by),
        (gettext("SHA-256"), card.file_sha256),
    ]  # fmt: skip
    return [Fact(label, value) for label, value in found if value]


def _orders(actor: Actor, card: PaymentRunCard) -> Document:
    lines = [_line(actor, each) for each in card.orders[:MOST]]
    discount = sum(each.discount for each in card.orders)
    columns = [
        Column("party", gettext("To"), "party", phone="title"),
        Column("iban", gettext("Bank account"), phone="meta"),
        Column("said", gettext("Description"), phone="meta"),
        Column("state", gettext("State"), "status"),
        *([Column("discount", gettext("Discount"), "money")] if discount else []),
        Column("amount", gettext("Amount"), "money", currency=card.run.currency, phone="figure"),
    ]
    rest = len(card.orders) - MOST
    return Document(
        columns=columns,
        lines=lines,
        totals=[Total(gettext("Total"), money(actor, card.run.amount), strong=True)],
        note=_sealed_note(card)
        or (gettext("And %(n)s more orders.") % {"n": rest} if rest > 0 else ""),
    )


def _sealed_note(card: PaymentRunCard) -> str:
    """What is said where names, accounts and amounts are not for everybody."""
    if card.run.kind != "wages":
        return ""
    if card.orders[0].opens:
        return gettext("Who is paid what stands in HR: open the payment by its name.")
    return gettext(
        "Who is paid what is not shown here: payroll approved it, and who may see pay opens it."
    )


def _line(actor: Actor, each: PaymentOrderRow) -> Row:
    word, tone = ORDERS[each.state]
    said = each.reference or each.remittance
    if each.reason:
        said = f"{said} · {gettext('reason')} {each.reason}"
    if each.returned:
        words = ngettext("%(n)s came back", "%(n)s came back", each.returned)
        said = f"{said} · {words % {'n': each.returned}}"
    page = party_url(each.party) if each.party else each.opens
    return Row(
        each.end_to_end,
        {
            "party": Party(each.name, page, each.end_to_end),
            "iban": grouped(each.iban),
            "said": said,
            "state": Status(each.state, str(word), tone),
            "discount": money(actor, each.discount) if each.discount else None,
            "amount": money(actor, each.amount),
        },
    )


def grouped(iban: str) -> str:
    """An IBAN as people read it, in groups of four."""
    return " ".join(iban[place : place + 4] for place in range(0, len(iban), 4))


def _relations(actor: Actor, card: PaymentRunCard) -> list[Relation]:
    found: list[Relation] = []
    if card.approvals:
        people = [Related(Link(each.by, ""), moment(each.at)) for each in card.approvals]
        found.append(Relation(gettext("Approved by"), people))
    if card.entry and actor.may("finance.read_ledger"):
        booked = Related(Link(card.entry, entry_url(card.entry)))
        found.append(Relation(gettext("Booked as"), [booked]))
    if card.reports:
        reports = [Related(Link(each, "")) for each in card.reports]
        found.append(Relation(gettext("Reported by the bank"), reports))
    return found


def _steps(actor: Actor, card: PaymentRunCard) -> list[Act | None]:
    row = card.run
    back = run_url(row.number)
    if row.state == "approved":
        return [
            act_for(
                actor,
                "finance.make_payment_file",
                label=_("Make the file"),
                key="f",
                icon="file-export",
                hint=_("Books the payments as under way. The file is made once."),
                run=row.number,
                back=back,
            )
        ]
    if row.state != "proposed" or card.approval:
        return [_to_approval(actor, card)]
    return [
        act_for(
            actor,
            "finance.approve_payment_run",
            label=_("Approve"),
            key="a",
            icon="check",
            hint=_("Asks a second person to approve it too."),
            run=row.number,
            digest=card.digest,
            back=back,
        )
    ]


def _to_approval(actor: Actor, card: PaymentRunCard) -> Act | None:
    if not card.approval or not actor.may("finance.approve_payments"):
        return None
    return Act(gettext("See the request"), f"/today/approvals/{card.approval}", icon="check")


def _more(actor: Actor, row: PaymentRunRow) -> list[Act | None]:
    back = run_url(row.number)
    if row.state == "made":
        return [act_for(actor, "finance.reject_payments", icon="arrow-back-up", back=back)]
    if row.state == "cancelled":
        return []
    cancel = act_for(
        actor, "finance.cancel_payment_run", label=_("Cancel"), icon="x", run=row.number, back=back
    )
    if row.state != "proposed":
        return [cancel]
    edits = (
        ("finance.leave_out_payments", "minus"),
        ("finance.pay_in_part", "cash"),
        ("finance.reschedule_payment_run", "calendar"),
    )
    return [
        *(
            act_for(actor, name, icon=icon, run=row.number, back=back)
            for name, icon in (edits if row.kind != "wages" else edits[-1:])
        ),
        cancel,
    ]


def _blocked(actor: Actor, card: PaymentRunCard) -> str:
    if card.run.state == "proposed" and not actor.may("finance.approve_payments"):
        return gettext("Somebody who may approve payments has to look at it.")
    return ""


def _file(actor: Actor, card: PaymentRunCard) -> Act | None:
    row = card.run
    if row.kind == "wages" and not card.orders[0].opens:
        return None
    if row.state != "made" or not actor.may("finance.make_payment_file"):
        return None
    return Act(gettext("Fetch the file"), f"{run_url(row.number)}/file", icon="download", key="f")


PAYMENT_RUN = RecordView(
    key="finance.payment_runs",
    title=_("Payment run"),
    kind="finance.payment_run",
    path="<str:number>",
    find=payment_run,
    show=show,
)


@page_of("finance.payment_run", title=_("Payment run"))
def run_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of runs by their keys."""
    if not actor.may("finance.read_payments"):
        return {}
    found = scoped(actor, PaymentRun).filter(pk__in=[key for key in keys if key.isdecimal()])
    named = found.values_list("pk", "number")
    return {str(key): Link(number, run_url(number)) for key, number in named}
