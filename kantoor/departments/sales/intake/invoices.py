"""Documents of the type `sales.invoice`: what the front office sold, credited or corrected.

What each kind of row is in bookkeeping terms, and why, stands in
docs/decisions/0020-the-web-shop-in-bookkeeping-terms.md.
"""

from collections.abc import Sequence
from typing import Literal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.actions.booking import Sold, book_sales
from kantoor.departments.sales.actions.shop_customers import Shopper
from kantoor.departments.sales.intake.invoice_rows import LONGEST_REFERENCE, InvoiceRows, Reader
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.intake.incoming import Incoming, Outcome, takes, values
from kantoor.kernel.intake.problems import Problem
from kantoor.kernel.intake.rows import Layout, Rows
from kantoor.kernel.money import exponent

SALES_INVOICE = "sales.invoice"


@takes(SALES_INVOICE)
def take_invoices(actor: Actor, documents: Sequence[Incoming]) -> list[Outcome]:
    """Book the documents that are sales, refuse those that are none."""
    outcomes: list[Outcome | None] = [None] * len(documents)
    places, sales = [], []
    for place, document in enumerate(documents):
        reader = _reader(actor, document.content.layout)
        read = _sold(reader, document)
        if isinstance(read, Problem):
            outcomes[place] = Outcome("", read, reader.amount(document.content))
        else:
            places.append(place)
            sales.append(read)
    results = book_sales(actor, sales=sales) if sales else []
    for place, result in zip(places, results, strict=True):
        outcomes[place] = Outcome(result)
    return [outcome for outcome in outcomes if outcome is not None]


@values(SALES_INVOICE)
def amount(actor: Actor, document: Incoming) -> int:
    """What a document adds up to, as far as its rows can be read."""
    return _reader(actor, document.content.layout).amount(document.content)


_latest: list[Reader] = []


def _reader(actor: Actor, layout: Layout) -> Reader:
    """The reader of a layout; the documents of a file share theirs."""
    decimals = exponent(actor.currency)
    for reader in _latest:
        if reader.layout is layout and reader.exponent == decimals:
            return reader
    _latest[:] = [Reader(layout, decimals)]
    return _latest[0]


def _sold(reader: Reader, document: Incoming) -> Sold | Problem:
    rows: Rows = document.content
    constants = reader.layout.mapping.constants
    if _begins(rows.identity, constants.get("adjustment_prefix", "")):
        return _adjustment(document)
    read = reader.read(rows)
    if isinstance(read, Problem):
        return read
    if len(read.reference) > LONGEST_REFERENCE:
        message = _("The number of the document is longer than {limit} characters.")
        said = format_lazy(message, limit=LONGEST_REFERENCE)
        return Problem(document.line, "", "sales.too_long", said)
    kind = _kind(read, constants.get("credit_prefix", ""))
    if isinstance(kind, Problem):
        return kind.at(document.line or 0, ())
    lines, net = read.lines, read.net
    if kind == "return":
        lines = [(code, text, -count, price, -net) for code, text, count, price, net in lines]
        net = -net
    return Sold(
        kind=kind,
        shopper=Shopper(read.customer, read.country, read.country_code, document.source),
        source=document.source,
        reference=read.reference,
        event=document.event_id,
        day=read.day,
        country=read.country_code,
        lines=lines,
        net=net,
    )


def _kind(
    read: InvoiceRows, credit_prefix: str
) -> Literal["sale", "stock_correction", "return"] | Problem:
    if _begins(read.reference, credit_prefix):
        if read.net <= 0:
            return "return"
        message = _("A credit note that adds up to a charge; give it the number of an invoice.")
        return Problem(None, "", "sales.credit_sign", message)
    if read.net < 0:
        return "return"
    if not read.valued and not read.customer:
        return "stock_correction"
    return "sale"


def _begins(reference: str, prefix: str) -> bool:
    return bool(prefix) and reference[: len(prefix)].upper() == prefix.upper()


def _adjustment(document: Incoming) -> Problem:
    message = _("An adjustment (bad debt) is no sale: a bookkeeper books it as a journal entry.")
    return Problem(document.line, "", f"{document.source}.adjustment"[:60], message)
