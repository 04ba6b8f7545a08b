"""Peppol BIS Billing 3: the rules of OpenPeppol for every country (PEPPOL-EN16931-…)."""

import re
from collections.abc import Sequence
from decimal import Decimal

from kantoor.departments.finance.formats.einvoice.codes import codes
from kantoor.departments.finance.formats.einvoice.model import Adjustment, Line, Syntax
from kantoor.departments.finance.formats.einvoice.rules.check import (
    Check,
    line_place,
    to_cents,
    total,
)
from kantoor.departments.finance.formats.einvoice.rules.code_lists import MIME_TYPES
from kantoor.departments.finance.formats.einvoice.rules.identifiers import check_identifiers
from kantoor.departments.finance.formats.einvoice.xml import Node

SPECIFICATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
_PROCESS = re.compile(r"urn:fdc:peppol\.eu:2017:poacc:billing:([0-9]{2}):1\.0")
_BILLING = "01"
_INVOICE_TYPES = frozenset(
    [
        "71",
        "80",
        "82",
        "84",
        "102",
        "218",
        "219",
        "326",
        "331",
        "380",
        "382",
        "383",
        "384",
        "386",
        "388",
        "393",
        "395",
        "553",
        "575",
        "623",
        "780",
        "817",
        "870",
        "875",
        "876",
        "877",
    ]
)
_CREDIT_TYPES = frozenset({"381", "396", "81", "83", "532"})
_DIRECT_DEBIT = frozenset({"49", "59"})
_AGREEMENT = ("SupplyChainTradeTransaction", "ApplicableHeaderTradeAgreement")
_SLACK = Decimal("0.02")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DATES = ("cbc:IssueDate", "cbc:DueDate", "cbc:TaxPointDate", "cbc:StartDate", "cbc:EndDate", "cbc:ActualDeliveryDate")  # fmt: skip
_EXEMPTIONS = {
    "VATEX-EU-G": ("G", "P0104"),
    "VATEX-EU-O": ("O", "P0105"),
    "VATEX-EU-IC": ("K", "P0106"),
    "VATEX-EU-AE": ("AE", "P0107"),
    "VATEX-EU-D": ("E", "P0108"),
    "VATEX-EU-F": ("E", "P0109"),
    "VATEX-EU-I": ("E", "P0110"),
    "VATEX-EU-J": ("E", "P0111"),
}


def check_peppol(check: Check) -> None:
    """All of them."""
    _document(check)
    _currencies(check)
    _tax_totals(check)
    _payment(check)
    _codes(check)
    for n, line in enumerate(check.invoice.lines, 1):
        _line(check, line, line_place(line, n))
    for each in check.invoice.adjustments:
        _adjustment(check, each, "charge" if each.charge else "allowance")
    check_identifiers(check)
    _elements(check)


def _rule(number: str) -> str:
    return f"PEPPOL-EN16931-{number}"


def _document(check: Check) -> None:
    it, need = check.invoice, check.need
    root = check.root
    process = it.process or root.all("cbc:ProfileID")
    need(process, _rule("R001"), "The business process (BT-23) is missing.")
    if it.process:
        message = f"The business process (BT-23) has to be such as {PROCESS}."
        need(_PROCESS.search(it.process), _rule("R007"), message)
    need(len(it.notes) <= 1, _rule("R002"), "There may be only one note (BT-22).")
    message = "There has to be a buyer reference (BT-10) or the number of an order (BT-13)."
    referred = (
        it.buyer_reference
        or it.order
        or root.all("cbc:BuyerReference")
        or root.every("cac:OrderReference", "cbc:ID")
        or root.every(*_AGREEMENT, "BuyerReference")
        or root.every(*_AGREEMENT, "BuyerOrderReferencedDocument", "IssuerAssignedID")
    )
    need(referred, _rule("R003"), message)
    message = f"The specification (BT-24) has to be {SPECIFICATION}."
    need(it.specification.startswith(SPECIFICATION), _rule("R004"), message)
    message = (
        "The currency of the VAT accounts (BT-6) is only for another than that of the invoice."
    )
    need(not it.tax_currency or it.tax_currency != it.currency, _rule("R005"), message)
    need(it.buyer.endpoint, _rule("R010"), "The buyer's electronic address (BT-49) is missing.")
    need(it.seller.endpoint, _rule("R020"), "The seller's electronic address (BT-34) is missing.")
    billing = _PROCESS.search(it.process)
    if billing is not None and billing[1] == _BILLING and it.type_code:
        message = f"A document of type {it.type_code} (BT-3) is not for billing by Peppol."
        if it.syntax is Syntax.UBL_CREDIT_NOTE:
            need(it.type_code in _CREDIT_TYPES, _rule("P0101"), message)
        elif it.syntax is Syntax.UBL_INVOICE:
            need(it.type_code in _INVOICE_TYPES, _rule("P0100"), message)
        else:
            need(it.type_code in _INVOICE_TYPES | _CREDIT_TYPES, _rule("P0100"), message)


def _currencies(check: Check) -> None:
    """R051 and CL007: every amount is in the currency of the invoice, but for VAT in another."""
    known, currency = codes("currencies"), check.invoice.currency
    for node in check.nodes:
        stated = node.attributes.get("currencyID")
        if stated is None:
            continue
        if stated not in known:
            check.say(_rule("CL007"), f"“{stated[:10]}” is no currency of ISO 4217.", node.name)
        if stated != currency and not _is_other_tax(check, node.name, stated):
            message = f"{node.name} is in {stated[:10]}, the invoice in {currency}."
            check.say(_rule("R051"), message)


def _is_other_tax(check: Check, name: str, stated: str) -> bool:
    taxes = {"cbc:TaxAmount", "TaxTotalAmount"}
    return name in taxes and stated == check.invoice.tax_currency


def _tax_totals(check: Check) -> None:
    it, root = check.invoice, check.root
    if check.is_cii:
        many = len([each for each in it.tax_totals if each.currency == it.currency])
        check.need(many == 1, _rule("R053"), "There has to be one total VAT (BT-110).")
        objects = [each for each in root.every(*_AGREEMENT, "AdditionalReferencedDocument") if each.value("TypeCode") == "130"]  # fmt: skip
        check.need(len(objects) <= 1, _rule("R006"), "There may be only one invoiced object.")
    else:
        totals = root.all("cac:TaxTotal")
        whole = sum(1 for each in totals if each.all("cac:TaxSubtotal"))
        message = "There has to be one total VAT with its breakdown."
        check.need(whole == 1, _rule("R053"), message)
        wanted = 1 if root.all("cbc:TaxCurrencyCode") else 0
        message = f"There have to be {wanted} total VAT without a breakdown."
        check.need(len(totals) - whole == wanted, _rule("R054"), message)
    tax, other = it.tax, it.accounting_tax
    if tax is not None and other is not None:
        message = "The VAT in both currencies has to have the same sign."
        check.need((tax >= 0 and other >= 0) or (tax <= 0 and other <= 0), _rule("R055"), message)


def _payment(check: Check) -> None:
    it = check.invoice
    mandates: Sequence[object]
    if check.is_cii:
        mandates = [it.mandate is not None] * len(it.payments)
    else:
        means = check.root.all("cac:PaymentMeans")
        mandates = [each.every("cac:PaymentMandate", "cbc:ID") for each in means]
    for payment, mandate in zip(it.payments, mandates, strict=True):
        if payment.code in _DIRECT_DEBIT:
            message = "A direct debit has to have the reference of its mandate (BT-89)."
            check.need(mandate, _rule("R061"), message)


def _codes(check: Check) -> None:
    it = check.invoice
    if it.tax_point_code:
        known = it.tax_point_code in codes("tax_points")
        check.need(known, _rule("CL006"), "The VAT point code (BT-8) has to be 3, 35 or 432.")
    for party in (it.seller, it.buyer):
        if party.endpoint is not None and party.endpoint.scheme:
            known = party.endpoint.scheme in codes("address_schemes")
            message = f"“{party.endpoint.scheme[:10]}” is no scheme of electronic addresses."
            check.need(known, _rule("CL008"), message)
    for tax in it.taxes:
        category, rule = _EXEMPTIONS.get(tax.reason_code.upper(), ("", ""))
        if category:
            found = tax.vat.code if tax.vat is not None else ""
            message = f"{tax.reason_code} is only for category {category}."
            check.need(found == category, _rule(rule), message)
    if not check.is_cii:
        projects = [each for each in check.root.all("cac:AdditionalDocumentReference") if each.value("cbc:DocumentTypeCode") == "50"]  # fmt: skip
        if it.syntax is Syntax.UBL_CREDIT_NOTE:
            check.need(len(projects) <= 1, _rule("R080"), "There may be only one project.")


def _adjustment(check: Check, each: Adjustment, where: str) -> None:
    if each.percentage is not None and each.base is None:
        check.say(_rule("R041"), "A percentage needs the amount it is of.", where)
    elif each.percentage is None and each.base is not None:
        check.say(_rule("R042"), "A base amount needs a percentage.", where)
    elif each.percentage is not None and each.base is not None:
        due = each.base * each.percentage / 100
        message = f"{each.percentage:f} % of {each.base:f} is {due:f}, not {each.amount}."
        off = abs((each.amount or Decimal(0)) - due)
        check.need(off <= _SLACK, _rule("R040"), message, where)
    name, rule = ("charge_reasons", "CL003") if each.charge else ("allowance_reasons", "CL002")
    if each.reason_code:
        message = f"“{each.reason_code[:10]}” is no reason that may be used."
        check.need(each.reason_code in codes(name), _rule(rule), message, where)


def _line(check: Check, line: Line, where: str) -> None:
    it, need = check.invoice, check.need
    for each in line.adjustments:
        _adjustment(check, each, where)
    _line_amount(check, line, where)
    per = line.price_quantity
    need(per is None or per > 0, _rule("R121"), "The base quantity (BT-149) has to be above 0.", where)  # fmt: skip
    if line.gross_price is not None and line.price is not None:
        message = "The net price has to be the gross price less its discount."
        holds = line.price == line.gross_price - (line.discount or 0)
        need(holds, _rule("R046"), message, where)
    if line.price_unit and line.unit:
        message = "The price's unit (BT-150) has to be that of the quantity (BT-130)."
        need(line.price_unit == line.unit, _rule("R130"), message, where)
    if it.period is not None and line.period is not None:
        start, end = it.period.start, it.period.end
        message = "The line's period has to lie within that of the invoice."
        if start and line.period.start:
            need(line.period.start >= start, _rule("R110"), message, where)
        if end and line.period.end:
            need(line.period.end <= end, _rule("R111"), message, where)


def _line_amount(check: Check, line: Line, where: str) -> None:
    quantity = Decimal(1) if line.quantity is None else line.quantity
    price, per = line.price or Decimal(0), line.price_quantity or Decimal(1)
    charges = to_cents(total(each.amount for each in line.adjustments if each.charge))
    allowances = to_cents(total(each.amount for each in line.adjustments if not each.charge))
    due = quantity * (price / per) + charges - allowances
    net = line.net or Decimal(0)
    message = f"Quantity times price, with charges and allowances, is {to_cents(due):f}; the net amount (BT-131) says {net:f}."  # fmt: skip
    check.need(abs(net - due) <= _SLACK, _rule("R120"), message, where)


def _is_day(node: Node) -> bool:
    return node.attribute("format") == "102" and re.fullmatch(r"\d{8}", node.text) is not None


def _elements(check: Check) -> None:
    """Rules about elements as they are written."""
    for node in check.nodes:
        if not node.children and not node.text:
            message = f"{node.name} is empty; leave it out."
            check.say(_rule("R008"), message, f"XML line {node.line}")
        if node.attributes.get("mimeCode", "application/pdf") not in MIME_TYPES:
            message = f"“{node.attributes['mimeCode'][:60]}” may not be attached."
            check.say(_rule("CL001"), message)
        elif node.name in _DATES and _DATE.fullmatch(node.text) is None:
            check.say(
                _rule("F001"), f"“{node.text[:20]}” is no date such as 2026-11-24.", node.name
            )
        elif node.name == "DateTimeString" and not _is_day(node):
            check.say(_rule("F001"), f"“{node.text[:20]}” is no date such as 20261124.", node.name)
        elif node.name == "cac:AllowanceCharge":
            said = node.value("cbc:ChargeIndicator")
            message = "ChargeIndicator has to be true or false."
            check.need(said in {"true", "false"}, _rule("R043"), message)
        elif node.name == "cac:Price":
            for each in node.all("cac:AllowanceCharge"):
                said = each.value("cbc:ChargeIndicator")
                message = "A price may have a discount, not a charge."
                check.need(said == "false", _rule("R044"), message)
        elif node.name in {"cac:InvoiceLine", "cac:CreditNoteLine"}:
            documents = node.all("cac:DocumentReference")
            check.need(len(documents) <= 1, _rule("R100"), "A line may have one invoiced object.")
            holds = not documents or documents[0].value("cbc:DocumentTypeCode") == "130"
            check.need(holds, _rule("R101"), "A document of a line has to be its object (130).")
