"""An invoice as a record page for the style guide."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from kantoor.kernel.ui.cells import Cell, Link, Money, Status
from kantoor.kernel.ui.examples.framing import example_url
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import (
    Addressee,
    Cause,
    Change,
    Document,
    Fact,
    FieldChange,
    FileItem,
    RecordPage,
    Related,
    Relation,
    State,
    Total,
)

_LINES = (
    ("85123A", "White hanging heart T-light holder", 64, "2.55"),
    ("22423", "Regency cakestand 3 tier", 12, "10.95"),
    ("84879", "Assorted colour bird ornament", 160, "1.69"),
    ("21754", "Home building block word", 30, "5.45"),
    ("POST", "Postage", 1, "15.00"),
)


def _line(code: str, name: str, quantity: int, price: str) -> Row:
    amount = Money(int(Decimal(price) * quantity * 100), url=example_url("list"))
    cells: dict[str, Cell] = {
        "article": code, "name": name, "quantity": quantity,
        "price": Decimal(price), "rate": "21%", "amount": amount,
    }  # fmt: skip
    return Row(code, cells)


def _document() -> Document:
    return Document(
        columns=[
            Column("name", _("Description")),
            Column("article", _("Article")),
            Column("quantity", _("Quantity"), "number"),
            Column("price", _("Price"), "number", currency="EUR"),
            Column("rate", _("VAT"), align="end"),
            Column("amount", _("Amount"), "money", currency="EUR"),
        ],
        lines=[_line(*line) for line in _LINES],
        parties=[
            Addressee(_("From"), "Lantaarn BV", ["Prinsengracht 263", "1016 GV Amsterdam", "NL 0012.34.567.B01"]),
            Addressee(_("To"), "Kwekerij De Linde", ["Rijneveld 12", "2771 XV Boskoop"], example_url("record")),
        ],
        facts=[
            Fact(_("Number"), "2011-04286"),
            Fact(_("Invoice date"), date(2011, 6, 30)),
            Fact(_("Due"), date(2011, 7, 30)),
            Fact(_("Your reference"), "PO 7781"),
        ],
        totals=[
            Total(_("Net"), Money(74_350)),
            Total(_("VAT 21%"), Money(15_614)),
            Total(_("Total"), Money(89_964, currency="EUR"), strong=True),
            Total(_("Paid"), Money(-40_000)),
            Total(_("Still open"), Money(49_964, currency="EUR"), strong=True),
        ],
        note=_("Please pay within 30 days to NL91 ABNA 0417 1643 00, mentioning the number."),
    )  # fmt: skip


def _causes(now: datetime) -> list[Cause]:
    return [
        Cause(_("Invoice 2011-04286 posted"), now - timedelta(hours=3), "Fatima de Boer"),
        Cause(_("Order SO-11670 confirmed"), now - timedelta(hours=5), _("procedure “Order to invoice”"), example_url("list"), "procedure"),
        Cause(_("Order line 3 corrected"), now - timedelta(days=1), "Jesse Smit", example_url("list")),
        Cause(_("Order placed in the web shop"), now - timedelta(days=2), "webshop · e7c1…04f", example_url("list"), "event"),
    ]  # fmt: skip


def _history(now: datetime) -> list[Change]:
    open_, partly = Status("open", _("Open"), "info"), Status("partly", _("Partly paid"), "wait")
    return [
        Change("Fatima de Boer", _("Payment matched"), now - timedelta(minutes=24), [FieldChange(_("Status"), open_, partly), FieldChange(_("Open"), Money(89_964), Money(49_964))], example_url("list")),
        Change("Jesse Smit", _("Due date changed"), now - timedelta(hours=2), [FieldChange(_("Due"), date(2011, 7, 14), date(2011, 7, 30))]),
        Change("Kantoor", _("Invoice posted"), now - timedelta(hours=3), [FieldChange(_("Number"), None, "2011-04286")]),
    ]  # fmt: skip


def invoice() -> RecordPage:
    """An invoice, half paid, with its causes and its history."""
    now = datetime.now(UTC)
    return RecordPage(
        kind=_("Invoice"),
        title="2011-04286",
        breadcrumb=[Link(_("Finance"), example_url("today")), Link(_("Invoices"), example_url("list"))],
        main_action=Act(_("Match payment"), example_url("form"), key="m", icon="arrows-join"),
        more=[
            Act(_("Download PDF"), example_url("record"), icon="file-type-pdf"),
            Act(_("Copy to new invoice"), example_url("lines"), icon="copy"),
        ],
        state=State(
            Status("partly", _("Partly paid"), "wait"),
            now - timedelta(minutes=24),
            steps=[
                Act(_("Send reminder"), example_url("record"), "post", icon="mail"),
                Act(_("Reverse"), example_url("record"), "post", icon="arrow-back-up", hint=_("Makes a credit note in the open period. The invoice itself stays.")),
            ],
        ),
        document=_document(),
        relations=[
            Relation(_("People"), [Related(Link("Kwekerij De Linde", example_url("record")), _("Customer 10482")), Related(Link("Jesse Smit", example_url("record")), _("Sold by"))]),
            Relation(_("Payments"), [Related(Link(_("Bank statement 118"), example_url("list")), "", Money(40_000))]),
        ],
        files=[FileItem("2011-04286.pdf", example_url("record"), 48_211), FileItem("2011-04286-ubl.xml", example_url("record"), 9_120)],
        attach=Act(_("Add files"), example_url("record"), "post"),
        causes=_causes(now),
        history=_history(now),
        proof=Link(_("Proof from the record"), example_url("list")),
    )  # fmt: skip
