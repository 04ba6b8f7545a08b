"""Electronic invoices in tests, made with few words."""

from collections.abc import Sequence
from decimal import Decimal

from kantoor.departments.finance.actions.payables.receiving import receive_purchase_files
from kantoor.departments.finance.drafts_incoming import FilesReceived, IncomingFile
from kantoor.departments.finance.tests.people import Books

Sold = tuple[str, str, str]
"""A line: what, its net amount, and its rate."""
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"


def _line(n: int, what: str, net: str, rate: str) -> str:
    category = "S" if Decimal(rate) else "AE"
    return f"""<cac:InvoiceLine><cbc:ID>{n}</cbc:ID>
      <cbc:InvoicedQuantity unitCode="C62">1</cbc:InvoicedQuantity>
      <cbc:LineExtensionAmount currencyID="EUR">{net}</cbc:LineExtensionAmount>
      <cac:Item><cbc:Name>{what}</cbc:Name><cac:ClassifiedTaxCategory><cbc:ID>{category}</cbc:ID>
      <cbc:Percent>{rate}</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
      </cac:ClassifiedTaxCategory></cac:Item>
      <cac:Price><cbc:PriceAmount currencyID="EUR">{net}</cbc:PriceAmount></cac:Price>
      </cac:InvoiceLine>"""


def _group(rate: str, base: Decimal, amount: Decimal) -> str:
    category = "S" if Decimal(rate) else "AE"
    reason = (
        "" if category == "S" else "<cbc:TaxExemptionReason>Reverse charge</cbc:TaxExemptionReason>"
    )
    return f"""<cac:TaxSubtotal><cbc:TaxableAmount currencyID="EUR">{base}</cbc:TaxableAmount>
      <cbc:TaxAmount currencyID="EUR">{amount}</cbc:TaxAmount><cac:TaxCategory>
      <cbc:ID>{category}</cbc:ID><cbc:Percent>{rate}</cbc:Percent>{reason}
      <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal>"""


def ubl(
    number: str,
    *lines: Sold,
    seller: str = "Supplier L1",
    vat: str = "NL123456789B01",
    country: str = "NL",
    on: str = "2026-03-02",
    due: str = "2026-04-01",
    iban: str = "NL91ABNA0417164300",
    total: str = "",
    order: str = "",
    terms: str = "",
) -> bytes:
    """An invoice in UBL that keeps the rules; `total` is what it says instead of its sum."""
    lines = lines or (("Goods", "100.00", "21"),)
    bases: dict[str, Decimal] = {}
    for _what, net, rate in lines:
        bases[rate] = bases.get(rate, Decimal(0)) + Decimal(net)
    cent = Decimal("0.01")
    taxes = {rate: (base * Decimal(rate) / 100).quantize(cent) for rate, base in bases.items()}
    net_sum, tax = sum(bases.values(), Decimal(0)), sum(taxes.values(), Decimal(0))
    gross = total or str(net_sum + tax)
    groups = "".join(_group(rate, base, taxes[rate]) for rate, base in bases.items())
    rows = "".join(_line(n, *line) for n, line in enumerate(lines, 1))
    ordered = f"<cac:OrderReference><cbc:ID>{order}</cbc:ID></cac:OrderReference>" if order else ""
    paid = f"<cac:PaymentTerms><cbc:Note>{terms}</cbc:Note></cac:PaymentTerms>" if terms else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
    <Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cac="{CAC}"
      xmlns:cbc="{CBC}">
    <cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>
    <cbc:ID>{number}</cbc:ID><cbc:IssueDate>{on}</cbc:IssueDate><cbc:DueDate>{due}</cbc:DueDate>
    <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
    <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>{ordered}
    <cac:AccountingSupplierParty><cac:Party><cac:PostalAddress><cac:Country>
      <cbc:IdentificationCode>{country}</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
      <cac:PartyTaxScheme><cbc:CompanyID>{vat}</cbc:CompanyID>
      <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
      <cac:PartyLegalEntity><cbc:RegistrationName>{seller}</cbc:RegistrationName>
      </cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
    <cac:AccountingCustomerParty><cac:Party><cac:PostalAddress><cac:Country>
      <cbc:IdentificationCode>NL</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
      <cac:PartyTaxScheme><cbc:CompanyID>NL999999999B99</cbc:CompanyID>
      <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
      <cac:PartyLegalEntity><cbc:RegistrationName>Bakker BV</cbc:RegistrationName>
      </cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>
    <cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>
      <cac:PayeeFinancialAccount><cbc:ID>{iban}</cbc:ID></cac:PayeeFinancialAccount>
    </cac:PaymentMeans>{paid}
    <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">{tax}</cbc:TaxAmount>{groups}</cac:TaxTotal>
    <cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">{net_sum}</cbc:LineExtensionAmount>
      <cbc:TaxExclusiveAmount currencyID="EUR">{net_sum}</cbc:TaxExclusiveAmount>
      <cbc:TaxInclusiveAmount currencyID="EUR">{gross}</cbc:TaxInclusiveAmount>
      <cbc:PayableAmount currencyID="EUR">{gross}</cbc:PayableAmount></cac:LegalMonetaryTotal>
    {rows}</Invoice>""".encode()


def receive(books: Books, *contents: bytes, name: str = "invoice.xml") -> FilesReceived:
    """Take in files as Anne."""
    files = [IncomingFile(name=name, content=content) for content in contents]
    return receive_purchase_files(books.anne, files=files)


def lines_of(number: str) -> Sequence[dict[str, object]]:
    """How the lines of a purchase invoice are booked."""
    from kantoor.departments.finance.models import PurchaseLine

    names = ("text", "net", "account__code", "tax_code__code", "suggested")
    return list(PurchaseLine.objects.filter(invoice__number=number).order_by("n").values(*names))
