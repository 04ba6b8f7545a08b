"""What an invoice has to have (EN 16931, BR-01 to BR-65), and what excludes each other (BR-CO)."""

from kantoor.departments.finance.formats.einvoice.codes import codes
from kantoor.departments.finance.formats.einvoice.model import (
    Line,
    Party,
    Payment,
    Period,
)
from kantoor.departments.finance.formats.einvoice.rules.check import Check, line_place, vat_place

# The smallest profile of Factur-X is no invoice by EN 16931, and is let off this rule.
_MINIMUM = "urn:factur-x.eu:1p0:minimum"
TRANSFERS = frozenset({"30", "58"})
_CARD_DIGITS = 10


def check_mandatory(check: Check) -> None:
    """All of them."""
    _document(check)
    _seller(check)
    _buyer(check)
    _payee(check)
    _representative(check)
    _delivery(check)
    for payment in check.invoice.payments:
        _payment(check, payment)
    _adjustments(check)
    _references(check)
    _breakdown(check)
    for n, line in enumerate(check.invoice.lines, 1):
        _line(check, line, line_place(line, n))


def _document(check: Check) -> None:
    it, need = check.invoice, check.need
    need(it.specification, "BR-01", "There is no specification identifier (BT-24).")
    need(it.number, "BR-02", "There is no invoice number (BT-1).")
    need(it.date or check.root.value("cbc:IssueDate"), "BR-03", "There is no issue date (BT-2).")
    need(it.type_code, "BR-04", "There is no invoice type code (BT-3).")
    need(it.currency, "BR-05", "There is no invoice currency (BT-5).")
    need(it.lines, "BR-16", "There is no invoice line (BG-25).")
    if it.tax_currency:
        stated = any(each.currency == it.tax_currency for each in it.tax_totals)
        same = check.is_cii and it.tax_currency == it.currency
        message = "There is no total VAT (BT-111) in the currency of the VAT accounts (BT-6)."
        need(stated and not same, "BR-53", message)
    both = it.tax_point is not None and it.tax_point_code
    message = "The VAT point is given as a date (BT-7) and as a code (BT-8); it may have only one."
    need(not both, "BR-CO-03", message)
    need(it.taxes or it.specification == _MINIMUM, "BR-CO-18", "There is no VAT breakdown (BG-23).")
    _period(check, it.period, "BR-29", "BR-CO-19", "")


def _period(check: Check, period: Period | None, order: str, some: str, where: str) -> None:
    if period is None:
        return
    start, end = period.start, period.end
    check.need(start or end, some, "The period has neither a first nor a last day.", where)
    if start and end:
        check.need(start <= end, order, "The period ends before it begins.", where)


def _vat_prefix(check: Check, number: str, where: str) -> None:
    if number:
        known = number[:2] == "EL" or number[:2] in codes("countries")
        message = f"The VAT number “{number[:30]}” does not begin with the code of a country."
        check.need(known, "BR-CO-09", message, where)


def _endpoint(check: Check, party: Party, rule: str, where: str) -> None:
    if party.endpoint is not None:
        message = "The electronic address has no scheme identifier."
        check.need(party.endpoint.scheme, rule, message, where)


def _seller(check: Check) -> None:
    seller, need = check.invoice.seller, check.need
    need(seller.name, "BR-06", "There is no seller name (BT-27).")
    need(seller.address, "BR-08", "There is no seller postal address (BG-5).")
    if seller.address:
        need(seller.address.country, "BR-09", "The seller's address has no country (BT-40).")
    _endpoint(check, seller, "BR-62", "seller")
    known = seller.vat_number or seller.identifiers or seller.registration
    message = (
        "The seller has neither an identifier (BT-29), a legal registration (BT-30) nor a VAT"
        " number (BT-31), so that the buyer can't find it by itself."
    )
    need(known, "BR-CO-26", message)
    _vat_prefix(check, seller.vat_number, "seller")


def _buyer(check: Check) -> None:
    buyer, need = check.invoice.buyer, check.need
    need(buyer.name, "BR-07", "There is no buyer name (BT-44).")
    need(buyer.address, "BR-10", "There is no buyer postal address (BG-8).")
    if buyer.address:
        need(buyer.address.country, "BR-11", "The buyer's address has no country (BT-55).")
    _endpoint(check, buyer, "BR-63", "buyer")
    _vat_prefix(check, buyer.vat_number, "buyer")


def _payee(check: Check) -> None:
    payee, seller = check.invoice.payee, check.invoice.seller
    if payee is None:
        return
    name = seller.name if check.is_cii else seller.trading_name
    known = {each.value for each in seller.identifiers}
    same_id = any(each.value in known for each in payee.identifiers)
    message = "The payee (BG-10) has no name (BT-59), or is the seller."
    different = not (name and payee.name == name) and not same_id
    check.need(payee.name and different, "BR-17", message)


def _representative(check: Check) -> None:
    it, need = check.invoice.representative, check.need
    if it is None:
        return
    need(it.name, "BR-18", "The tax representative (BG-11) has no name (BT-62).")
    need(it.address, "BR-19", "The tax representative has no postal address (BG-12).")
    if it.address:
        need(it.address.country, "BR-20", "The tax representative's address has no country (BT-69).")  # fmt: skip
    need(it.vat_number, "BR-56", "The tax representative has no VAT number (BT-63).")
    _vat_prefix(check, it.vat_number, "tax representative")


def _delivery(check: Check) -> None:
    delivery = check.invoice.delivery
    if delivery is not None and delivery.address is not None:
        message = "The address of delivery (BG-15) has no country (BT-80)."
        check.need(delivery.address.country, "BR-57", message)


def _payment(check: Check, payment: Payment) -> None:
    check.need(payment.code, "BR-49", "The payment instruction has no means of payment (BT-81).")
    if payment.code in TRANSFERS:
        message = "A credit transfer is asked for without an account (BT-84)."
        check.need(payment.account, "BR-61", message)
        check.need(payment.account != "", "BR-50", message)
    if payment.card is not None and len(payment.card) > _CARD_DIGITS:
        message = "The number of a payment card (BT-87) should not be given whole."
        check.say("BR-51", message, severity="warning")


def _adjustments(check: Check) -> None:
    need = check.need
    for n, each in enumerate(check.allowances, 1):
        where, reason = f"allowance {n}", each.reason or each.reason_code
        need(each.amount is not None, "BR-31", "The allowance has no amount (BT-92).", where)
        need(each.vat and each.vat.is_vat, "BR-32", "The allowance has no VAT category (BT-95).", where)  # fmt: skip
        for rule in ("BR-33", "BR-CO-21"):
            need(reason, rule, "The allowance has no reason (BT-97, BT-98).", where)
    for n, each in enumerate(check.charges, 1):
        where, reason = f"charge {n}", each.reason or each.reason_code
        need(each.amount is not None, "BR-36", "The charge has no amount (BT-99).", where)
        need(
            each.vat and each.vat.is_vat, "BR-37", "The charge has no VAT category (BT-102).", where
        )
        for rule in ("BR-38", "BR-CO-22"):
            need(reason, rule, "The charge has no reason (BT-104, BT-105).", where)


def _references(check: Check) -> None:
    for attached in check.invoice.attachments:
        message = "A supporting document (BG-24) has no reference (BT-122)."
        check.need(attached.reference, "BR-52", message)
    for preceding in check.invoice.preceding:
        message = "A preceding invoice (BG-3) has no number (BT-25)."
        check.need(preceding.number, "BR-55", message)


def _breakdown(check: Check) -> None:
    need = check.need
    for each in check.invoice.taxes:
        where, vat = vat_place(each), each.vat
        need(each.base is not None, "BR-45", "There is no taxable amount (BT-116).", where)
        need(each.amount is not None, "BR-46", "There is no tax amount (BT-117).", where)
        need(vat and vat.is_vat, "BR-47", "There is no VAT category (BT-118).", where)
        rated = (
            vat is not None and vat.scheme == "VAT" and (vat.rate is not None or vat.code == "O")
        )
        need(rated, "BR-48", "There is no VAT rate (BT-119).", where)


def _line(check: Check, line: Line, where: str) -> None:
    need = check.need
    need(line.number, "BR-21", "The line has no identifier (BT-126).", where)
    need(line.quantity is not None, "BR-22", "The line has no quantity (BT-129).", where)
    need(line.unit, "BR-23", "The line's quantity has no unit (BT-130).", where)
    need(line.net is not None, "BR-24", "The line has no net amount (BT-131).", where)
    need(line.name, "BR-25", "The line has no item name (BT-153).", where)
    need(line.price is not None, "BR-26", "The line has no net price (BT-146).", where)
    need(line.price is not None and line.price >= 0, "BR-27", "The net price (BT-146) is missing or below zero.", where)  # fmt: skip
    gross = line.gross_price
    need(gross is None or gross >= 0, "BR-28", "The gross price (BT-148) is below zero.", where)
    need(line.vat and line.vat.is_vat, "BR-CO-04", "The line has no VAT category (BT-151).", where)
    _period(check, line.period, "BR-30", "BR-CO-20", where)
    _line_adjustments(check, line, where)
    for attribute in line.attributes:
        message = "An item attribute lacks its name (BT-160) or value (BT-161)."
        need(attribute.name and attribute.value, "BR-54", message, where)
    if line.standard_item is not None:
        message = "The item's standard identifier (BT-157) has no scheme."
        need(line.standard_item.scheme, "BR-64", message, where)
    for each in line.classifications:
        message = "The item's classification (BT-158) has no scheme."
        need(each.scheme, "BR-65", message, where)


def _line_adjustments(check: Check, line: Line, where: str) -> None:
    for each in line.adjustments:
        kind = "charge" if each.charge else "allowance"
        amount, reasons = ("BR-43", ("BR-44", "BR-CO-24")) if each.charge else ("BR-41", ("BR-42", "BR-CO-23"))  # fmt: skip
        check.need(each.amount is not None, amount, f"The line's {kind} has no amount.", where)
        for rule in reasons:
            check.need(each.reason or each.reason_code, rule, f"The line's {kind} has no reason.", where)  # fmt: skip
