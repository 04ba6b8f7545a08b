"""Invoices and credit notes as pages: the register, and one that looks like its paper."""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.invoice_card import Address, CardLine, InvoiceCard, invoice
from kantoor.departments.finance.queries.invoice_keys import invoice_key
from kantoor.departments.finance.queries.invoice_states import invoice_states
from kantoor.departments.finance.queries.invoices import InvoiceRow, invoices
from kantoor.departments.finance.web.figures import (
    invoice_url,
)
from kantoor.departments.finance.web.invoice_relations import relations
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.parties import party_url
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.search import Found, searcher
from kantoor.kernel.ui.cells import Cell, Link, Money, Status
from kantoor.kernel.ui.formats import amount, number
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Addressee, Document, Fact, Total

KINDS = {"invoice": _("Invoice"), "credit_note": _("Credit note")}
STATES: States = {
    "open": (_("Open"), "info"),
    "overdue": (_("Overdue"), "bad"),
    "paid": (_("Paid"), "good"),
    "credited": (_("Credited"), "quiet"),
}
MOST = 500
"""Lines that a page of an invoice shows; it says how many more there are."""


def _signed(name: str) -> Callable[[InvoiceRow], int]:
    """An amount of the row, of a credit note below zero."""

    def of(row: InvoiceRow) -> int:
        minor: int = getattr(row, name)
        return -minor if row.kind == "credit_note" else minor

    return of


INVOICES = ListView(
    key="finance.invoices",
    title=_("Invoices"),
    query=invoices,
    columns=[
        Col(key="number", title=_("Number"), sort=True, phone="meta"),
        Col(
            key="customer",
            title=_("Customer"),
            kind="party",
            value="party_name",
            url=lambda row: party_url(row.party),
            phone="title",
        ),
        Col(key="date", title=_("Date"), kind="date", sort=True, phone="meta"),
        Col(key="due_on", title=_("Due"), kind="date", sort=True),
        Col(key="kind", title=_("Kind"), value=lambda row: KINDS[row.kind], default=False),
        Col(key="reference", title=_("Reference"), default=False),
        Col(key="currency", title=_("Currency"), default=False),
        Col(key="status", title=_("State"), kind="status", states=STATES),
        Col(
            key="net",
            title=_("Net"),
            kind="money",
            currency="currency",
            foreign=True,
            value=_signed("net"),
            sum="net",
            default=False,
        ),
        Col(
            key="tax",
            title=_("VAT"),
            kind="money",
            currency="currency",
            foreign=True,
            value=_signed("tax"),
            sum="tax",
            default=False,
        ),
        Col(
            key="gross",
            title=_("Total"),
            kind="money",
            currency="currency",
            foreign=True,
            value=_signed("gross"),
            sort=True,
            sum="gross",
            phone="figure",
        ),
        Col(
            key="open",
            title=_("Open"),
            kind="money",
            currency="currency",
            foreign=True,
            value=lambda row: row.open or None,
            sum="open",
        ),
    ],
    narrows=[
        Narrow(
            key="status",
            title=_("State"),
            choices={key: word for key, (word, _t) in STATES.items()},
        ),
        Narrow(key="kind", title=_("Kind"), choices=KINDS),
        Narrow(key="date", title=_("Date"), kind="date_range", to=("start", "end")),
        Narrow(key="gross", title=_("Total"), kind="amount_range", to=("least", "most")),
        Narrow(key="number", title=_("Number"), kind="text", hint=_("As far as you know it.")),
        Narrow(key="reference", title=_("Reference"), kind="text"),
        Narrow(key="party", title=_("Customer"), kind="text", hint=_("The code of the customer.")),
    ],
    tabs=[
        Tab(_("All")),
        Tab(_("Open"), {"status": "open"}),
        Tab(_("Overdue"), {"status": "overdue"}),
        Tab(_("Credit notes"), {"kind": "credit_note"}),
    ],
    sort="-date",
    row_url=lambda row: invoice_url(row.number),
    new="finance.issue_invoice",
    empty=Empty(
        _("No invoices yet"), _("They come from orders by themselves."), icon="file-invoice"
    ),
)


def show(actor: Actor, card: InvoiceCard) -> Thing:
    """An invoice as its paper, with what was paid of it and what can be done next."""
    row = card.invoice
    word, tone = STATES[row.status]
    pdf = Act(gettext("PDF"), f"{invoice_url(row.number)}/pdf", icon="file-type-pdf", key="p")
    return Thing(
        title=row.number,
        row=invoice_key(actor.company_id, row.number).id,
        state=Status(row.status, str(word), tone),
        note=_standing(row),
        document=paper(actor, card),
        relations=relations(actor, card),
        steps=_steps(actor, card),
        main_action=pdf,
        more=_files(row.number),
        breadcrumb=[Link(gettext("Invoices"), INVOICES.url)],
    )


def _files(number: str) -> list[Act]:
    """The invoice as files that other programs read."""
    url = invoice_url(number)
    return [
        Act(
            gettext("UBL"),
            f"{url}/ubl",
            icon="code",
            hint=gettext("For Peppol, and for programs that read UBL."),
        ),
        Act(
            gettext("Factur-X"),
            f"{url}/factur-x",
            icon="file-type-pdf",
            hint=gettext("A PDF with the electronic invoice inside, to send by e-mail."),
        ),
        Act(
            gettext("CII"),
            f"{url}/cii",
            icon="code",
            hint=gettext("For programs that read Cross Industry Invoices."),
        ),
    ]


def _standing(row: InvoiceRow) -> str:
    if not row.open or row.open == row.gross:
        return ""
    words = amount(row.open, exponent(row.currency))
    return gettext("%(currency)s %(amount)s is open.") % {"currency": row.currency, "amount": words}


def paper(actor: Actor, card: InvoiceCard) -> Document:
    """The lines and totals as they are printed."""
    row = card.invoice
    return Document(
        columns=[
            Column("text", gettext("Description"), phone="title"),
            Column("article", gettext("Article"), phone="meta"),
            Column("quantity", gettext("Quantity"), "number"),
            Column("price", gettext("Unit price"), align="end"),
            Column("tax", gettext("VAT"), phone="meta"),
            Column("net", gettext("Amount"), "money", currency=row.currency, phone="figure"),
        ],
        lines=[_line(actor, line, row.currency) for line in card.lines[:MOST]],
        parties=[
            _addressee(gettext("From"), card.seller, ""),
            _addressee(gettext("To"), card.buyer, party_url(row.party)),
        ],
        facts=_facts(card),
        totals=_totals(card),
        note=_note(card),
    )


def _addressee(title: str, who: Address, url: str) -> Addressee:
    place = " ".join(part for part in (who.postcode, who.city) if part)
    vat = gettext("VAT number %(n)s") % {"n": who.vat_number} if who.vat_number else ""
    lines = [line for line in (who.street, place, who.country, vat) if line]
    return Addressee(title, who.name, lines, url)


def _facts(card: InvoiceCard) -> list[Fact]:
    row = card.invoice
    found: list[tuple[str, Cell]] = [
        (gettext("Prepayment invoice") if card.prepayment else str(KINDS[row.kind]), row.number),
        (gettext("Date"), row.date),
        (gettext("Due"), row.due_on if row.kind == "invoice" else None),
        (gettext("Your reference"), row.reference),
        (
            gettext("Credits"),
            Link(card.credits, invoice_url(card.credits)) if card.credits else None,
        ),
    ]
    return [Fact(label, value) for label, value in found if value]


def _line(actor: Actor, line: CardLine, currency: str) -> Row:
    return Row(
        str(line.n),
        {
            "text": line.text,
            "article": line.article,
            "quantity": line.quantity.normalize(),
            "price": price_in_words(actor, line),
            "tax": line.tax,
            "net": Money(line.net, exponent(currency)),
        },
    )


def price_in_words(actor: Actor, line: CardLine) -> str:
    """A unit price with the decimals of the currency, or more where it has them."""
    places = max(exponent(actor.currency), -int(line.unit_price.normalize().as_tuple().exponent))
    return number(round(line.unit_price, places))


def _totals(card: InvoiceCard) -> list[Total]:
    row = card.invoice
    places = exponent(row.currency)
    found = [Total(gettext("Net"), Money(row.net, places))]
    for each in card.taxes:
        said = {"name": each.name, "base": amount(each.base, places)}
        found.append(Total(gettext("%(name)s over %(base)s") % said, Money(each.amount, places)))
    total = Money(row.gross, places, row.currency)
    return [*found, Total(gettext("Total"), total, strong=True)]


def _note(card: InvoiceCard) -> str:
    more = ""
    if len(card.lines) > MOST:
        more = gettext("And %(n)s more lines.") % {"n": len(card.lines) - MOST}
    reasons = dict.fromkeys(each.reason for each in card.taxes if each.reason)
    return " ".join(part for part in (more, *reasons, card.text) if part)


def _steps(actor: Actor, card: InvoiceCard) -> list[Act | None]:
    row = card.invoice
    if row.kind != "invoice":
        return []
    paid = None
    if row.open > 0:
        paid = act_for(
            actor,
            "finance.receive_payment",
            label=_("Book a payment"),
            key="b",
            icon="cash",
            invoice=row.number,
            amount=row.open,
            currency=row.currency if row.currency != actor.currency else "",
            reference=row.number,
            back=invoice_url(row.number),
        )
    credited = act_for(
        actor,
        "finance.credit_invoice",
        label=_("Credit it"),
        key="c",
        icon="receipt-refund",
        hint=_("Makes a credit note for all of it, or for the lines you name."),
        invoice=row.number,
    )
    statement = Act(
        gettext("Statement of account"),
        f"/finance/statements-of-account/{quote(row.party, safe='')}",
        icon="file-text",
    )
    final = None
    if card.prepayment and not card.deducted_by and row.status != "credited":
        final = act_for(
            actor,
            "finance.issue_invoice",
            label=_("Make the final invoice"),
            key="f",
            icon="file-check",
            party=row.party,
            deduct=[row.number],
            currency=row.currency if row.currency != actor.currency else None,
            reference=row.reference or None,
        )
    return [paid, final, credited if row.status != "credited" else None, statement]


INVOICE = RecordView(
    key="finance.invoices",
    title=_("Invoice"),
    kind="finance.invoice",
    path="<str:number>",
    find=invoice,
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
    """Invoices by the beginning of their number, or else of their reference."""
    rows = invoices(actor, number=words.strip().upper(), limit=most).rows
    rows = rows or invoices(actor, reference=words.strip(), limit=most).rows
    return [Found(row.number, invoice_url(row.number), _hint(row)) for row in rows]


def _hint(row: InvoiceRow) -> str:
    return f"{row.party_name} · {row.currency} {amount(row.gross, exponent(row.currency))}"
