"""How UBL may be used for EN 16931: what may occur once (UBL-SR), and data types (UBL-DT)."""

from collections.abc import Iterable

from kantoor.departments.finance.formats.einvoice.reading import FORMAT, Reading
from kantoor.departments.finance.formats.einvoice.rules.arithmetic import PLACES
from kantoor.departments.finance.formats.einvoice.rules.check import Check, to_cents, total
from kantoor.departments.finance.formats.einvoice.xml import Node

_SUPPLIER = ("cac:AccountingSupplierParty", "cac:Party")
_CUSTOMER = ("cac:AccountingCustomerParty", "cac:Party")

# Rule, what it is about, and the path from the document.
_ONCE: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("UBL-SR-01", "contract", ("cac:ContractDocumentReference", "cbc:ID")),
    ("UBL-SR-02", "receiving advice", ("cac:ReceiptDocumentReference", "cbc:ID")),
    ("UBL-SR-03", "despatch advice", ("cac:DespatchDocumentReference", "cbc:ID")),
    ("UBL-SR-05", "payment terms", ("cac:PaymentTerms", "cbc:Note")),
    ("UBL-SR-08", "invoicing period", ("cac:InvoicePeriod",)),
    ("UBL-SR-09", "seller name", (*_SUPPLIER, "cac:PartyLegalEntity", "cbc:RegistrationName")),
    ("UBL-SR-10", "seller trading name", (*_SUPPLIER, "cac:PartyName", "cbc:Name")),
    ("UBL-SR-11", "seller legal registration", (*_SUPPLIER, "cac:PartyLegalEntity", "cbc:CompanyID")),
    ("UBL-SR-14", "seller legal form", (*_SUPPLIER, "cac:PartyLegalEntity", "cbc:CompanyLegalForm")),
    ("UBL-SR-15", "buyer name", (*_CUSTOMER, "cac:PartyLegalEntity", "cbc:RegistrationName")),
    ("UBL-SR-16", "buyer identifier", (*_CUSTOMER, "cac:PartyIdentification", "cbc:ID")),
    ("UBL-SR-17", "buyer legal registration", (*_CUSTOMER, "cac:PartyLegalEntity", "cbc:CompanyID")),
    ("UBL-SR-24", "delivery", ("cac:Delivery",)),
    ("UBL-SR-39", "project", ("cac:ProjectReference", "cbc:ID")),
    ("UBL-SR-40", "buyer trading name", (*_CUSTOMER, "cac:PartyName", "cbc:Name")),
    ("UBL-SR-45", "due date", ("cac:PaymentMeans", "cbc:PaymentDueDate")),
    ("UBL-SR-49", "VAT point code", ("cac:InvoicePeriod", "cbc:DescriptionCode")),
    ("UBL-SR-54", "payment card", ("cac:PaymentMeans", "cac:CardAccount")),
    ("UBL-SR-55", "mandate", ("cac:PaymentMeans", "cac:PaymentMandate")),
    ("UBL-SR-56", "tender or lot", ("cac:OriginatorDocumentReference", "cbc:ID")),
)  # fmt: skip
_ONCE_IN_LINE: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("UBL-SR-34", "note", ("cbc:Note",)),
    ("UBL-SR-35", "order line", ("cac:OrderLineReference", "cbc:LineID")),
    ("UBL-SR-36", "period", ("cac:InvoicePeriod",)),
    ("UBL-SR-37", "price discount", ("cac:Price", "cac:AllowanceCharge", "cbc:Amount")),
    ("UBL-SR-50", "item description", ("cac:Item", "cbc:Description")),
    ("UBL-SR-52", "invoiced object", ("cac:DocumentReference",)),
)
# By the schema of UBL, all other elements with a value occur once.
_REPEATED = frozenset(
    f"cbc:{name}"
    for name in (
        "Note", "Description", "PaymentID", "AllowanceChargeReason", "TaxExemptionReason",
        "DocumentDescription", "InstructionNote", "PaymentNote", "AdditionalInformation",
        "Keyword", "BrandName", "ModelName", "WarrantyInformation", "StatusReason",
    )
)  # fmt: skip
# Attributes that should not be there, and the rules that warn of them.
_ATTRIBUTES = {
    "schemeName": "UBL-DT-08",
    "schemeAgencyName": "UBL-DT-09",
    "schemeDataURI": "UBL-DT-10",
    "schemeURI": "UBL-DT-11",
    "format": "UBL-DT-12",
    "unitCodeListIdentifier": "UBL-DT-13",
    "unitCodeListAgencyIdentifier": "UBL-DT-14",
    "unitCodeListAgencyName": "UBL-DT-15",
    "listAgencyName": "UBL-DT-16",
    "listName": "UBL-DT-17",
    "languageID": "UBL-DT-19",
    "listURI": "UBL-DT-20",
    "listSchemeURI": "UBL-DT-21",
    "languageLocaleID": "UBL-DT-22",
    "uri": "UBL-DT-23",
    "currencyCodeListVersionID": "UBL-DT-24",
    "characterSetCode": "UBL-DT-25",
    "encodingCode": "UBL-DT-26",
    "schemeAgencyID": "UBL-DT-27",
    "listAgencyID": "UBL-DT-28",
}


def check_ubl(check: Check) -> None:
    """All of them."""
    root = check.root
    for rule, what, path in _ONCE:
        _once(check, rule, what, len(root.every(*path)))
    _tax_schemes(check)
    _documents(check)
    _payee(check)
    _payment(check)
    for each in root.all("cac:TaxRepresentativeParty"):
        _once(check, "UBL-SR-22", "tax representative's name", len(each.every("cac:PartyName", "cbc:Name")))  # fmt: skip
        _once(check, "UBL-SR-23", "tax representative's VAT number", len(each.every("cac:PartyTaxScheme", "cbc:CompanyID")))  # fmt: skip
    for each in root.all("cac:Delivery"):
        names = each.every("cac:DeliveryParty", "cac:PartyName", "cbc:Name")
        _once(check, "UBL-SR-25", "name of whom it is delivered to", len(names))
    for each in root.all("cac:TaxTotal"):
        _tax_total(check, each)
    for each in root.every("cac:TaxTotal", "cac:TaxSubtotal"):
        reasons = each.every("cac:TaxCategory", "cbc:TaxExemptionReason")
        _once(check, "UBL-SR-32", "reason of exemption", len(reasons))
    for each in (*root.all("cac:InvoiceLine"), *root.all("cac:CreditNoteLine")):
        _line(check, each)
    _every_element(check)


def _once(check: Check, rule: str, what: str, count: int, where: str = "") -> None:
    check.need(count <= 1, rule, f"The {what} occurs {count} times; it may only once.", where)


def _tax_total(check: Check, node: Node) -> None:
    """BR-CO-14: each total is the sum of the breakdown that stands in it."""
    parts = node.every("cac:TaxSubtotal", "cbc:TaxAmount")
    if not node.all("cac:TaxSubtotal"):
        return
    said = node.first("cbc:TaxAmount")
    reading = Reading()
    amount, sum_ = reading.decimal(said), to_cents(total(map(reading.decimal, parts)))
    message = f"The VAT of all rates is {sum_:f}; its total (BT-110) says {amount}."
    check.need(amount == sum_, "BR-CO-14", message)


def _tax_schemes(check: Check) -> None:
    root = check.root
    for path, vat, other in ((_SUPPLIER, "UBL-SR-12", "UBL-SR-13"), (_CUSTOMER, "UBL-SR-18", "")):
        schemes = [
            (each.value("cac:TaxScheme", "cbc:ID").upper(), each.all("cbc:CompanyID"))
            for each in root.every(*path, "cac:PartyTaxScheme")
            if each.every("cac:TaxScheme", "cbc:ID")
        ]
        _once(check, vat, "VAT number", sum(len(ids) for name, ids in schemes if name == "VAT"))
        if other:
            count = sum(len(ids) for name, ids in schemes if name != "VAT")
            _once(check, other, "seller tax registration", count)
    for party in root.every(*_SUPPLIER):
        count = len(party.all("cac:PartyTaxScheme"))
        check.need(count <= 2, "UBL-SR-42", f"The seller has {count} tax registrations, not two.")


def _documents(check: Check) -> None:
    credit = check.root.name == "cn:CreditNote"
    documents = check.root.all("cac:AdditionalDocumentReference")
    objects = [each for each in documents if each.value("cbc:DocumentTypeCode") == "130"]
    _once(check, "UBL-SR-04", "invoiced object", sum(len(each.all("cbc:ID")) for each in objects))
    for each in documents:
        _once(check, "UBL-SR-33", "description of a document", len(each.all("cbc:DocumentDescription")))  # fmt: skip
        kind = each.first("cbc:DocumentTypeCode")
        named = any("schemeID" in found.attributes for found in each.all("cbc:ID"))
        known = kind is not None and (kind.text == "130" or (credit and kind.text == "50"))
        message = "Only an invoiced object has a scheme (document type 130)."
        check.need(known or (kind is None and not named), "UBL-SR-43", message)
    for each in check.root.all("cac:BillingReference"):
        found = each.all("cac:InvoiceDocumentReference")
        _once(check, "UBL-SR-06", "preceding invoice in one reference", len(found))
        numbered = each.every("cac:InvoiceDocumentReference", "cbc:ID")
        check.need(numbered, "UBL-SR-07", "A preceding invoice has no number (BT-25).")
        check.need(numbered, "BR-55", "A preceding invoice has no number (BT-25).") if not found else None  # fmt: skip


def _payee(check: Check) -> None:
    sellers = {
        each.text
        for each in check.root.every(*_SUPPLIER, "cac:PartyLegalEntity", "cbc:RegistrationName")
    }
    for each in check.root.all("cac:PayeeParty"):
        names = [found.text for found in each.every("cac:PartyName", "cbc:Name")]
        ids = [
            found
            for found in each.every("cac:PartyIdentification", "cbc:ID")
            if found.attribute("schemeID").upper() not in {"SEPA", ""}
        ]
        registrations = each.every("cac:PartyLegalEntity", "cbc:CompanyID")
        differs = any(name != seller for name in names for seller in sellers)
        message = "The payee's {} occurs more than once, or the payee is the seller."
        check.need(len(names) <= 1 and differs, "UBL-SR-19", message.format("name"))
        check.need(len(ids) <= 1 and differs, "UBL-SR-20", message.format("identifier"))
        check.need(len(registrations) <= 1 and differs, "UBL-SR-21", message.format("registration"))


def _payment(check: Check) -> None:
    root = check.root
    creditors = [
        each
        for node in check.nodes
        if node.name == "cac:PartyIdentification"
        for each in node.all("cbc:ID")
        if each.attribute("schemeID").upper() == "SEPA"
    ]
    _once(check, "UBL-SR-29", "creditor identifier", len(creditors))
    means = root.all("cac:PaymentMeans")
    references = {each.text for each in root.every("cac:PaymentMeans", "cbc:PaymentID")}
    _once(check, "UBL-SR-44", "payment reference, if it differs,", len(references))
    codes = {each.text for each in root.every("cac:PaymentMeans", "cbc:PaymentMeansCode")}
    _once(check, "UBL-SR-47", "means of payment, if it differs,", len(codes))
    named = [
        each
        for each in root.every("cac:PaymentMeans", "cbc:PaymentMeansCode")
        if "name" in each.attributes
    ]
    _once(check, "UBL-SR-46", "text of the means of payment", len(named))
    for each in means:
        _once(check, "UBL-SR-26", "payment reference", len(each.all("cbc:PaymentID")))
        _once(check, "UBL-SR-27", "means of payment", len(each.all("cbc:PaymentMeansCode")))
        _once(check, "UBL-SR-28", "mandate", len(each.every("cac:PaymentMandate", "cbc:ID")))


def _line(check: Check, line: Node) -> None:
    where = f"line {line.value('cbc:ID')}"
    for rule, what, path in _ONCE_IN_LINE:
        _once(check, rule, what, len(line.every(*path)), where)
    count = len(line.every("cac:Item", "cac:ClassifiedTaxCategory"))
    message = f"The line has {count} VAT categories; it has to have one."
    check.need(count == 1, "UBL-SR-48", message, where)


def _every_element(check: Check) -> None:
    """Rules about elements wherever they stand."""
    attributes: set[str] = set()
    for node, inside_price in _walk(check.root, False):
        name = node.name
        for child, same in node.children.items():
            if len(same) > 1 and child[:4] == "cbc:" and child not in _REPEATED:
                message = f"{child} occurs {len(same)} times in {name}; it may only once."
                check.say(FORMAT, message, f"XML line {same[1].line}")
        if node.attributes:
            attributes.update(node.attributes)
            if "name" in node.attributes and name != "cbc:PaymentMeansCode":
                attributes.add("name of a thing")
        if name.endswith("Amount"):
            if not inside_price and not name.endswith("PriceAmount"):
                message = f"{node.text[:40]} has more than two decimals."
                check.need(len(node.text.partition(".")[2]) <= PLACES, "UBL-DT-01", message, name)
        elif name.endswith("BinaryObject"):
            check.need("mimeCode" in node.attributes, "UBL-DT-06", "An attachment has no media type.")  # fmt: skip
            check.need("filename" in node.attributes, "UBL-DT-07", "An attachment has no file name.")  # fmt: skip
        elif name == "cac:AllowanceCharge":
            _adjustment(check, node)
        elif name == "cac:PartyTaxScheme":
            whole = node.every("cac:TaxScheme", "cbc:ID") and node.all("cbc:CompanyID")
            check.need(whole, "UBL-SR-53", "A tax registration lacks its number or scheme.")
        elif name in {"cac:PostalAddress", "cac:Address"}:
            _once(check, "UBL-SR-51", "third line of an address", len(node.all("cac:AddressLine")))
    for attribute, rule in _ATTRIBUTES.items():
        if attribute in attributes:
            check.say(rule, f"The attribute {attribute} should not be used.", "", "warning")
    if "name of a thing" in attributes:
        check.say("UBL-DT-18", "The attribute name should not be used.", "", "warning")


def _adjustment(check: Check, node: Node) -> None:
    charge = node.value("cbc:ChargeIndicator").lower() in {"true", "1"}
    rule, what = ("UBL-SR-31", "charge") if charge else ("UBL-SR-30", "allowance")
    reasons = len(node.all("cbc:AllowanceChargeReason"))
    _once(check, rule, f"reason of an {what}" if what == "allowance" else f"reason of a {what}", reasons)  # fmt: skip


def _walk(root: Node, inside: bool) -> Iterable[tuple[Node, bool]]:
    """All elements, and whether they stand in the discount of a price."""
    waiting = [(root, inside)]
    while waiting:
        node, within = waiting.pop()
        yield node, within
        for name, children in node.children.items():
            below = within or (name == "cac:AllowanceCharge" and node.name == "cac:Price")
            waiting.extend((child, below) for child in children)
