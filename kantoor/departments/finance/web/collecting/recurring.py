"""Recurring invoices as pages: the register, and one with its lines and what it made."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import RecurringInvoice
from kantoor.departments.finance.queries.collecting.recurring import (
    RecurringCard,
    RecurringCardLine,
    recurring,
    recurring_invoices,
)
from kantoor.departments.finance.web.figures import invoice_url, money
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
from kantoor.kernel.ui.formats import day, number
from kantoor.kernel.ui.listing import Column, Row
from kantoor.kernel.ui.record_page import Document, Fact, Related, Relation, Total

STATES: States = {"active": (_("Running"), "good"), "ended": (_("Ended"), "quiet")}


def recurring_url(name: str) -> str:
    """The page of an agreement."""
    return f"/finance/recurring-invoices/{name}"


def every(months: int) -> str:
    """How often, in words."""
    if months == 12:
        return gettext("Every year")
    words = ngettext("Every month", "Every %(n)s months", months)
    return words % {"n": months} if months > 1 else words


RECURRING = ListView(
    key="finance.recurring_invoices",
    title=_("Recurring invoices"),
    query=recurring_invoices,
    columns=[
        Col(key="number", title=_("Number"), sort=True, phone="meta"),
        Col(
            key="party",
            title=_("Customer"),
            kind="party",
            value="party_name",
            url=lambda row: party_url(row.party),
            phone="title",
        ),
        Col(key="text", title=_("Description"), phone="hidden"),
        Col(key="months", title=_("How often"), value=lambda row: every(row.months), phone="meta"),
        Col(key="next_on", title=_("Next"), kind="date", sort=True),
        Col(key="state", title=_("State"), kind="status", states=STATES),
        Col(key="net", title=_("Net"), kind="money", phone="figure"),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={key: word for key, (word, _tone) in STATES.items()},
        ),
        Narrow(key="party", title=_("Customer"), kind="text", hint=_("The code of the customer.")),
    ],
    tabs=[Tab(_("All")), Tab(_("Running"), {"state": "active"})],
    sort="next_on",
    row_url=lambda row: recurring_url(row.number),
    new="finance.add_recurring",
    new_label=_("Agree on a recurring invoice"),
    more=lambda actor: [act_for(actor, "finance.issue_recurring_invoices", icon="file-invoice")],
    search_hint=_("Number or customer"),
    empty=Empty(
        _("Nothing recurs yet"),
        _("Enter once what a customer pays each period; the invoices come by themselves."),
        icon="repeat",
    ),
)


def _show(actor: Actor, card: RecurringCard) -> Thing:
    row = card.row
    word, tone = STATES[row.state]
    facts: list[tuple[str, Cell]] = [
        (gettext("Customer"), Party(row.party_name, party_url(row.party), row.party)),
        (gettext("How often"), every(row.months)),
        (gettext("Since"), card.starts_on),
        (gettext("Next"), row.next_on if row.state == "active" else None),
        (gettext("Until"), row.ends_on),
        (gettext("Reference"), card.reference),
        (gettext("Indexation"), _index(card)),
    ]
    steps = [
        act_for(
            actor, name, icon=icon, recurring=row.number, back=recurring_url(row.number)
        )
        for name, icon in (("finance.change_recurring", "edit"), ("finance.end_recurring", "x"))
    ]  # fmt: skip
    return Thing(
        title=row.number,
        row=row.id,
        state=Status(row.state, str(word), tone),
        note=card.why or row.text,
        facts=[Fact(label, value) for label, value in facts if value],
        document=Document(
            columns=[
                Column("text", gettext("Description"), phone="title"),
                Column("quantity", gettext("Quantity"), "number"),
                Column("price", gettext("Unit price"), align="end"),
                Column("net", gettext("Amount"), "money", currency=actor.currency, phone="figure"),
            ],
            lines=[_line(actor, each) for each in card.lines],
            totals=[Total(gettext("Net"), money(actor, row.net), strong=True)],
        ),
        relations=_invoices(card),
        steps=steps if row.state == "active" else [],
        breadcrumb=[Link(gettext("Recurring invoices"), RECURRING.url)],
    )


def _index(card: RecurringCard) -> str:
    if not card.index_percent or card.index_on is None:
        return ""
    said = {"percent": number(card.index_percent.normalize()), "day": day(card.index_on)}
    return gettext("%(percent)s %% a year, next on %(day)s") % said


def _line(actor: Actor, line: RecurringCardLine) -> Row:
    return Row(
        str(line.n),
        {
            "text": line.text,
            "quantity": line.quantity.normalize(),
            "price": number(line.unit_price.normalize()),
            "net": money(actor, line.net),
        },
    )


def _invoices(card: RecurringCard) -> list[Relation]:
    if not card.periods:
        return []
    made = [
        Related(Link(each.invoice, invoice_url(each.invoice)), day(each.start))
        for each in card.periods
    ]
    return [Relation(gettext("Invoiced"), made)]


RECURRING_ONE = RecordView(
    key="finance.recurring_invoices",
    title=_("Recurring invoice"),
    kind="finance.recurring_invoice",
    path="<str:number>",
    find=recurring,
    show=_show,
)


@page_of("finance.recurring_invoice", title=_("Recurring invoice"))
def recurring_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of agreements by their keys."""
    if not actor.may("finance.read_receivables"):
        return {}
    found = scoped(actor, RecurringInvoice).filter(pk__in=[key for key in keys if key.isdecimal()])
    named = found.values_list("pk", "number")
    return {str(key): Link(name, recurring_url(name)) for key, name in named}
