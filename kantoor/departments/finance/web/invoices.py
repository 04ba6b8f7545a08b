"""Invoices and credit notes as pages: the register, and one that looks like its paper."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.invoice_card import InvoiceCard, PrintedLine, invoice_card
from kantoor.departments.finance.queries.invoice_register import InvoiceRow, invoice_register
from kantoor.departments.finance.queries.invoice_states import invoice_states
from kantoor.departments.finance.web.figures import (
    customer_url,
    entry_url,
    invoice_url,
    money,
    money_alone,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import links, page_of, title_of_kind
from kantoor.kernel.pages.search import Found, searcher
from kantoor.kernel.ui.cells import Cell, Link, Money, Status
from kantoor.kernel.ui.formats import amount, number
from kantoor.kernel.ui.listing import Act, Column, Empty, Row
from kantoor.kernel.ui.record_page import Addressee, Document, Fact, Related, Relation, Total

KINDS = {"invoice": _("Invoice"), "credit_note": _("Credit note")}
STATES = {
    "open": (_("Open"), "info"),
    "overdue": (_("Overdue"), "bad"),
    "paid": (_("Paid"), "good"),
}

INVOICES = ListView(
    key="finance.invoices",
    title=_("Invoices"),
    query=invoice_register,
    columns=[
        Col(key="number", title=_("Number"), sort=True, phone="meta"),
        Col(
            key="customer",
            title=_("Customer"),
            kind="party",
            value="party_name",
            url=lambda row: customer_url(row.party),
            phone="title",
        ),
        Col(key="date", title=_("Date"), kind="date", sort=True, phone="meta"),
        Col(key="due_on", title=_("Due"), kind="date", sort=True),
        Col(key="kind", title=_("Kind"), value=lambda row: KINDS[row.kind], default=False),
        Col(key="reference", title=_("Reference"), default=False),
        Col(key="state", title=_("State"), kind="status", states=STATES),
        Col(key="net", title=_("Net"), kind="money", sum=True, default=False),
        Col(key="tax", title=_("VAT"), kind="money", sum=True, default=False),
        Col(key="gross", title=_("Total"), kind="money", sort=True, sum=True, phone="figure"),
        Col(key="open", title=_("Open"), kind="money", value=lambda row: row.open or None),
    ],
    narrows=[
        Narrow(
            key="state", title=_("State"), choices={key: word for key, (word, _t) in STATES.items()}
        ),
        Narrow(key="kind", title=_("Kind"), choices=KINDS),
        Narrow(key="date", title=_("Date"), kind="date_range", to=("start", "end")),
        Narrow(key="party", title=_("Customer"), kind="text", hint=_("The code of the customer.")),
    ],
    tabs=[
        Tab(_("All")),
        Tab(_("Open"), {"state": "open"}),
        Tab(_("Overdue"), {"state": "overdue"}),
        Tab(_("Credit notes"), {"kind": "credit_note"}),
    ],
    sort="-date",
    row_url=lambda row: invoice_url(row.number),
    new="finance.issue_invoice",
    search_hint=_("Number, reference or customer"),
    empty=Empty(
        _("No invoices yet"), _("They come from orders by themselves."), icon="file-invoice"
    ),
)


def show(actor: Actor, card: InvoiceCard) -> Thing:
    """An invoice as its paper, with what was paid of it and what can be done next."""
    word, tone = STATES[card.state]
    return Thing(
        title=card.number,
        row=card.id,
        state=Status(card.state, str(word), tone),  # type: ignore[arg-type]
        note=_standing(actor, card),
        document=paper(actor, card),
        relations=_relations(actor, card),
        steps=_steps(actor, card),
        main_action=Act(gettext("PDF"), f"{invoice_url(card.number)}/pdf", icon="file-type-pdf"),
        breadcrumb=[Link(gettext("Invoices"), INVOICES.url)],
    )


def _standing(actor: Actor, card: InvoiceCard) -> str:
    if not card.open:
        return ""
    still = money_alone(actor, card.open)
    words = amount(still.minor, still.exponent)
    return gettext("%(currency)s %(amount)s is open.") % {
        "currency": card.currency,
        "amount": words,
    }


def paper(actor: Actor, card: InvoiceCard) -> Document:
    """The lines and totals as they are printed."""
    own = [card.seller.vat_number and gettext("VAT number %(n)s") % {"n": card.seller.vat_number}]
    theirs = [card.buyer.vat_number and gettext("VAT number %(n)s") % {"n": card.buyer.vat_number}]
    return Document(
        columns=[
            Column("text", gettext("Description"), phone="title"),
            Column("article", gettext("Article"), phone="meta"),
            Column("quantity", gettext("Quantity"), "number"),
            Column("price", gettext("Unit price"), align="end"),
            Column("tax", gettext("VAT"), phone="meta"),
            Column("net", gettext("Amount"), "money", currency=card.currency, phone="figure"),
        ],
        lines=[_line(actor, line) for line in card.lines],
        parties=[
            Addressee(gettext("From"), card.seller.name, [*card.seller.lines, *filter(None, own)]),
            Addressee(
                gettext("To"),
                card.buyer.name,
                [*card.buyer.lines, *filter(None, theirs)],
                customer_url(card.party),
            ),
        ],
        facts=_facts(card),
        totals=_totals(actor, card),
        note=_note(card),
    )


def _facts(card: InvoiceCard) -> list[Fact]:
    found: list[tuple[str, Cell]] = [
        (str(KINDS[card.kind]), card.number),
        (gettext("Date"), card.date),
        (gettext("Due"), card.due_on if card.kind == "invoice" else None),
        (gettext("Your reference"), card.reference),
        (
            gettext("Credits"),
            Link(card.credits, invoice_url(card.credits)) if card.credits else None,
        ),
    ]
    return [Fact(label, value) for label, value in found if value]


def _line(actor: Actor, line: PrintedLine) -> Row:
    return Row(
        str(line.n),
        {
            "text": line.text,
            "article": line.article,
            "quantity": line.quantity.normalize(),
            "price": price_in_words(actor, line),
            "tax": line.tax,
            "net": money(actor, line.net),
        },
    )


def price_in_words(actor: Actor, line: PrintedLine) -> str:
    """A unit price with the decimals of the currency, or more where it has them."""
    places = max(exponent(actor.currency), -int(line.unit_price.normalize().as_tuple().exponent))
    return number(round(line.unit_price, places))


def _totals(actor: Actor, card: InvoiceCard) -> list[Total]:
    found = [Total(gettext("Net"), money(actor, card.net))]
    found += [
        Total(
            gettext("%(name)s over %(base)s")
            % {"name": each.name, "base": amount(each.base, exponent(actor.currency))},
            money(actor, each.amount),
        )
        for each in card.taxes
    ]
    total = Money(card.gross, exponent(card.currency), card.currency)
    return [*found, Total(gettext("Total"), total, strong=True)]


def _note(card: InvoiceCard) -> str:
    more = ""
    if card.more_lines:
        more = gettext("And %(n)s more lines.") % {"n": card.more_lines}
    reasons = [each.reason for each in card.taxes if each.reason]
    return " ".join(part for part in (more, *dict.fromkeys(reasons), card.text) if part)


def _relations(actor: Actor, card: InvoiceCard) -> list[Relation]:
    found: list[Relation] = []
    if card.origin and (page := links(actor, [card.origin]).get(card.origin)):
        kind = title_of_kind(card.origin.partition("/")[0])
        found.append(Relation(gettext("Comes from"), [Related(page, kind)]))
    if card.entry and actor.may("finance.read_ledger"):
        booked = Related(Link(card.entry, entry_url(card.entry)))
        found.append(Relation(gettext("Booked as"), [booked]))
    if card.credit_notes:
        notes = [Related(Link(number, invoice_url(number))) for number in card.credit_notes]
        found.append(Relation(gettext("Credited by"), notes))
    if card.settled:
        paid = [
            Related(
                Link(each.entry, entry_url(each.entry)), str(each.date), money(actor, each.amount)
            )
            for each in card.settled
        ]
        found.append(Relation(gettext("Settled with"), paid))
    return found


def _steps(actor: Actor, card: InvoiceCard) -> list[Act | None]:
    if card.kind != "invoice":
        return []
    paid = None
    if card.open > 0:
        paid = act_for(
            actor,
            "finance.receive_payment",
            label=_("Book a payment"),
            key="b",
            icon="cash",
            invoice=card.number,
            amount=card.open,
            reference=card.number,
            back=invoice_url(card.number),
        )
    credited = act_for(
        actor,
        "finance.credit_invoice",
        label=_("Credit"),
        icon="receipt-refund",
        hint=_("Makes a credit note for all of it, or for the lines you name."),
        invoice=card.number,
    )
    return [paid, credited]


INVOICE = RecordView(
    key="finance.invoices",
    title=_("Invoice"),
    kind="finance.invoice",
    path="<str:number>",
    find=invoice_card,
    show=show,
)


@page_of("finance.invoice", title=_("Invoice"))
def invoice_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of invoices by their keys."""
    if not actor.may("finance.read_receivables"):
        return {}
    found = invoice_states(actor, [int(key) for key in keys if key.isdigit()])
    return {str(key): Link(each.number, invoice_url(each.number)) for key, each in found.items()}


@searcher(
    "finance.invoice",
    title=_("Invoices"),
    permission="finance.read_receivables",
    icon="file-invoice",
)
def find_invoices(actor: Actor, words: str, most: int) -> list[Found]:
    """Invoices by the beginning of their number, their reference, or the customer's name."""
    page = invoice_register(actor, search=words.strip(), limit=most)
    return [Found(row.number, invoice_url(row.number), _hint(row)) for row in page.rows]


def _hint(row: InvoiceRow) -> str:
    return f"{row.party_name} · {row.currency} {amount(row.gross, exponent(row.currency))}"
