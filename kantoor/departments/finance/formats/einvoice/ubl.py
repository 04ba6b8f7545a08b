"""Reads UBL 2.1 invoices and credit notes (CEN/TS 16931-3-2): Peppol BIS, NLCIUS, UBL.BE, XRechnung."""

from datetime import date

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

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
PREFIXES = {
    f"{_UBL}Invoice-2": "ubl",
    f"{_UBL}CreditNote-2": "cn",
    f"{_UBL}CommonAggregateComponents-2": "cac",
    f"{_UBL}CommonBasicComponents-2": "cbc",
    f"{_UBL}CommonExtensionComponents-2": "ext",
}
ROOTS = {"ubl:Invoice": Syntax.UBL_INVOICE, "cn:CreditNote": Syntax.UBL_CREDIT_NOTE}
INVOICED_OBJECT, PROJECT = "130", "50"
_SUBJECT = 3


class UblReader(Reading):
    """One UBL document as an `EInvoice`."""

    def __init__(self, root: Node) -> None:
        super().__init__()
        self.root = root
        self.syntax = ROOTS[root.name]
        self.credit = self.syntax is Syntax.UBL_CREDIT_NOTE

    def invoice(self) -> EInvoice:
        """The whole."""
        root, value = self.root, self.root.value
        documents = root.all("cac:AdditionalDocumentReference")
        mandates = root.every("cac:PaymentMeans", "cac:PaymentMandate")
        supplier = root.first("cac:AccountingSupplierParty", "cac:Party")
        customer = root.first("cac:AccountingCustomerParty", "cac:Party")
        return EInvoice(
            syntax=self.syntax,
            specification=value("cbc:CustomizationID"),
            process=value("cbc:ProfileID"),
            number=value("cbc:ID"),
            date=self.day(root.first("cbc:IssueDate")),
            type_code=value("cbc:CreditNoteTypeCode" if self.credit else "cbc:InvoiceTypeCode"),
            currency=value("cbc:DocumentCurrencyCode"),
            tax_currency=value("cbc:TaxCurrencyCode"),
            tax_point=self.day(root.first("cbc:TaxPointDate")),
            tax_point_code=value("cac:InvoicePeriod", "cbc:DescriptionCode"),
            due_on=self.due_on(),
            buyer_reference=value("cbc:BuyerReference"),
            project=self.project(documents),
            contract=value("cac:ContractDocumentReference", "cbc:ID"),
            order=value("cac:OrderReference", "cbc:ID"),
            sales_order=value("cac:OrderReference", "cbc:SalesOrderID"),
            receiving_advice=value("cac:ReceiptDocumentReference", "cbc:ID"),
            despatch_advice=value("cac:DespatchDocumentReference", "cbc:ID"),
            tender=value("cac:OriginatorDocumentReference", "cbc:ID"),
            invoiced_object=self.invoiced_object(documents),
            accounting=value("cbc:AccountingCost"),
            payment_terms=value("cac:PaymentTerms", "cbc:Note"),
            notes=tuple(self.note(each) for each in root.all("cbc:Note")),
            preceding=tuple(
                self.preceding(each)
                for each in root.every("cac:BillingReference", "cac:InvoiceDocumentReference")
            ),
            seller=self.party(supplier) if supplier is not None else Party(),
            buyer=self.party(customer) if customer is not None else Party(),
            payee=self.other_party(root.first("cac:PayeeParty")),
            representative=self.other_party(root.first("cac:TaxRepresentativeParty")),
            delivery=self.delivery(root.first("cac:Delivery")),
            period=self.period(root.first("cac:InvoicePeriod")),
            payments=tuple(self.payment(each) for each in root.all("cac:PaymentMeans")),
            payment_reference=next(
                (each.text for each in root.every("cac:PaymentMeans", "cbc:PaymentID")), ""
            ),
            mandate=mandates[0].value("cbc:ID") if mandates else None,
            creditor=self.creditor(),
            debited_account=next(
                (each.value("cac:PayerFinancialAccount", "cbc:ID") for each in mandates), ""
            ),
            adjustments=self.adjustments(root),
            totals=self.totals(root.first("cac:LegalMonetaryTotal")),
            tax_totals=tuple(
                TaxTotal(amount=self.decimal(each), currency=each.attribute("currencyID"))
                for each in root.every("cac:TaxTotal", "cbc:TaxAmount")
            ),
            taxes=tuple(self.tax(each) for each in root.every("cac:TaxTotal", "cac:TaxSubtotal")),
            attachments=tuple(
                self.attachment(each)
                for each in documents
                if each.value("cbc:DocumentTypeCode") not in self.not_attached
            ),
            lines=tuple(
                self.line(each)
                for each in root.all("cac:CreditNoteLine" if self.credit else "cac:InvoiceLine")
            ),
        )

    @property
    def not_attached(self) -> set[str]:
        """Documents that are something else: a credit note has its project among them."""
        return {INVOICED_OBJECT, PROJECT} if self.credit else {INVOICED_OBJECT}

    def due_on(self) -> date | None:
        own = self.root.first("cbc:DueDate")
        found = self.root.every("cac:PaymentMeans", "cbc:PaymentDueDate")
        return self.day(own if own is not None else found[0] if found else None)

    def project(self, documents: list[Node]) -> str:
        if not self.credit:
            return self.root.value("cac:ProjectReference", "cbc:ID")
        found = (each for each in documents if each.value("cbc:DocumentTypeCode") == PROJECT)
        return next((each.value("cbc:ID") for each in found), "")

    def invoiced_object(self, documents: list[Node]) -> Identifier | None:
        for each in documents:
            if each.value("cbc:DocumentTypeCode") == INVOICED_OBJECT:
                return self.identifier(each.first("cbc:ID"))
        return None

    def identifier(self, node: Node | None, scheme: str = "schemeID") -> Identifier | None:
        if node is None:
            return None
        return Identifier(
            value=node.text,
            scheme=node.attribute(scheme),
            version=node.attribute("listVersionID") if scheme == "listID" else "",
        )

    def note(self, node: Node) -> Note:
        text = node.text
        # UBL has no element for the subject: it is written #AAI# before the text.
        if text[:1] == "#" and text[_SUBJECT + 1 : _SUBJECT + 2] == "#":
            return Note(subject=text[1 : _SUBJECT + 1], text=text[_SUBJECT + 2 :].strip())
        return Note(text=text)

    def preceding(self, node: Node) -> Preceding:
        return Preceding(number=node.value("cbc:ID"), date=self.day(node.first("cbc:IssueDate")))

    def party(self, node: Node) -> Party:
        legal = node.first("cac:PartyLegalEntity")
        contact = node.first("cac:Contact")
        vat, other = self.tax_numbers(node)
        return Party(
            name=legal.value("cbc:RegistrationName") if legal else "",
            trading_name=node.value("cac:PartyName", "cbc:Name"),
            identifiers=self.identifiers(node),
            registration=self.identifier(legal.first("cbc:CompanyID")) if legal else None,
            vat_number=vat,
            tax_registration=other,
            legal_form=legal.value("cbc:CompanyLegalForm") if legal else "",
            endpoint=self.identifier(node.first("cbc:EndpointID")),
            address=self.address(node.first("cac:PostalAddress")),
            contact=Contact(
                name=contact.value("cbc:Name"),
                phone=contact.value("cbc:Telephone"),
                email=contact.value("cbc:ElectronicMail"),
            )
            if contact
            else None,
        )

    def other_party(self, node: Node | None) -> Party | None:
        """A payee or tax representative: its name stands where others have their trading name."""
        if node is None:
            return None
        vat, _ = self.tax_numbers(node)
        return Party(
            name=node.value("cac:PartyName", "cbc:Name"),
            identifiers=self.identifiers(node),
            registration=self.identifier(node.first("cac:PartyLegalEntity", "cbc:CompanyID")),
            vat_number=vat,
            address=self.address(node.first("cac:PostalAddress")),
        )

    def tax_numbers(self, node: Node) -> tuple[str, str]:
        vat = other = ""
        for each in node.all("cac:PartyTaxScheme"):
            number = each.value("cbc:CompanyID")
            if each.value("cac:TaxScheme", "cbc:ID").upper() == "VAT":
                vat = vat or number
            else:
                other = other or number
        return vat, other

    def identifiers(self, node: Node) -> tuple[Identifier, ...]:
        found = (self.identifier(each) for each in node.every("cac:PartyIdentification", "cbc:ID"))
        return tuple(each for each in found if each is not None and each.scheme != "SEPA")

    def creditor(self) -> str:
        for path in (("cac:AccountingSupplierParty", "cac:Party"), ("cac:PayeeParty",)):
            for each in self.root.every(*path, "cac:PartyIdentification", "cbc:ID"):
                if each.attribute("schemeID") == "SEPA":
                    return each.text
        return ""

    def address(self, node: Node | None) -> PostalAddress | None:
        if node is None:
            return None
        return PostalAddress(
            street=node.value("cbc:StreetName"),
            additional=node.value("cbc:AdditionalStreetName"),
            third_line=node.value("cac:AddressLine", "cbc:Line"),
            city=node.value("cbc:CityName"),
            postcode=node.value("cbc:PostalZone"),
            region=node.value("cbc:CountrySubentity"),
            country=node.value("cac:Country", "cbc:IdentificationCode"),
        )

    def delivery(self, node: Node | None) -> Delivery | None:
        if node is None:
            return None
        return Delivery(
            name=node.value("cac:DeliveryParty", "cac:PartyName", "cbc:Name"),
            location=self.identifier(node.first("cac:DeliveryLocation", "cbc:ID")),
            date=self.day(node.first("cbc:ActualDeliveryDate")),
            address=self.address(node.first("cac:DeliveryLocation", "cac:Address")),
        )

    def period(self, node: Node | None) -> Period | None:
        if node is None:
            return None
        start, end = node.first("cbc:StartDate"), node.first("cbc:EndDate")
        if start is None and end is None and node.children:
            return None  # only the code of the tax point stands in it
        return Period(start=self.day(start), end=self.day(end))

    def payment(self, node: Node) -> Payment:
        code = node.first("cbc:PaymentMeansCode")
        account = node.first("cac:PayeeFinancialAccount")
        card = node.first("cac:CardAccount")
        return Payment(
            code=code.text if code else "",
            name=code.attribute("name") if code else "",
            account=account.value("cbc:ID") if account else None,
            account_name=account.value("cbc:Name") if account else "",
            bic=account.value("cac:FinancialInstitutionBranch", "cbc:ID") if account else "",
            card=card.value("cbc:PrimaryAccountNumberID") if card else None,
            card_holder=card.value("cbc:HolderName") if card else "",
        )

    def adjustments(self, node: Node) -> tuple[Adjustment, ...]:
        return tuple(self.adjustment(each) for each in node.all("cac:AllowanceCharge"))

    def adjustment(self, node: Node) -> Adjustment:
        return Adjustment(
            charge=node.value("cbc:ChargeIndicator").lower() in {"true", "1"},
            amount=self.decimal(node.first("cbc:Amount")),
            base=self.decimal(node.first("cbc:BaseAmount")),
            percentage=self.decimal(node.first("cbc:MultiplierFactorNumeric")),
            reason=node.value("cbc:AllowanceChargeReason"),
            reason_code=node.value("cbc:AllowanceChargeReasonCode"),
            vat=self.category(node.all("cac:TaxCategory")),
        )

    def category(self, nodes: list[Node]) -> VatCategory | None:
        schemes = [node.value("cac:TaxScheme", "cbc:ID").upper() for node in nodes]
        if not nodes:
            return None
        n = schemes.index("VAT") if "VAT" in schemes else 0
        rate = self.decimal(nodes[n].first("cbc:Percent"))
        return VatCategory(code=nodes[n].value("cbc:ID"), rate=rate, scheme=schemes[n])

    def totals(self, node: Node | None) -> Totals:
        if node is None:
            return Totals()
        return Totals(
            lines=self.decimal(node.first("cbc:LineExtensionAmount")),
            allowances=self.decimal(node.first("cbc:AllowanceTotalAmount")),
            charges=self.decimal(node.first("cbc:ChargeTotalAmount")),
            without_vat=self.decimal(node.first("cbc:TaxExclusiveAmount")),
            with_vat=self.decimal(node.first("cbc:TaxInclusiveAmount")),
            paid=self.decimal(node.first("cbc:PrepaidAmount")),
            rounding=self.decimal(node.first("cbc:PayableRoundingAmount")),
            payable=self.decimal(node.first("cbc:PayableAmount")),
        )

    def tax(self, node: Node) -> VatBreakdown:
        category = node.first("cac:TaxCategory")
        return VatBreakdown(
            base=self.decimal(node.first("cbc:TaxableAmount")),
            amount=self.decimal(node.first("cbc:TaxAmount")),
            vat=self.category(node.all("cac:TaxCategory")),
            reason=category.value("cbc:TaxExemptionReason") if category else "",
            reason_code=category.value("cbc:TaxExemptionReasonCode") if category else "",
        )

    def attachment(self, node: Node) -> Attachment:
        binary = node.first("cac:Attachment", "cbc:EmbeddedDocumentBinaryObject")
        return Attachment(
            reference=node.value("cbc:ID"),
            description=node.value("cbc:DocumentDescription"),
            uri=node.value("cac:Attachment", "cac:ExternalReference", "cbc:URI"),
            content=self.content(binary),
            mime=binary.attribute("mimeCode") if binary else "",
            filename=binary.attribute("filename") if binary else "",
        )

    def line(self, node: Node) -> Line:
        quantity = node.first("cbc:CreditedQuantity" if self.credit else "cbc:InvoicedQuantity")
        price = node.first("cac:Price") or _NOTHING
        item = node.first("cac:Item") or _NOTHING
        per = price.first("cbc:BaseQuantity")
        return Line(
            number=node.value("cbc:ID"),
            note=node.value("cbc:Note"),
            invoiced_object=self.invoiced_object(node.all("cac:DocumentReference")),
            quantity=self.decimal(quantity),
            unit=quantity.attribute("unitCode") if quantity else "",
            net=self.decimal(node.first("cbc:LineExtensionAmount")),
            order_line=node.value("cac:OrderLineReference", "cbc:LineID"),
            accounting=node.value("cbc:AccountingCost"),
            period=self.period(node.first("cac:InvoicePeriod")),
            adjustments=self.adjustments(node),
            price=self.decimal(price.first("cbc:PriceAmount")),
            discount=self.decimal(price.first("cac:AllowanceCharge", "cbc:Amount")),
            gross_price=self.decimal(price.first("cac:AllowanceCharge", "cbc:BaseAmount")),
            price_quantity=self.decimal(per),
            price_unit=per.attribute("unitCode") if per else "",
            vat=self.category(item.all("cac:ClassifiedTaxCategory")),
            name=item.value("cbc:Name"),
            description=item.value("cbc:Description"),
            seller_item=item.value("cac:SellersItemIdentification", "cbc:ID"),
            buyer_item=item.value("cac:BuyersItemIdentification", "cbc:ID"),
            standard_item=self.identifier(item.first("cac:StandardItemIdentification", "cbc:ID")),
            classifications=tuple(
                Identifier(
                    value=each.text,
                    scheme=each.attribute("listID"),
                    version=each.attribute("listVersionID"),
                )
                for each in item.every("cac:CommodityClassification", "cbc:ItemClassificationCode")
            ),
            origin=item.value("cac:OriginCountry", "cbc:IdentificationCode"),
            attributes=tuple(
                Attribute(name=each.value("cbc:Name"), value=each.value("cbc:Value"))
                for each in item.all("cac:AdditionalItemProperty")
            ),
        )


_NOTHING = Node("", {}, 0)
