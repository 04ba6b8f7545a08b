"""Reads UN/CEFACT Cross Industry Invoices D16B (CEN/TS 16931-3-3): Factur-X, ZUGFeRD, XRechnung.

ZUGFeRD 1.0 (2014) and its release candidate are earlier drafts of the same message with other
names for some elements; they are read by the names that came later.
"""

import re
from datetime import date

from kantoor.departments.finance.formats.einvoice.cii_names import (
    HEADER_TOTALS,
    LINE_TOTALS,
    ROOTS,
    TAX_POINTS,
    renamed,
)
from kantoor.departments.finance.formats.einvoice.model import (
    Adjustment,
    Attachment,
    Attribute,
    Contact,
    Delivery,
    EInvoice,
    Identifier,
    Line,
    Note,
    Party,
    Payment,
    Period,
    PostalAddress,
    Preceding,
    Syntax,
    TaxTotal,
    Totals,
    VatBreakdown,
    VatCategory,
)
from kantoor.departments.finance.formats.einvoice.reading import Reading
from kantoor.departments.finance.formats.einvoice.xml import Node

TENDER, INVOICED_OBJECT, RELATED = "50", "130", "916"
TAX, TERMS = "ApplicableTradeTax", "SpecifiedTradePaymentTerms"
MEANS = "SpecifiedTradeSettlementPaymentMeans"
_DAYS = "102"
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T.*)?")
_NOTHING = Node("", {}, 0)


class CiiReader(Reading):
    """One CII document as an `EInvoice`."""

    def __init__(self, root: Node) -> None:
        super().__init__()
        self.syntax = ROOTS[root.name]
        if self.syntax is Syntax.ZUGFERD_1:
            renamed(root)
        deal = root.first("SupplyChainTradeTransaction") or _NOTHING
        self.context = root.first("ExchangedDocumentContext") or _NOTHING
        self.document = root.first("ExchangedDocument") or _NOTHING
        self.deal = deal
        self.agreement = deal.first("ApplicableHeaderTradeAgreement") or _NOTHING
        self.delivered = deal.first("ApplicableHeaderTradeDelivery") or _NOTHING
        self.settlement = deal.first("ApplicableHeaderTradeSettlement") or _NOTHING

    def invoice(self) -> EInvoice:
        """The whole."""
        document, agreement, settlement = self.document, self.agreement, self.settlement
        documents = agreement.all("AdditionalReferencedDocument")
        seller, buyer = agreement.first("SellerTradeParty"), agreement.first("BuyerTradeParty")
        point = (self.settled(TAX, "DueDateTypeCode") or _NOTHING).text
        return EInvoice(
            syntax=self.syntax,
            specification=self.context.value("GuidelineSpecifiedDocumentContextParameter", "ID"),
            process=self.context.value("BusinessProcessSpecifiedDocumentContextParameter", "ID"),
            number=document.value("ID"),
            date=self.moment(document.first("IssueDateTime")),
            type_code=document.value("TypeCode"),
            currency=settlement.value("InvoiceCurrencyCode"),
            tax_currency=settlement.value("TaxCurrencyCode"),
            tax_point=self.moment(self.settled(TAX, "TaxPointDate")),
            tax_point_code=TAX_POINTS.get(point, point),
            due_on=self.moment(self.settled(TERMS, "DueDateDateTime")),
            buyer_reference=agreement.value("BuyerReference"),
            project=agreement.value("SpecifiedProcuringProject", "ID"),
            contract=agreement.value("ContractReferencedDocument", "IssuerAssignedID"),
            order=agreement.value("BuyerOrderReferencedDocument", "IssuerAssignedID"),
            sales_order=agreement.value("SellerOrderReferencedDocument", "IssuerAssignedID"),
            receiving_advice=self.delivered.value(
                "ReceivingAdviceReferencedDocument", "IssuerAssignedID"
            ),
            despatch_advice=self.delivered.value(
                "DespatchAdviceReferencedDocument", "IssuerAssignedID"
            ),
            tender=self.tender(documents),
            invoiced_object=self.invoiced_object(documents),
            accounting=settlement.value("ReceivableSpecifiedTradeAccountingAccount", "ID"),
            payment_terms=(self.settled(TERMS, "Description") or _NOTHING).text,
            notes=tuple(
                Note(text=each.value("Content"), subject=each.value("SubjectCode"))
                for each in document.all("IncludedNote")
            ),
            preceding=tuple(
                self.preceding(each) for each in settlement.all("InvoiceReferencedDocument")
            ),
            seller=self.party(seller) if seller else Party(),
            buyer=self.party(buyer) if buyer else Party(),
            payee=self.optional_party(settlement.first("PayeeTradeParty")),
            representative=self.optional_party(
                agreement.first("SellerTaxRepresentativeTradeParty")
            ),
            delivery=self.delivery(),
            period=self.period(settlement.first("BillingSpecifiedPeriod")),
            payments=tuple(self.payment(each) for each in settlement.all(MEANS)),
            payment_reference=settlement.value("PaymentReference"),
            mandate=self.mandate(),
            creditor=settlement.value("CreditorReferenceID"),
            debited_account=self.debited_account(),
            adjustments=self.adjustments(settlement),
            totals=self.totals(settlement.first(HEADER_TOTALS)),
            tax_totals=tuple(
                TaxTotal(amount=self.decimal(each), currency=each.attribute("currencyID"))
                for each in settlement.every(HEADER_TOTALS, "TaxTotalAmount")
            ),
            taxes=tuple(self.tax(each) for each in settlement.all(TAX)),
            attachments=tuple(
                self.attachment(each)
                for each in documents
                if each.value("TypeCode") not in {TENDER, INVOICED_OBJECT}
            ),
            lines=tuple(
                self.line(each) for each in self.deal.all("IncludedSupplyChainTradeLineItem")
            ),
        )

    def settled(self, *path: str) -> Node | None:
        """The first element of the settlement down this path, under whichever parent."""
        return next(iter(self.settlement.every(*path)), None)

    def mandate(self) -> str | None:
        for each in self.settlement.every(TERMS, "DirectDebitMandateID"):
            return each.text
        return None

    def debited_account(self) -> str:
        account = self.settled(MEANS, "PayerPartyDebtorFinancialAccount")
        return account.value("IBANID") if account else ""

    def tender(self, documents: list[Node]) -> str:
        for each in documents:
            if each.value("TypeCode") == TENDER:
                return each.value("IssuerAssignedID")
        return ""

    def preceding(self, node: Node) -> Preceding:
        on = self.moment(node.first("FormattedIssueDateTime"))
        return Preceding(number=node.value("IssuerAssignedID"), date=on)

    def moment(self, node: Node | None) -> date | None:
        """A date in the form 102 (YYYYMMDD), under whichever name the element has it."""
        if node is None:
            return None
        inner = next((children[0] for children in node.children.values()), node)
        if self.syntax is Syntax.ZUGFERD_1 and inner.attribute("format") not in {"", _DAYS}:
            return None  # a month or a week
        found = _DAY.fullmatch(inner.text)
        try:
            if found is not None:
                return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            pass
        self.wrong(inner, "a date such as 20261124")
        return None

    def identifier(self, node: Node | None) -> Identifier | None:
        if node is None:
            return None
        return Identifier(value=node.text, scheme=node.attribute("schemeID"))

    def invoiced_object(self, documents: list[Node]) -> Identifier | None:
        for each in documents:
            if each.value("TypeCode") == INVOICED_OBJECT:
                scheme = each.value("ReferenceTypeCode")
                return Identifier(value=each.value("IssuerAssignedID"), scheme=scheme)
        return None

    def party(self, node: Node) -> Party:
        contact = node.first("DefinedTradeContact")
        legal = node.first("SpecifiedLegalOrganization") or _NOTHING
        numbers = {
            each.attribute("schemeID"): each.text
            for each in reversed(node.every("SpecifiedTaxRegistration", "ID"))
        }
        found = (self.identifier(each) for each in (*node.all("GlobalID"), *node.all("ID")))
        return Party(
            name=node.value("Name"),
            trading_name=legal.value("TradingBusinessName"),
            identifiers=tuple(each for each in found if each is not None),
            registration=self.identifier(legal.first("ID")),
            vat_number=numbers.get("VA", ""),
            tax_registration=numbers.get("FC", ""),
            legal_form=node.value("Description"),
            endpoint=self.identifier(node.first("URIUniversalCommunication", "URIID")),
            address=self.address(node.first("PostalTradeAddress")),
            contact=Contact(
                name=contact.value("PersonName") or contact.value("DepartmentName"),
                phone=contact.value("TelephoneUniversalCommunication", "CompleteNumber"),
                email=contact.value("EmailURIUniversalCommunication", "URIID"),
            )
            if contact
            else None,
        )

    def optional_party(self, node: Node | None) -> Party | None:
        return self.party(node) if node else None

    def address(self, node: Node | None) -> PostalAddress | None:
        if node is None:
            return None
        return PostalAddress(
            street=node.value("LineOne"),
            additional=node.value("LineTwo"),
            third_line=node.value("LineThree"),
            city=node.value("CityName"),
            postcode=node.value("PostcodeCode"),
            region=node.value("CountrySubDivisionName"),
            country=node.value("CountryID"),
        )

    def delivery(self) -> Delivery | None:
        to = self.delivered.first("ShipToTradeParty")
        event = self.delivered.first("ActualDeliverySupplyChainEvent")
        if to is None and event is None:
            return None
        place = to or _NOTHING
        return Delivery(
            name=place.value("Name"),
            location=self.identifier(place.first("GlobalID") or place.first("ID")),
            date=self.moment(event.first("OccurrenceDateTime")) if event else None,
            address=self.address(place.first("PostalTradeAddress")),
        )

    def period(self, node: Node | None) -> Period | None:
        if node is None:
            return None
        return Period(
            start=self.moment(node.first("StartDateTime")),
            end=self.moment(node.first("EndDateTime")),
        )

    def payment(self, node: Node) -> Payment:
        account = node.first("PayeePartyCreditorFinancialAccount")
        card = node.first("ApplicableTradeSettlementFinancialCard")
        return Payment(
            code=node.value("TypeCode"),
            name=node.value("Information"),
            account=(account.value("IBANID") or account.value("ProprietaryID"))
            if account
            else None,
            account_name=account.value("AccountName") if account else "",
            bic=node.value("PayeeSpecifiedCreditorFinancialInstitution", "BICID"),
            card=card.value("ID") if card else None,
            card_holder=card.value("CardholderName") if card else "",
        )

    def category(self, nodes: list[Node]) -> VatCategory | None:
        schemes = [node.value("TypeCode").upper() for node in nodes]
        if not nodes:
            return None
        n = schemes.index("VAT") if "VAT" in schemes else 0
        rate = self.decimal(nodes[n].first("RateApplicablePercent"))
        return VatCategory(code=nodes[n].value("CategoryCode"), rate=rate, scheme=schemes[n])

    def adjustments(self, node: Node) -> tuple[Adjustment, ...]:
        return tuple(
            Adjustment(
                charge=each.value("ChargeIndicator", "Indicator").lower() in {"true", "1"},
                amount=self.decimal(each.first("ActualAmount")),
                base=self.decimal(each.first("BasisAmount")),
                percentage=self.decimal(each.first("CalculationPercent")),
                reason=each.value("Reason"),
                reason_code=each.value("ReasonCode"),
                vat=self.category(each.all("CategoryTradeTax")),
            )
            for each in node.all("SpecifiedTradeAllowanceCharge")
        )

    def totals(self, node: Node | None) -> Totals:
        if node is None:
            return Totals()
        return Totals(
            lines=self.decimal(node.first("LineTotalAmount")),
            allowances=self.decimal(node.first("AllowanceTotalAmount")),
            charges=self.decimal(node.first("ChargeTotalAmount")),
            without_vat=self.decimal(node.first("TaxBasisTotalAmount")),
            with_vat=self.decimal(node.first("GrandTotalAmount")),
            paid=self.decimal(node.first("TotalPrepaidAmount")),
            rounding=self.decimal(node.first("RoundingAmount")),
            payable=self.decimal(node.first("DuePayableAmount")),
        )

    def tax(self, node: Node) -> VatBreakdown:
        return VatBreakdown(
            base=self.decimal(node.first("BasisAmount")),
            amount=self.decimal(node.first("CalculatedAmount")),
            vat=self.category([node]),
            reason=node.value("ExemptionReason"),
            reason_code=node.value("ExemptionReasonCode"),
        )

    def attachment(self, node: Node) -> Attachment:
        binary = node.first("AttachmentBinaryObject")
        return Attachment(
            reference=node.value("IssuerAssignedID"),
            description=node.value("Name"),
            uri=node.value("URIID"),
            content=self.content(binary),
            mime=binary.attribute("mimeCode") if binary else "",
            filename=binary.attribute("filename") if binary else "",
        )

    def line(self, node: Node) -> Line:
        document = node.first("AssociatedDocumentLineDocument") or _NOTHING
        product = node.first("SpecifiedTradeProduct") or _NOTHING
        agreement = node.first("SpecifiedLineTradeAgreement") or _NOTHING
        settlement = node.first("SpecifiedLineTradeSettlement") or _NOTHING
        quantity = node.first("SpecifiedLineTradeDelivery", "BilledQuantity")
        net = agreement.first("NetPriceProductTradePrice") or _NOTHING
        gross = agreement.first("GrossPriceProductTradePrice") or _NOTHING
        per = net.first("BasisQuantity") or gross.first("BasisQuantity")
        return Line(
            number=document.value("LineID"),
            note=document.value("IncludedNote", "Content"),
            invoiced_object=self.invoiced_object(settlement.all("AdditionalReferencedDocument")),
            quantity=self.decimal(quantity),
            unit=quantity.attribute("unitCode") if quantity else "",
            net=self.decimal(settlement.first(LINE_TOTALS, "LineTotalAmount")),
            order_line=agreement.value("BuyerOrderReferencedDocument", "LineID"),
            accounting=settlement.value("ReceivableSpecifiedTradeAccountingAccount", "ID"),
            period=self.period(settlement.first("BillingSpecifiedPeriod")),
            adjustments=self.adjustments(settlement),
            price=self.decimal(net.first("ChargeAmount")),
            discount=self.decimal(gross.first("AppliedTradeAllowanceCharge", "ActualAmount")),
            gross_price=self.decimal(gross.first("ChargeAmount")),
            price_quantity=self.decimal(per),
            price_unit=per.attribute("unitCode") if per else "",
            vat=self.category(settlement.all("ApplicableTradeTax")),
            name=product.value("Name"),
            description=product.value("Description"),
            seller_item=product.value("SellerAssignedID"),
            buyer_item=product.value("BuyerAssignedID"),
            standard_item=self.identifier(product.first("GlobalID")),
            classifications=tuple(
                Identifier(
                    value=each.text,
                    scheme=each.attribute("listID"),
                    version=each.attribute("listVersionID"),
                )
                for each in product.every("DesignatedProductClassification", "ClassCode")
            ),
            origin=product.value("OriginTradeCountry", "ID"),
            attributes=tuple(
                Attribute(name=each.value("Description"), value=each.value("Value"))
                for each in product.all("ApplicableProductCharacteristic")
            ),
        )
