"""NLCIUS (SI-UBL 2.0): what STPE asks of invoices of Dutch suppliers, beyond EN 16931."""

from kantoor.departments.finance.formats.einvoice.model import PostalAddress, Syntax
from kantoor.departments.finance.formats.einvoice.rules.check import Check

SPECIFICATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0"
KVK, OIN = "0106", "0190"
_MEANS = frozenset({"30", "48", "49", "57", "58", "59"})
_TYPES = frozenset({"380", "381", "384", "389"})
_SEPA = frozenset({"58", "59"})


def check_nlcius(check: Check) -> None:
    """All of them, where the supplier is in the Netherlands."""
    if _country(check.invoice.seller.address) == "NL":
        _parties(check)
        _document(check)
        _payment(check)
        _not_recommended(check)
        _empty_elements(check)


def _country(address: PostalAddress | None) -> str:
    return address.country.upper() if address is not None else ""


def is_whole(address: PostalAddress) -> bool:
    """Whether an address has street, city and postcode."""
    return bool(address.street and address.city and address.postcode)


def _parties(check: Check) -> None:
    it, need = check.invoice, check.need
    own = it.seller.registration.scheme if it.seller.registration is not None else ""
    message = "A Dutch supplier has to give its KvK number or OIN (BT-30, scheme 0106 or 0190)."
    need(own in {KVK, OIN}, "BR-NL-1", message)
    message = "The address of the {} in the Netherlands has to have street, postcode and city."
    if it.seller.address is not None:
        need(is_whole(it.seller.address), "BR-NL-3", message.format("supplier"))
    if it.buyer.address is not None and it.buyer.address.country in {"NL", ""}:
        need(is_whole(it.buyer.address), "BR-NL-4", message.format("customer"))
    agent = it.representative.address if it.representative is not None else None
    if agent is not None and agent.country in {"NL", ""}:
        need(is_whole(agent), "BR-NL-5", message.format("tax representative"))
    if _country(it.buyer.address) == "NL" and (it.buyer.name or it.buyer.registration):
        other = it.buyer.registration.scheme if it.buyer.registration is not None else ""
        message = "A Dutch customer has to be named by its KvK number or OIN (BT-47)."
        need(other in {KVK, OIN}, "BR-NL-10", message)


def _document(check: Check) -> None:
    it, need = check.invoice, check.need
    message = "The invoice has to have a buyer reference (BT-10) or the number of an order (BT-13)."
    need(it.buyer_reference or it.order, "BR-NL-2", message)
    if it.syntax is not Syntax.UBL_CREDIT_NOTE:
        message = "The type of invoice (BT-3) has to be 380, 381, 384 or 389."
        need(it.type_code in _TYPES, "BR-NL-7", message)
        if it.syntax is Syntax.UBL_INVOICE:
            message = "A document of type 381 has to be a CreditNote."
            need(it.type_code != "381", "BR-NL-8", message)
        message = "A corrective invoice (384) has to name the invoice it corrects (BT-25)."
        need(it.type_code != "384" or it.preceding, "BR-NL-9", message)
    elif it.type_code != "381":
        need(it.type_code in _TYPES, "BR-NL-7", "The type of a credit note (BT-3) has to be 381.")
        need(False, "BR-NL-8", "Only a document of type 381 may be a CreditNote.")


def _payment(check: Check) -> None:
    it = check.invoice
    due = it.totals.payable
    message = "The invoice has to say how to pay (BG-16)."
    check.need(due is None or due <= 0 or it.payments, "BR-NL-11", message)
    for each in it.payments:
        message = "The means of payment (BT-81) has to be 30, 48, 49, 57, 58 or 59."
        check.need(each.code in _MEANS, "BR-NL-12", message)
        if each.code in _SEPA and each.bic:
            check.say("BR-NL-31", "A SEPA payment needs no BIC (BT-86).", severity="warning")


def _not_recommended(check: Check) -> None:
    it = check.invoice
    agent = it.representative
    addresses = (
        ("1", "supplier", it.seller.address),
        ("2", "customer", it.buyer.address),
        ("3", "tax representative", agent.address if agent is not None else None),
        ("4", "delivery", it.delivery.address if it.delivery is not None else None),
    )
    for found, rule, what in (
        (it.tax_currency, "BR-NL-19", "A currency of the VAT accounts (BT-6)"),
        (it.tax_point, "BR-NL-20", "A VAT point date (BT-7)"),
        (it.tax_point_code, "BR-NL-21", "A VAT point code (BT-8)"),
        (any(each.date for each in it.preceding), "BR-NL-24", "The date of an earlier invoice (BT-26)"),
        (it.seller.tax_registration, "BR-NL-25", "A tax registration that is no VAT number (BT-32)"),
        (it.seller.legal_form, "BR-NL-26", "The seller's legal form (BT-33)"),
        *((each and each.third_line, f"BR-NL-27-{n}", f"A third address line ({of})") for n, of, each in addresses),
        *((each and each.region, f"BR-NL-28-{n}", f"A region ({of})") for n, of, each in addresses),
        (any(each.name for each in it.payments), "BR-NL-29", "A text of the means of payment (BT-82)"),
        (any(each.account_name for each in it.payments), "BR-NL-30", "The name of an account (BT-85)"),
        (_reason_codes(check), "BR-NL-32-1", "The code of a reason for an allowance or charge"),
        (any(each.currency != it.currency for each in it.tax_totals), "BR-NL-33", "VAT in another currency (BT-111)"),
        (any(each.reason_code for each in it.taxes), "BR-NL-35", "The code of a reason for exemption (BT-121)"),
    ):  # fmt: skip
        if found:
            check.say(rule, f"{what} is not recommended.", severity="warning")


def _reason_codes(check: Check) -> bool:
    it = check.invoice
    found = (*it.adjustments, *(each for line in it.lines for each in line.adjustments))
    return any(each.reason_code for each in found)


def _empty_elements(check: Check) -> None:
    for node in check.nodes:
        if not node.children and not node.text:
            message = f"{node.name} is empty; leave it out."
            check.say("SI-UBL-2", message, f"XML line {node.line}", "warning")
            return
