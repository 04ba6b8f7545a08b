"""What the trading company buys: invoices each month, orders with receipts, and what just came in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kantoor.departments.finance.actions.payables.entering import enter_purchase_invoices
from kantoor.departments.finance.actions.payables.orders import (
    order_purchases,
    send_purchase_orders,
)
from kantoor.departments.finance.actions.payables.receipts import receive_purchases
from kantoor.departments.finance.actions.payables.receiving import receive_purchase_files
from kantoor.departments.finance.actions.payables.rules_of_approval import add_approval_rule
from kantoor.departments.finance.drafts_incoming import IncomingFile
from kantoor.departments.finance.drafts_orders import (
    OrderDraft,
    OrderLineDraft,
    ReceiptDraft,
    ReceivedLine,
)
from kantoor.departments.finance.drafts_purchases import PurchaseDraft, PurchaseLineDraft
from kantoor.departments.finance.formats.einvoice.model import (
    EInvoice,
    Identifier,
    Line,
    Party,
    Payment,
    PostalAddress,
    TaxTotal,
    Totals,
    VatBreakdown,
    VatCategory,
)
from kantoor.departments.finance.formats.einvoice.ubl_writer import write_ubl
from kantoor.kernel.actors.actor import Actor
from kantoor.shell.demo.calendar import Month
from kantoor.shell.demo.trade.chance import around, chance
from kantoor.shell.demo.trade.relations import BUYER, ORDERED, SUPPLIERS, Supplier

CENT = Decimal("0.01")
FIRST_ORDER = Decimal("14.50")


@dataclass(frozen=True, slots=True)
class Bill:
    """What will be paid to a supplier for an invoice: when, how much in cents, under which number."""

    on: date
    amount: int
    reference: str
    supplier: Supplier


def buy(bookkeeper: Actor, months: Sequence[Month], today: date) -> None:
    """Enter and post what suppliers invoiced in these months up to the last days."""
    drafts = [
        _draft(supplier, month)
        for number, month in enumerate(months)
        for supplier in SUPPLIERS
        if number % supplier.every == 0
    ]
    drafts.sort(key=lambda draft: draft.date)
    known = [draft for draft in drafts if draft.date <= today]
    enter_purchase_invoices(bookkeeper, invoices=known, post_them=True)


def _draft(supplier: Supplier, month: Month) -> PurchaseDraft:
    on = month.on(1 + chance("bill", supplier.code, month.code, of=24))
    line = PurchaseLineDraft(
        text=f"{supplier.text} {month.first:%m-%Y}",
        amount=_amount(supplier, month),
    )
    return PurchaseDraft(
        supplier=supplier.code, reference=_reference(supplier, month), date=on, lines=[line],
        iban=supplier.iban,
    )  # fmt: skip


def _amount(supplier: Supplier, month: Month) -> int:
    same_each_time = supplier.account in ("45105", "46305")
    return supplier.usual if same_each_time else around(supplier.usual, supplier.code, month.code)


def _reference(supplier: Supplier, month: Month) -> str:
    return f"{supplier.code[2:]}{month.year}{month.number:02}"


def bills(months: Sequence[Month], until: date) -> list[Bill]:
    """What was paid to suppliers up to a day: each invoice when it was due, or the Monday after."""
    found = []
    for number, month in enumerate(months):
        for supplier in SUPPLIERS:
            if number % supplier.every == 0:
                draft = _draft(supplier, month)
                on = draft.date + timedelta(days=supplier.days)
                on += timedelta(days=(7 - on.weekday()) % 7)
                if on <= until:
                    found.append(Bill(on, _gross(supplier, month), draft.reference, supplier))
    return found


def _gross(supplier: Supplier, month: Month) -> int:
    net = _amount(supplier, month)
    taxed = supplier.tax == "P21"
    return net + (
        int((Decimal(net) * 21 / 100).quantize(Decimal(1), "ROUND_HALF_UP")) if taxed else 0
    )


def order(bookkeeper: Actor, controller: Actor, today: date) -> None:
    """Write orders: one received in part, one on its way; the controller approves large invoices."""
    add_approval_rule(
        controller, name="Inkoop vanaf 25.000", from_amount=2_500_000, role="controller"
    )
    lines = [
        OrderLineDraft(text="Vaas 30 cm, wit", quantity=Decimal(400), unit_price=FIRST_ORDER),
        OrderLineDraft(text="Schaal 24 cm", quantity=Decimal(250), unit_price=Decimal("9.80")),
    ]
    days = (today - timedelta(days=16), today - timedelta(days=3))
    numbers = order_purchases(
        bookkeeper,
        orders=[OrderDraft(supplier=ORDERED, date=day, lines=lines) for day in days],
    )
    send_purchase_orders(bookkeeper, orders=numbers)
    part = [ReceivedLine(n=1, quantity=Decimal(400)), ReceivedLine(n=2, quantity=Decimal(180))]
    receive_purchases(
        bookkeeper,
        receipts=[ReceiptDraft(order=numbers[0], date=today - timedelta(days=4), lines=part)],
    )
    arrive(bookkeeper, numbers[0], today)


def arrive(bookkeeper: Actor, ordered: str, today: date) -> None:
    """Take in two e-invoices that wait for a person: one of the order, one of services."""
    potter = next(each for each in SUPPLIERS if each.code == ORDERED)
    carrier = next(each for each in SUPPLIERS if each.code == "L-VERV")
    files = [
        (potter, "KLEI-7731", [("Vaas 30 cm, wit", 400, FIRST_ORDER)], ordered),
        (carrier, "VD-2096", [("Vracht week 46", 1, Decimal("412.00"))], ""),
    ]
    receive_purchase_files(
        bookkeeper,
        files=[
            IncomingFile(
                name=f"{number}.xml",
                content=write_ubl(_e_invoice(supplier, number, rows, named, today)),
            )
            for supplier, number, rows, named in files
        ],
    )


def _e_invoice(
    supplier: Supplier, number: str, rows: list[tuple[str, int, Decimal]], named: str, today: date
) -> EInvoice:
    standard = VatCategory(code="S", rate=Decimal(21))
    lines = tuple(
        Line(
            number=str(n), quantity=Decimal(many), unit="C62", net=(price * many).quantize(CENT),
            price=price, name=what, vat=standard, order_line=str(n) if named else "",
        )
        for n, (what, many, price) in enumerate(rows, 1)
    )  # fmt: skip
    net = sum((line.net or Decimal(0) for line in lines), Decimal(0))
    tax = (net * 21 / 100).quantize(CENT, "ROUND_HALF_UP")
    return EInvoice(
        specification="urn:cen.eu:en16931:2017", number=number, date=today - timedelta(days=2),
        type_code="380", currency="EUR", due_on=today + timedelta(days=28), order=named,
        seller=Party(
            name=supplier.name, vat_number="NL001234567B13",
            address=PostalAddress(city=supplier.city, country=supplier.country),
            registration=Identifier(value="08123456", scheme="0106"),
        ),
        buyer=Party(name=BUYER, address=PostalAddress(city="Deventer", country="NL")),
        payments=(Payment(code="30", account=supplier.iban),),
        totals=Totals(lines=net, without_vat=net, with_vat=net + tax, payable=net + tax),
        tax_totals=(TaxTotal(amount=tax, currency="EUR"),),
        taxes=(VatBreakdown(base=net, amount=tax, vat=standard),), lines=lines,
    )  # fmt: skip
