"""Writes UBL 2.1: an invoice, or a credit note by its type (CEN/TS 16931-3-2)."""

import base64
from decimal import Decimal

import msgspec

from kantoor.departments.finance.formats.einvoice.model import (
    Adjustment,
    Attachment,
    Delivery,
    EInvoice,
    Identifier,
    Line,
    Party,
    Payment,
    Period,
    PostalAddress,
    TaxTotal,
    VatBreakdown,
    VatCategory,
)
from kantoor.departments.finance.formats.einvoice.writing import Writer

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_SPACES = {
    "xmlns:cac": f"{_UBL}CommonAggregateComponents-2",
    "xmlns:cbc": f"{_UBL}CommonBasicComponents-2",
}
_UNKNOWN = "NA"
"""For what UBL insists on and EN 16931 has no term for."""


def _discount(line: Line) -> Decimal:
    """UBL insists on the discount where there is a gross price."""
    if line.discount is not None:
        return line.discount
    return (line.gross_price or Decimal(0)) - (line.price or Decimal(0))


def write_ubl(invoice: EInvoice) -> bytes:
    """The invoice as UBL 2.1, a CreditNote where it is one."""
    return _UblWriter(invoice).document()


class _UblWriter(Writer):
    def __init__(self, invoice: EInvoice) -> None:
        super().__init__()
        self.it = invoice
        self.credit = invoice.is_credit_note
        self.kind = "CreditNote" if self.credit else "Invoice"

    def document(self) -> bytes:
        with self.group(self.kind, xmlns=f"{_UBL}{self.kind}-2", **_SPACES):
            self.head()
            self.references()
            self.parties()
            self.payment()
            for each in self.it.adjustments:
                self.adjustment(each)
            self.totals()
            for line in self.it.lines:
                self.line(line)
        return self.bytes()

    def amount(self, name: str, value: Decimal | None, currency: str = "") -> None:
        self.leaf(name, value, currencyID=currency or self.it.currency)

    def head(self) -> None:
        it, leaf = self.it, self.leaf
        leaf("cbc:CustomizationID", it.specification)
        leaf("cbc:ProfileID", it.process)
        leaf("cbc:ID", it.number)
        leaf("cbc:IssueDate", it.date)
        if self.credit:
            leaf("cbc:TaxPointDate", it.tax_point)
            leaf("cbc:CreditNoteTypeCode", it.type_code)
        else:
            leaf("cbc:DueDate", it.due_on)
            leaf("cbc:InvoiceTypeCode", it.type_code)
        for note in it.notes:
            leaf("cbc:Note", f"#{note.subject}#{note.text}" if note.subject else note.text)
        if not self.credit:
            leaf("cbc:TaxPointDate", it.tax_point)
        leaf("cbc:DocumentCurrencyCode", it.currency)
        leaf("cbc:TaxCurrencyCode", it.tax_currency)
        leaf("cbc:AccountingCost", it.accounting)
        leaf("cbc:BuyerReference", it.buyer_reference)
        self.period(it.period, it.tax_point_code)

    def period(self, period: Period | None, code: str = "") -> None:
        with self.group("cac:InvoicePeriod"):
            if period is not None:
                self.leaf("cbc:StartDate", period.start)
                self.leaf("cbc:EndDate", period.end)
            self.leaf("cbc:DescriptionCode", code)

    def reference(self, name: str, number: str) -> None:
        with self.group(name):
            self.leaf("cbc:ID", number)

    def references(self) -> None:
        it = self.it
        if it.order or it.sales_order:
            with self.group("cac:OrderReference"):
                self.leaf("cbc:ID", it.order or _UNKNOWN)
                self.leaf("cbc:SalesOrderID", it.sales_order)
        for each in it.preceding:
            with self.group("cac:BillingReference"), self.group("cac:InvoiceDocumentReference"):
                self.leaf("cbc:ID", each.number)
                self.leaf("cbc:IssueDate", each.date)
        self.reference("cac:DespatchDocumentReference", it.despatch_advice)
        self.reference("cac:ReceiptDocumentReference", it.receiving_advice)
        if not self.credit:
            self.reference("cac:OriginatorDocumentReference", it.tender)
        self.reference("cac:ContractDocumentReference", it.contract)
        for attached in it.attachments:
            self.attachment(attached)
        self.invoiced_object("cac:AdditionalDocumentReference", it.invoiced_object)
        if self.credit:
            if it.project:
                with self.group("cac:AdditionalDocumentReference"):
                    self.leaf("cbc:ID", it.project)
                    self.leaf("cbc:DocumentTypeCode", "50")
            self.reference("cac:OriginatorDocumentReference", it.tender)
        else:
            self.reference("cac:ProjectReference", it.project)

    def invoiced_object(self, name: str, found: Identifier | None) -> None:
        if found is not None:
            with self.group(name):
                self.identifier("cbc:ID", found)
                self.leaf("cbc:DocumentTypeCode", "130")

    def identifier(self, name: str, found: Identifier | None) -> None:
        if found is not None:
            self.leaf(name, found.value, schemeID=found.scheme)

    def attachment(self, it: Attachment) -> None:
        with self.group("cac:AdditionalDocumentReference"):
            self.leaf("cbc:ID", it.reference)
            self.leaf("cbc:DocumentDescription", it.description)
            with self.group("cac:Attachment"):
                if it.content is not None:
                    self.leaf(
                        "cbc:EmbeddedDocumentBinaryObject",
                        base64.b64encode(it.content).decode(),
                        mimeCode=it.mime,
                        filename=it.filename,
                    )
                with self.group("cac:ExternalReference"):
                    self.leaf("cbc:URI", it.uri)

    def parties(self) -> None:
        it = self.it
        with self.group("cac:AccountingSupplierParty"), self.group("cac:Party"):
            self.party(it.seller, it.creditor if it.payee is None else "")
        with self.group("cac:AccountingCustomerParty"), self.group("cac:Party"):
            # UBL-SR-16: a buyer has one identifier.
            self.party(msgspec.structs.replace(it.buyer, identifiers=it.buyer.identifiers[:1]))
        if it.payee is not None:
            with self.group("cac:PayeeParty"):
                self.identifiers(it.payee, it.creditor)
                self.name(it.payee.name)
                with self.group("cac:PartyLegalEntity"):
                    self.identifier("cbc:CompanyID", it.payee.registration)
        if it.representative is not None:
            with self.group("cac:TaxRepresentativeParty"):
                self.name(it.representative.name)
                self.address("cac:PostalAddress", it.representative.address)
                self.tax_scheme(it.representative.vat_number, "VAT")
        self.delivery(it.delivery)

    def name(self, name: str) -> None:
        with self.group("cac:PartyName"):
            self.leaf("cbc:Name", name)

    def identifiers(self, party: Party, creditor: str = "") -> None:
        for each in party.identifiers:
            with self.group("cac:PartyIdentification"):
                self.identifier("cbc:ID", each)
        with self.group("cac:PartyIdentification"):
            self.leaf("cbc:ID", creditor, schemeID="SEPA")

    def party(self, party: Party, creditor: str = "") -> None:
        self.identifier("cbc:EndpointID", party.endpoint)
        self.identifiers(party, creditor)
        self.name(party.trading_name)
        self.address("cac:PostalAddress", party.address)
        self.tax_scheme(party.vat_number, "VAT")
        self.tax_scheme(party.tax_registration, "TAX")
        with self.group("cac:PartyLegalEntity"):
            self.leaf("cbc:RegistrationName", party.name)
            self.identifier("cbc:CompanyID", party.registration)
            self.leaf("cbc:CompanyLegalForm", party.legal_form)
        if party.contact is not None:
            with self.group("cac:Contact"):
                self.leaf("cbc:Name", party.contact.name)
                self.leaf("cbc:Telephone", party.contact.phone)
                self.leaf("cbc:ElectronicMail", party.contact.email)

    def tax_scheme(self, number: str, scheme: str) -> None:
        if number:
            with self.group("cac:PartyTaxScheme"):
                self.leaf("cbc:CompanyID", number)
                with self.group("cac:TaxScheme"):
                    self.leaf("cbc:ID", scheme)

    def address(self, name: str, it: PostalAddress | None) -> None:
        if it is None:
            return
        with self.group(name):
            self.leaf("cbc:StreetName", it.street)
            self.leaf("cbc:AdditionalStreetName", it.additional)
            self.leaf("cbc:CityName", it.city)
            self.leaf("cbc:PostalZone", it.postcode)
            self.leaf("cbc:CountrySubentity", it.region)
            with self.group("cac:AddressLine"):
                self.leaf("cbc:Line", it.third_line)
            with self.group("cac:Country"):
                self.leaf("cbc:IdentificationCode", it.country)

    def delivery(self, it: Delivery | None) -> None:
        if it is None:
            return
        with self.group("cac:Delivery"):
            self.leaf("cbc:ActualDeliveryDate", it.date)
            with self.group("cac:DeliveryLocation"):
                self.identifier("cbc:ID", it.location)
                self.address("cac:Address", it.address)
            with self.group("cac:DeliveryParty"):
                self.name(it.name)

    def payment(self) -> None:
        it = self.it
        for n, each in enumerate(it.payments):
            self.means(each, first=n == 0)
        if not it.payments and (it.payment_reference or (self.credit and it.due_on)):
            self.means(Payment(code="1"), first=True)  # by no instrument named
        with self.group("cac:PaymentTerms"):
            self.leaf("cbc:Note", it.payment_terms)

    def means(self, each: Payment, *, first: bool) -> None:
        it = self.it
        with self.group("cac:PaymentMeans"):
            self.leaf("cbc:PaymentMeansCode", each.code, name=each.name)
            if self.credit and first:
                self.leaf("cbc:PaymentDueDate", it.due_on)
            self.leaf("cbc:PaymentID", it.payment_reference)
            if each.card:
                with self.group("cac:CardAccount"):
                    self.leaf("cbc:PrimaryAccountNumberID", each.card)
                    self.leaf("cbc:NetworkID", _UNKNOWN)
                    self.leaf("cbc:HolderName", each.card_holder)
            with self.group("cac:PayeeFinancialAccount"):
                self.leaf("cbc:ID", each.account)
                self.leaf("cbc:Name", each.account_name)
                self.reference("cac:FinancialInstitutionBranch", each.bic)
            if first:
                with self.group("cac:PaymentMandate"):
                    self.leaf("cbc:ID", it.mandate)
                    self.reference("cac:PayerFinancialAccount", it.debited_account)

    def adjustment(self, each: Adjustment) -> None:
        with self.group("cac:AllowanceCharge"):
            self.leaf("cbc:ChargeIndicator", "true" if each.charge else "false")
            self.leaf("cbc:AllowanceChargeReasonCode", each.reason_code)
            self.leaf("cbc:AllowanceChargeReason", each.reason)
            self.leaf("cbc:MultiplierFactorNumeric", each.percentage)
            self.amount("cbc:Amount", each.amount)
            self.amount("cbc:BaseAmount", each.base)
            self.category("cac:TaxCategory", each.vat)

    def category(self, name: str, vat: VatCategory | None, tax: VatBreakdown | None = None) -> None:
        if vat is None:
            return
        with self.group(name):
            self.leaf("cbc:ID", vat.code)
            self.leaf("cbc:Percent", vat.rate)
            if tax is not None:
                self.leaf("cbc:TaxExemptionReasonCode", tax.reason_code)
                self.leaf("cbc:TaxExemptionReason", tax.reason)
            with self.group("cac:TaxScheme"):
                self.leaf("cbc:ID", vat.scheme)

    def totals(self) -> None:
        it, amount = self.it, self.amount
        stated = it.tax_totals
        if it.taxes and not stated:  # CII leaves out a total of nothing; UBL can't
            sum_ = sum((tax.amount or Decimal(0) for tax in it.taxes), Decimal(0))
            stated = (TaxTotal(amount=sum_, currency=it.currency),)
        for n, each in enumerate(stated):
            with self.group("cac:TaxTotal"):
                amount("cbc:TaxAmount", each.amount, each.currency)
                for tax in it.taxes if n == 0 else ():
                    with self.group("cac:TaxSubtotal"):
                        amount("cbc:TaxableAmount", tax.base)
                        amount("cbc:TaxAmount", tax.amount)
                        self.category("cac:TaxCategory", tax.vat, tax)
        totals = it.totals
        with self.group("cac:LegalMonetaryTotal"):
            amount("cbc:LineExtensionAmount", totals.lines)
            amount("cbc:TaxExclusiveAmount", totals.without_vat)
            amount("cbc:TaxInclusiveAmount", totals.with_vat)
            amount("cbc:AllowanceTotalAmount", totals.allowances)
            amount("cbc:ChargeTotalAmount", totals.charges)
            amount("cbc:PrepaidAmount", totals.paid)
            amount("cbc:PayableRoundingAmount", totals.rounding)
            amount("cbc:PayableAmount", totals.payable)

    def line(self, it: Line) -> None:
        leaf = self.leaf
        quantity = "cbc:CreditedQuantity" if self.credit else "cbc:InvoicedQuantity"
        with self.group(f"cac:{self.kind}Line"):
            leaf("cbc:ID", it.number)
            leaf("cbc:Note", it.note)
            leaf(quantity, it.quantity, unitCode=it.unit)
            self.amount("cbc:LineExtensionAmount", it.net)
            leaf("cbc:AccountingCost", it.accounting)
            self.period(it.period)
            if it.order_line:
                with self.group("cac:OrderLineReference"):
                    leaf("cbc:LineID", it.order_line)
            self.invoiced_object("cac:DocumentReference", it.invoiced_object)
            for each in it.adjustments:
                self.adjustment(each)
            self.item(it)
            with self.group("cac:Price"):
                self.amount("cbc:PriceAmount", it.price)
                leaf("cbc:BaseQuantity", it.price_quantity, unitCode=it.price_unit)
                if it.discount is not None or it.gross_price is not None:
                    with self.group("cac:AllowanceCharge"):
                        leaf("cbc:ChargeIndicator", "false")
                        self.amount("cbc:Amount", _discount(it))
                        self.amount("cbc:BaseAmount", it.gross_price)

    def item(self, it: Line) -> None:
        leaf = self.leaf
        with self.group("cac:Item"):
            leaf("cbc:Description", it.description)
            leaf("cbc:Name", it.name)
            self.reference("cac:BuyersItemIdentification", it.buyer_item)
            self.reference("cac:SellersItemIdentification", it.seller_item)
            with self.group("cac:StandardItemIdentification"):
                self.identifier("cbc:ID", it.standard_item)
            with self.group("cac:OriginCountry"):
                leaf("cbc:IdentificationCode", it.origin)
            for each in it.classifications:
                with self.group("cac:CommodityClassification"):
                    leaf(
                        "cbc:ItemClassificationCode",
                        each.value,
                        listID=each.scheme,
                        listVersionID=each.version,
                    )
            self.category("cac:ClassifiedTaxCategory", it.vat)
            for attribute in it.attributes:
                with self.group("cac:AdditionalItemProperty"):
                    leaf("cbc:Name", attribute.name)
                    leaf("cbc:Value", attribute.value)
