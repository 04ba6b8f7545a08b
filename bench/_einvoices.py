"""What bench/einvoices.py measures, in a process of its own; prints JSON."""

import datetime
import json
import os
from decimal import Decimal
from time import perf_counter, process_time
from typing import Any

from kantoor.departments.finance.formats.einvoice import (
    EInvoice,
    errors,
    read_document,
    write_cii,
    write_ubl,
)
from kantoor.departments.finance.formats.einvoice.model import (
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
from kantoor.departments.finance.formats.einvoice.rules import peppol
from kantoor.departments.finance.formats.einvoice.validation import findings

LINES = 10
INVOICES = 300
PAGES = 40
NET = Decimal("1000.00")


def invoice(lines: int = LINES) -> EInvoice:
    """A Dutch invoice by Peppol BIS."""
    price = NET / lines
    address = PostalAddress(street="Herengracht 1", city="Amsterdam", postcode="1015 BA", country="NL")  # fmt: skip
    seller = Party(
        name="Seller", address=address, vat_number="NL123456782B12",
        registration=Identifier(value="12345678", scheme="0106"),
        endpoint=Identifier(value="12345678", scheme="0106"),
    )  # fmt: skip
    buyer = Party(
        name="Buyer", address=address,
        registration=Identifier(value="87654321", scheme="0106"),
        endpoint=Identifier(value="87654321", scheme="0106"),
    )  # fmt: skip
    vat, tax = VatCategory(code="S", rate=Decimal(21)), Decimal("210.00")
    return EInvoice(
        specification=peppol.SPECIFICATION,
        process=peppol.PROCESS,
        number="2026-00001",
        date=datetime.date(2026, 11, 24),
        due_on=datetime.date(2026, 12, 24),
        type_code="380",
        currency="EUR",
        buyer_reference="PO-7",
        seller=seller,
        buyer=buyer,
        payments=(Payment(code="58", account="NL91ABNA0417164300"),),
        totals=Totals(lines=NET, without_vat=NET, with_vat=NET + tax, payable=NET + tax),
        tax_totals=(TaxTotal(amount=tax, currency="EUR"),),
        taxes=(VatBreakdown(base=NET, amount=tax, vat=vat),),
        lines=tuple(
            Line(
                number=str(n), quantity=Decimal(1), unit="C62", net=price, price=price,
                name=f"Thing {n}", vat=vat,
            )
            for n in range(1, lines + 1)
        ),
    )  # fmt: skip


def checked_a_second() -> dict[str, float]:
    """Invoices read and checked in a second of work, in each syntax."""
    found = {}
    for name, xml in (("UBL", write_ubl(invoice())), ("CII", write_cii(invoice()))):
        assert not errors(findings(read_document(xml)))
        # Nothing is waited for here; what else this machine does is not counted.
        began = process_time()
        for _ in range(INVOICES):
            findings(read_document(xml))
        found[name] = INVOICES / (process_time() - began)
    return found


def papers_a_second() -> dict[str, float]:
    """Pages set by typst alone, and as Factur-X, turn about."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kantoor.config.settings")
    django.setup()
    from kantoor.departments.finance.print.invoice_pdf import invoice_paper

    page, made = _page(), datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)
    invoice_paper(page, made)
    spent = {"typst": 0.0, "facturx": 0.0}
    for _ in range(PAGES):
        began = perf_counter()
        invoice_paper(page, made)
        between = perf_counter()
        invoice_paper(page, made, write_cii(invoice()))
        spent["typst"] += between - began
        spent["facturx"] += perf_counter() - between
    return {name: PAGES / seconds for name, seconds in spent.items()}


def _page() -> dict[str, Any]:
    lines = [
        {"text": f"Thing {n}", "article": f"A-{n}", "quantity": "1", "price": "100.00", "rate": "21%", "net": "100.00"}
        for n in range(1, LINES + 1)
    ]  # fmt: skip
    labels = {"net": "Total without VAT", "gross": "Total EUR", "open": "Still open", "breakdown": "VAT", "parts": "In parts"}  # fmt: skip
    return {
            "language": "en", "title": "Invoice", "number": "2026-00001",
            "seller": {"name": "Seller", "lines": ["Herengracht 1", "1015 BA Amsterdam"]},
            "buyer": ["Buyer"], "facts": [["Date", "24 November 2026"]], "text": "",
            "columns": ["Description", "Quantity", "Price", "VAT", "Amount in EUR"],
            "lines": lines, "net": "1,000.00", "gross": "1,210.00", "open": "",
            "taxes": [{"name": "VAT 21%", "rate": "21%", "base": "1,000.00", "amount": "210.00", "reason": ""}],
            "labels": labels, "parts": [], "closing": "Please pay.", "footer": ["Seller"], "page": "Page", "head": "",
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps({"checked": checked_a_second(), "papers": papers_a_second()}))
