"""What Peppol asks of suppliers of single countries (NL-R, NO-R, DK-R, SE-R, IT-R, GR-R, IS-R, DE-R)."""

import re

from kantoor.departments.finance.formats.einvoice.model import Party, Syntax
from kantoor.departments.finance.formats.einvoice.rules.check import Check, line_place
from kantoor.departments.finance.formats.einvoice.rules.german import check_germany
from kantoor.departments.finance.formats.einvoice.rules.greek import GREECE, check_greece
from kantoor.departments.finance.formats.einvoice.rules.identifiers import (
    is_norwegian,
    is_swedish,
)
from kantoor.departments.finance.formats.einvoice.rules.nlcius import KVK, OIN, is_whole

_DUTCH_MEANS = frozenset({"30", "48", "49", "57", "58", "59"})
_DANISH_MEANS = frozenset({"1", "10", "31", "42", "48", "49", "50", "58", "59", "93", "97"})
_SWEDISH_RATES = frozenset({6, 12, 25})
_GERMAN_TYPES = frozenset({"326", "384"})


def check_countries(check: Check) -> None:
    """All of them, by where seller and buyer are."""
    it = check.invoice
    seller, buyer = _address_country(it.seller), _address_country(it.buyer)
    taxed_in = _tax_country(check)
    if seller == "NL":
        _netherlands(check, buyer)
    if taxed_in == "NO":
        _norway(check)
    if seller == "DK":
        _denmark(check, buyer)
    if taxed_in == "IT":
        _italy(check)
    if seller == "SE":
        _sweden(check, buyer)
    if seller == "IS":
        _iceland(check, buyer)
    if taxed_in in GREECE:
        check_greece(check, buyer)
    german = seller == buyer == "DE"
    if german:
        check_germany(check)
    elif it.type_code in _GERMAN_TYPES:
        message = "The types 326 and 384 are only for invoices from Germany to Germany."
        check.say("PEPPOL-EN16931-P0112", message)


def _address_country(party: Party) -> str:
    return party.address.country.upper() if party.address is not None else ""


def _tax_country(check: Check) -> str:
    """Where the seller is taxed: by its VAT number, its representative's, or its address."""
    it = check.invoice
    if it.seller.vat_number:
        return it.seller.vat_number[:2].upper()
    if it.representative is not None and it.representative.vat_number:
        return it.representative.vat_number[:2].upper()
    return _address_country(it.seller)


def _netherlands(check: Check, buyer_country: str) -> None:
    it, need = check.invoice, check.need
    seller, buyer = it.seller, it.buyer
    if it.syntax is Syntax.UBL_CREDIT_NOTE or (check.is_cii and it.type_code == "381"):
        message = "A Dutch credit note has to name the invoice it credits (BT-25)."
        need(any(each.number for each in it.preceding), "NL-R-001", message)
    message = "The address of the {} in the Netherlands has to have street, postcode and city."
    if seller.address is not None:
        need(is_whole(seller.address), "NL-R-002", message.format("supplier"))
    registered = "The {} in the Netherlands is named by its KvK number or OIN (0106 or 0190)."
    if seller.registration is not None:
        holds = seller.registration.scheme in {KVK, OIN} and seller.registration.value
        need(holds, "NL-R-003", registered.format("supplier"))
    if buyer_country == "NL":
        assert buyer.address is not None
        need(is_whole(buyer.address), "NL-R-004", message.format("customer"))
        if buyer.registration is not None:
            holds = buyer.registration.scheme in {KVK, OIN} and buyer.registration.value
            need(holds, "NL-R-005", registered.format("customer"))
    agent = it.representative.address if it.representative is not None else None
    if agent is not None and agent.country.upper() == "NL":
        need(is_whole(agent), "NL-R-006", message.format("tax representative"))
    due = it.totals.payable
    if due is not None:
        to_seller = due < 0 if it.syntax is Syntax.UBL_CREDIT_NOTE else due > 0
        need(it.payments or not to_seller, "NL-R-007", "The invoice has to say how to pay (BG-16).")
    for each in it.payments:
        message = "The means of payment (BT-81) has to be 30, 48, 49, 57, 58 or 59."
        need(each.code in _DUTCH_MEANS, "NL-R-008", message)
    if any(line.order_line for line in it.lines):
        need(it.order, "NL-R-009", "A line of an order needs the number of the order (BT-13).")


def _norway(check: Check) -> None:
    seller = check.invoice.seller
    registered = seller.tax_registration == "Foretaksregisteret"
    message = "Most Norwegian suppliers have to write “Foretaksregisteret” (BT-32)."
    if not registered:
        check.say("NO-R-002", message, severity="warning")
    number = seller.vat_number
    holds = not number.startswith("NO") or (
        re.fullmatch(r"NO[0-9]{9}MVA", number) and is_norwegian(number[2:11])
    )
    message = "A Norwegian VAT number is NO, an organisation number and MVA."
    check.need(holds, "NO-R-001", message)


def _denmark(check: Check, buyer_country: str) -> None:
    it, need = check.invoice, check.need
    own = it.seller.registration
    need(
        own is not None and own.value, "DK-R-002", "A Danish supplier gives its CVR number (BT-30)."
    )
    if own is not None:
        need(own.scheme == "0184", "DK-R-014", "A Danish CVR number has the scheme 0184.")
    if buyer_country != "DK":
        return
    due = it.totals.payable
    negative = it.syntax is Syntax.UBL_CREDIT_NOTE and due is not None and due < 0
    need(not negative, "DK-R-016", "A Danish credit note may not be below zero.")
    for party in (it.seller, it.buyer):
        for each in party.identifiers:
            need(each.scheme, "DK-R-013", "An identifier (BT-29, BT-46) needs its scheme.")
    if it.syntax is not Syntax.UBL_CREDIT_NOTE:
        _danish_payment(check)
    for n, line in enumerate(it.lines, 1):
        versions = {each.version for each in line.classifications}
        used = any(each.scheme == "TST" for each in line.classifications)
        if used and not versions & {"19.05.01", "19.0501", "26.08.01", "26.0801"}:
            message = "The version of UNSPSC should be 19.0501 or 26.0801."
            check.say("DK-R-003", message, line_place(line, n), "warning")
    for adjustment in (*it.adjustments, *(each for line in it.lines for each in line.adjustments)):
        if adjustment.reason_code == "ZZZ":
            message = "A tax other than VAT is told by its four digits (BT-97)."
            need(re.fullmatch(r"[0-9]{4}", adjustment.reason), "DK-R-004", message)


def _danish_payment(check: Check) -> None:
    it, need = check.invoice, check.need
    reference = it.payment_reference
    card, account_length = reference[:3], 0
    for each in it.payments:
        need(each.code in _DANISH_MEANS, "DK-R-005", "No such means of payment in Denmark (BT-81).")
        account_length = len(each.account or "")
        if each.code in {"31", "42"}:
            need(
                each.account and each.bic, "DK-R-006", "Account and registration number are needed."
            )
        if each.code == "49":
            need(it.mandate and it.debited_account, "DK-R-007", "Mandate and account are needed.")
        if each.code == "50":
            holds = card in {"01#", "04#", "15#"} and account_length in {7, 8}
            need(holds, "DK-R-008", "A giro needs 01#, 04# or 15#, and an account of 7 digits.")
            if card in {"04#", "15#"}:
                need(len(reference) == 19, "DK-R-009", "The reference has 16 digits after 04# or 15#.")  # fmt: skip
        if each.code == "93":
            holds = card in {"71#", "73#", "75#"} and account_length == 8
            need(holds, "DK-R-010", "FIK needs 71#, 73# or 75#, and a creditor of 8 digits.")
            if card in {"71#", "75#"}:
                need(len(reference) in {18, 19}, "DK-R-011", "The reference has 15 or 16 digits after 71# or 75#.")  # fmt: skip


def _italy(check: Check) -> None:
    seller, need = check.invoice.seller, check.need
    if seller.tax_registration:
        holds = re.fullmatch(r"[A-Z0-9]{11,16}", seller.tax_registration)
        need(holds, "IT-R-001", "An Italian tax number (BT-32) has 11 to 16 characters.")
    address = seller.address
    need(address is not None and address.street, "IT-R-002", "The supplier's street is missing.")
    need(address is not None and address.city, "IT-R-003", "The supplier's city is missing.")
    need(
        address is not None and address.postcode, "IT-R-004", "The supplier's postcode is missing."
    )


def _sweden(check: Check, buyer_country: str) -> None:
    it, need = check.invoice, check.need
    seller = it.seller
    if seller.vat_number.startswith("SE"):
        need(len(seller.vat_number) == 14, "SE-R-001", "A Swedish VAT number has 14 characters.")
        digits = re.fullmatch(r"\s*[0-9]+\s*", seller.vat_number[2:14])
        need(digits, "SE-R-002", "A Swedish VAT number has digits after SE.")
        rates = [each.vat for each in it.taxes] + [each.vat for each in it.lines]
        rates += [each.vat for each in it.adjustments]
        wrong = any(vat is not None and vat.code == "S" and vat.rate not in _SWEDISH_RATES for vat in rates)  # fmt: skip
        need(not wrong, "SE-R-006", "A Swedish VAT rate is 6, 12 or 25.")
    if seller.registration is not None:
        number = seller.registration.value
        for holds, rule, message in (
            (number.isdigit(), "SE-R-003", "has digits alone"),
            (len(number) == 10, "SE-R-004", "has ten digits"),
            (is_swedish(number), "SE-R-013", "ends with a check digit"),
        ):
            if not holds:
                check.say(rule, f"A Swedish organisation number {message}.")
        if seller.tax_registration:
            approved = seller.tax_registration.upper() == "GODKÄND FÖR F-SKATT"
            need(
                approved, "SE-R-005", "A Swedish tax registration (BT-32) is “Godkänd för F-skatt”."
            )
    _swedish_payment(check, buyer_country)


def _swedish_payment(check: Check, buyer_country: str) -> None:
    for each in check.invoice.payments:
        account = each.account or ""
        wrong: list[tuple[bool, str, str]] = []
        if each.code == "30" and each.bic == "SE:PLUSGIRO":
            wrong = [
                (account.isdigit(), "SE-R-007", "A Plusgiro account has digits alone."),
                (2 <= len(account) <= 8, "SE-R-010", "A Plusgiro account has 2 to 8 digits."),
            ]
        elif each.code == "30" and each.bic == "SE:BANKGIRO":
            wrong = [
                (account.isdigit(), "SE-R-008", "A Bankgiro account has digits alone."),
                (len(account) in {7, 8}, "SE-R-009", "A Bankgiro account has 7 or 8 digits."),
            ]
        elif each.code in {"50", "56"}:
            message = "Bankgiro and Plusgiro are told by means 30 and SE:BANKGIRO or SE:PLUSGIRO."
            wrong = [(False, "SE-R-011", message)]
        elif each.code == "31" and buyer_country == "SE":
            wrong = [(False, "SE-R-012", "Within Sweden a credit transfer has the means 30.")]
        for holds, rule, message in wrong:
            if not holds:
                check.say(rule, message, severity="warning")


def _iceland(check: Check, buyer_country: str) -> None:
    it, need = check.invoice, check.need
    if it.type_code not in {"380", "381"}:
        check.say("IS-R-001", "The type should be 380 or 381.", severity="warning")
    parties = [(it.seller, "IS-R-002", "IS-R-003", "supplier")]
    parties += [(it.buyer, "IS-R-004", "IS-R-005", "customer")] if buyer_country == "IS" else []
    for party, number, place, what in parties:
        own, address = party.registration, party.address
        holds = own is not None and own.scheme == "0196"
        need(holds, number, f"An Icelandic {what} is named by its kennitala (scheme 0196).")
        whole = address is not None and address.street and address.postcode
        need(whole, place, f"The address of an Icelandic {what} has street and postcode.")
    for code, rule in (("9", "IS-R-006"), ("42", "IS-R-007")):
        for each in it.payments:
            if each.code == code:
                need(len(each.account or "") == 12, rule, "The account has twelve digits.")
    _icelandic_last_day(check)


def _icelandic_last_day(check: Check) -> None:
    it, need = check.invoice, check.need
    for each in it.attachments:
        if each.description == "EINDAGI":
            is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", each.reference)
            need(is_day, "IS-R-008", "The last day (EINDAGI) is a date such as 2026-11-24.")
            need(it.due_on, "IS-R-009", "A last day (EINDAGI) needs a due date (BT-9).")
            late = it.due_on is not None and str(it.due_on) <= each.reference
            need(late, "IS-R-010", "The last day (EINDAGI) is not before the due date.")
