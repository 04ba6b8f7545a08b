"""Writes UN/CEFACT Cross Industry Invoices D16B (CEN/TS 16931-3-3), as Factur-X carries them."""

import base64
import datetime

from kantoor.departments.finance.formats.einvoice.cii import INVOICED_OBJECT, RELATED, TENDER
from kantoor.departments.finance.formats.einvoice.cii_names import (
    HEADER_TOTALS,
    LINE_TOTALS,
    TAX_POINTS,
)
from kantoor.departments.finance.formats.einvoice.model import (
    Adjustment,
    EInvoice,
    Identifier,
    Line,
    Party,
    Payment,
    Period,
    PostalAddress,
    VatBreakdown,
    VatCategory,
)
from kantoor.departments.finance.formats.einvoice.writing import Writer

_DATA = "urn:un:unece:uncefact:data:standard:"
_SPACES = {
    "xmlns:rsm": f"{_DATA}CrossIndustryInvoice:100",
    "xmlns:ram": f"{_DATA}ReusableAggregateBusinessInformationEntity:100",
    "xmlns:udt": f"{_DATA}UnqualifiedDataType:100",
    "xmlns:qdt": f"{_DATA}QualifiedDataType:100",
}
_POINTS = {ours: theirs for theirs, ours in TAX_POINTS.items()}


def write_cii(invoice: EInvoice) -> bytes:
    """The invoice as CII D16B; a credit note is known by its type."""
    return _CiiWriter(invoice).document()


class _CiiWriter(Writer):
    def __init__(self, invoice: EInvoice) -> None:
        super().__init__()
        self.it = invoice

    def document(self) -> bytes:
        with self.group("rsm:CrossIndustryInvoice", **_SPACES):
            self.head()
            with self.group("rsm:SupplyChainTradeTransaction"):
                for line in self.it.lines:
                    self.line(line)
                self.agreement()
                self.delivery()
                self.settlement()
        return self.bytes()

    def day(self, name: str, day: datetime.date | None, inner: str = "udt:DateTimeString") -> None:
        if day is not None:
            with self.group(name):
                self.leaf(inner, day.strftime("%Y%m%d"), format="102")

    def within(self, outer: str, name: str, value: str) -> None:
        with self.group(outer):
            self.leaf(name, value)

    def head(self) -> None:
        it = self.it
        with self.group("rsm:ExchangedDocumentContext"):
            self.within(
                "ram:BusinessProcessSpecifiedDocumentContextParameter", "ram:ID", it.process
            )
            self.within(
                "ram:GuidelineSpecifiedDocumentContextParameter", "ram:ID", it.specification
            )
        with self.group("rsm:ExchangedDocument"):
            self.leaf("ram:ID", it.number)
            self.leaf("ram:TypeCode", it.type_code)
            self.day("ram:IssueDateTime", it.date)
            for note in it.notes:
                with self.group("ram:IncludedNote"):
                    self.leaf("ram:Content", note.text)
                    self.leaf("ram:SubjectCode", note.subject)

    def line(self, it: Line) -> None:
        with self.group("ram:IncludedSupplyChainTradeLineItem"):
            with self.group("ram:AssociatedDocumentLineDocument"):
                self.leaf("ram:LineID", it.number)
                self.within("ram:IncludedNote", "ram:Content", it.note)
            self.product(it)
            self.line_agreement(it)
            with self.group("ram:SpecifiedLineTradeDelivery"):
                self.leaf("ram:BilledQuantity", it.quantity, unitCode=it.unit)
            with self.group("ram:SpecifiedLineTradeSettlement"):
                self.tax("ram:ApplicableTradeTax", it.vat)
                self.period(it.period)
                for each in it.adjustments:
                    self.adjustment(each)
                with self.group(f"ram:{LINE_TOTALS}"):
                    self.leaf("ram:LineTotalAmount", it.net)
                self.invoiced_object(it.invoiced_object)
                self.within(
                    "ram:ReceivableSpecifiedTradeAccountingAccount", "ram:ID", it.accounting
                )

    def product(self, it: Line) -> None:
        with self.group("ram:SpecifiedTradeProduct"):
            self.identifier("ram:GlobalID", it.standard_item)
            self.leaf("ram:SellerAssignedID", it.seller_item)
            self.leaf("ram:BuyerAssignedID", it.buyer_item)
            self.leaf("ram:Name", it.name)
            self.leaf("ram:Description", it.description)
            for attribute in it.attributes:
                with self.group("ram:ApplicableProductCharacteristic"):
                    self.leaf("ram:Description", attribute.name)
                    self.leaf("ram:Value", attribute.value)
            for each in it.classifications:
                with self.group("ram:DesignatedProductClassification"):
                    self.leaf("ram:ClassCode", each.value, listID=each.scheme, listVersionID=each.version)  # fmt: skip
            self.within("ram:OriginTradeCountry", "ram:ID", it.origin)

    def line_agreement(self, it: Line) -> None:
        with self.group("ram:SpecifiedLineTradeAgreement"):
            self.within("ram:BuyerOrderReferencedDocument", "ram:LineID", it.order_line)
            gross = it.gross_price
            if gross is None and it.discount is not None and it.price is not None:
                gross = it.price + it.discount
            if gross is not None:
                with self.group("ram:GrossPriceProductTradePrice"):
                    self.leaf("ram:ChargeAmount", gross)
                    self.leaf("ram:BasisQuantity", it.price_quantity, unitCode=it.price_unit)
                    if it.discount is not None:
                        with self.group("ram:AppliedTradeAllowanceCharge"):
                            self.indicator(charge=False)
                            self.leaf("ram:ActualAmount", it.discount)
            with self.group("ram:NetPriceProductTradePrice"):
                self.leaf("ram:ChargeAmount", it.price)
                self.leaf("ram:BasisQuantity", it.price_quantity, unitCode=it.price_unit)

    def indicator(self, *, charge: bool) -> None:
        self.within("ram:ChargeIndicator", "udt:Indicator", "true" if charge else "false")

    def identifier(self, name: str, found: Identifier | None) -> None:
        if found is not None:
            self.leaf(name, found.value, schemeID=found.scheme)

    def tax(self, name: str, vat: VatCategory | None, of: VatBreakdown | None = None) -> None:
        if vat is None:
            return
        with self.group(name):
            if of is not None:
                self.leaf("ram:CalculatedAmount", of.amount)
            self.leaf("ram:TypeCode", vat.scheme)
            if of is not None:
                self.leaf("ram:ExemptionReason", of.reason)
                self.leaf("ram:BasisAmount", of.base)
            self.leaf("ram:CategoryCode", vat.code)
            if of is not None:
                self.leaf("ram:ExemptionReasonCode", of.reason_code)
                self.day("ram:TaxPointDate", self.it.tax_point, "udt:DateString")
                point = self.it.tax_point_code
                self.leaf("ram:DueDateTypeCode", _POINTS.get(point, point))
            self.leaf("ram:RateApplicablePercent", vat.rate)

    def period(self, period: Period | None) -> None:
        if period is not None:
            with self.group("ram:BillingSpecifiedPeriod"):
                self.day("ram:StartDateTime", period.start)
                self.day("ram:EndDateTime", period.end)

    def adjustment(self, each: Adjustment) -> None:
        with self.group("ram:SpecifiedTradeAllowanceCharge"):
            self.indicator(charge=each.charge)
            self.leaf("ram:CalculationPercent", each.percentage)
            self.leaf("ram:BasisAmount", each.base)
            self.leaf("ram:ActualAmount", each.amount)
            self.leaf("ram:ReasonCode", each.reason_code)
            self.leaf("ram:Reason", each.reason)
            self.tax("ram:CategoryTradeTax", each.vat)

    def invoiced_object(self, found: Identifier | None) -> None:
        if found is not None:
            with self.group("ram:AdditionalReferencedDocument"):
                self.leaf("ram:IssuerAssignedID", found.value)
                self.leaf("ram:TypeCode", INVOICED_OBJECT)
                self.leaf("ram:ReferenceTypeCode", found.scheme)

    def agreement(self) -> None:
        it = self.it
        with self.group("ram:ApplicableHeaderTradeAgreement"):
            self.leaf("ram:BuyerReference", it.buyer_reference)
            self.party("ram:SellerTradeParty", it.seller)
            self.party("ram:BuyerTradeParty", it.buyer)
            if it.representative is not None:
                self.party("ram:SellerTaxRepresentativeTradeParty", it.representative)
            self.within("ram:SellerOrderReferencedDocument", "ram:IssuerAssignedID", it.sales_order)
            self.within("ram:BuyerOrderReferencedDocument", "ram:IssuerAssignedID", it.order)
            self.within("ram:ContractReferencedDocument", "ram:IssuerAssignedID", it.contract)
            self.documents()
            if it.project:
                with self.group("ram:SpecifiedProcuringProject"):
                    self.leaf("ram:ID", it.project)
                    self.leaf("ram:Name", "Project reference")

    def documents(self) -> None:
        it = self.it
        for each in it.attachments:
            with self.group("ram:AdditionalReferencedDocument"):
                self.leaf("ram:IssuerAssignedID", each.reference)
                self.leaf("ram:URIID", each.uri)
                self.leaf("ram:TypeCode", RELATED)
                self.leaf("ram:Name", each.description)
                if each.content is not None:
                    self.leaf(
                        "ram:AttachmentBinaryObject",
                        base64.b64encode(each.content).decode(),
                        mimeCode=each.mime,
                        filename=each.filename,
                    )
        if it.tender:
            with self.group("ram:AdditionalReferencedDocument"):
                self.leaf("ram:IssuerAssignedID", it.tender)
                self.leaf("ram:TypeCode", TENDER)
        self.invoiced_object(it.invoiced_object)

    def party(self, name: str, party: Party) -> None:
        with self.group(name):
            for each in party.identifiers:
                if not each.scheme:
                    self.leaf("ram:ID", each.value)
            for each in party.identifiers:
                if each.scheme:
                    self.identifier("ram:GlobalID", each)
            self.leaf("ram:Name", party.name)
            self.leaf("ram:Description", party.legal_form)
            with self.group("ram:SpecifiedLegalOrganization"):
                self.identifier("ram:ID", party.registration)
                self.leaf("ram:TradingBusinessName", party.trading_name)
            if party.contact is not None:
                with self.group("ram:DefinedTradeContact"):
                    self.leaf("ram:PersonName", party.contact.name)
                    self.within("ram:TelephoneUniversalCommunication", "ram:CompleteNumber", party.contact.phone)  # fmt: skip
                    self.within(
                        "ram:EmailURIUniversalCommunication", "ram:URIID", party.contact.email
                    )
            self.address(party.address)
            with self.group("ram:URIUniversalCommunication"):
                self.identifier("ram:URIID", party.endpoint)
            for scheme, number in (("VA", party.vat_number), ("FC", party.tax_registration)):
                with self.group("ram:SpecifiedTaxRegistration"):
                    self.leaf("ram:ID", number, schemeID=scheme)

    def address(self, it: PostalAddress | None) -> None:
        if it is None:
            return
        with self.group("ram:PostalTradeAddress"):
            self.leaf("ram:PostcodeCode", it.postcode)
            self.leaf("ram:LineOne", it.street)
            self.leaf("ram:LineTwo", it.additional)
            self.leaf("ram:LineThree", it.third_line)
            self.leaf("ram:CityName", it.city)
            self.leaf("ram:CountryID", it.country)
            self.leaf("ram:CountrySubDivisionName", it.region)

    def delivery(self) -> None:
        it = self.it
        self.parts.append("<ram:ApplicableHeaderTradeDelivery>")  # has to be there, even if empty
        place = it.delivery
        if place is not None:
            with self.group("ram:ShipToTradeParty"):
                located = place.location
                name = "ram:GlobalID" if located is not None and located.scheme else "ram:ID"
                self.identifier(name, located)
                self.leaf("ram:Name", place.name)
                self.address(place.address)
            with self.group("ram:ActualDeliverySupplyChainEvent"):
                self.day("ram:OccurrenceDateTime", place.date)
        self.within(
            "ram:DespatchAdviceReferencedDocument", "ram:IssuerAssignedID", it.despatch_advice
        )
        self.within("ram:ReceivingAdviceReferencedDocument", "ram:IssuerAssignedID", it.receiving_advice)  # fmt: skip
        self.parts.append("</ram:ApplicableHeaderTradeDelivery>")

    def settlement(self) -> None:
        it = self.it
        with self.group("ram:ApplicableHeaderTradeSettlement"):
            self.leaf("ram:CreditorReferenceID", it.creditor)
            self.leaf("ram:PaymentReference", it.payment_reference)
            self.leaf("ram:TaxCurrencyCode", it.tax_currency)
            self.leaf("ram:InvoiceCurrencyCode", it.currency)
            if it.payee is not None:
                self.party("ram:PayeeTradeParty", it.payee)
            for n, payment in enumerate(it.payments):
                self.means(payment, it.debited_account if n == 0 else "")
            for tax in it.taxes:
                self.tax("ram:ApplicableTradeTax", tax.vat, tax)
            self.period(it.period)
            for each in it.adjustments:
                self.adjustment(each)
            with self.group("ram:SpecifiedTradePaymentTerms"):
                self.leaf("ram:Description", it.payment_terms)
                self.day("ram:DueDateDateTime", it.due_on)
                self.leaf("ram:DirectDebitMandateID", it.mandate)
            self.totals()
            for preceding in it.preceding:
                with self.group("ram:InvoiceReferencedDocument"):
                    self.leaf("ram:IssuerAssignedID", preceding.number)
                    self.day("ram:FormattedIssueDateTime", preceding.date, "qdt:DateTimeString")
            self.within("ram:ReceivableSpecifiedTradeAccountingAccount", "ram:ID", it.accounting)

    def means(self, each: Payment, debited: str) -> None:
        with self.group("ram:SpecifiedTradeSettlementPaymentMeans"):
            self.leaf("ram:TypeCode", each.code)
            self.leaf("ram:Information", each.name)
            with self.group("ram:ApplicableTradeSettlementFinancialCard"):
                self.leaf("ram:ID", each.card)
                self.leaf("ram:CardholderName", each.card_holder)
            self.within("ram:PayerPartyDebtorFinancialAccount", "ram:IBANID", debited)
            account = each.account or ""
            # An account that begins with a country is an IBAN; other numbers are the bank's own.
            iban = account[:2].isalpha() and account[2:4].isdigit()
            with self.group("ram:PayeePartyCreditorFinancialAccount"):
                self.leaf("ram:IBANID", account if iban else "")
                self.leaf("ram:AccountName", each.account_name)
                self.leaf("ram:ProprietaryID", "" if iban else account)
            self.within("ram:PayeeSpecifiedCreditorFinancialInstitution", "ram:BICID", each.bic)

    def totals(self) -> None:
        totals, leaf = self.it.totals, self.leaf
        with self.group(f"ram:{HEADER_TOTALS}"):
            leaf("ram:LineTotalAmount", totals.lines)
            leaf("ram:ChargeTotalAmount", totals.charges)
            leaf("ram:AllowanceTotalAmount", totals.allowances)
            leaf("ram:TaxBasisTotalAmount", totals.without_vat)
            for each in self.it.tax_totals:
                leaf("ram:TaxTotalAmount", each.amount, currencyID=each.currency)
            leaf("ram:RoundingAmount", totals.rounding)
            leaf("ram:GrandTotalAmount", totals.with_vat)
            leaf("ram:TotalPrepaidAmount", totals.paid)
            leaf("ram:DuePayableAmount", totals.payable)
