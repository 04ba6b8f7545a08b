"""What German invoices need: XRechnung 3 (BR-DE), and the same among Peppol's rules (DE-R)."""

import re
from collections.abc import Callable

from stdnum import iban

from kantoor.departments.finance.formats.einvoice.errors import Severity
from kantoor.departments.finance.formats.einvoice.rules.check import Check

_TYPES = frozenset({"326", "380", "384", "389", "381", "875", "876", "877"})
_CARDS = frozenset({"48", "54", "55"})
_TRANSFERS = frozenset({"30", "58"})
_DEBITS = frozenset({"59"})
_TAXED = frozenset({"S", "Z", "E", "AE", "K", "G", "L", "M"})
_DISCOUNT = re.compile(
    r"#(SKONTO)#TAGE=([0-9]+)#PROZENT=([0-9]+\.[0-9]{2})(#BASISBETRAG=-?[0-9]+\.[0-9]{2})?#"
)
_PHONE = re.compile(r"(?:.*?\d){3}", re.DOTALL)
_EMAIL = re.compile(r"[^@\s]+@([^@.\s]+\.)+[^@.\s]+")
Say = Callable[[str, object, str, Severity], None]


def check_xrechnung(check: Check) -> None:
    """The rules of XRechnung."""

    def need(number: str, holds: object, message: str, severity: Severity = "error") -> None:
        if not holds:
            check.say(f"BR-DE-{number}", message, severity=severity)

    _all(check, need)
    it = check.invoice
    delivered = (it.delivery is not None and it.delivery.date) or it.period
    lined = bool(it.lines) and all(line.period for line in it.lines)
    message = "The invoice should tell when it was delivered (BT-72, BG-14 or BG-26)."
    need("TMP-32", delivered or lined, message, "warning")


def check_germany(check: Check) -> None:
    """The same among Peppol's rules, for invoices from Germany to Germany."""

    def need(number: str, holds: object, message: str, severity: Severity = "error") -> None:
        if not holds:
            first, _, part = number.partition("-")
            parts = {"a": "-1", "b": "-2"}
            rule = f"DE-R-{int(first):03d}{parts.get(part, '')}"
            check.say(rule, message, severity=severity)

    _all(check, need)


def _all(check: Check, need: Callable[..., None]) -> None:
    _parties(check, need)
    _document(check, need)
    _means(check, need)


def _parties(check: Check, need: Callable[..., None]) -> None:
    it = check.invoice
    contact, own, other = it.seller.contact, it.seller.address, it.buyer.address
    need("1", it.payments, "The invoice has to say how to pay (BG-16).")
    need("2", contact, "The seller's contact (BG-6) is missing.")
    if own is not None:
        need("3", own.city, "The seller's city (BT-37) is missing.")
        need("4", own.postcode, "The seller's postcode (BT-38) is missing.")
    if contact is not None:
        need("5", contact.name, "The name of the seller's contact (BT-41) is missing.")
        need("6", contact.phone, "The telephone of the seller's contact (BT-42) is missing.")
        need("7", contact.email, "The e-mail address of the seller's contact (BT-43) is missing.")
        if contact.phone:
            message = "The telephone number (BT-42) should have three digits at least."
            need("27", _PHONE.match(contact.phone), message, "warning")
        if contact.email:
            message = "The e-mail address (BT-43) is none."
            need("28", _EMAIL.fullmatch(contact.email), message, "warning")
    if other is not None:
        need("8", other.city, "The buyer's city (BT-52) is missing.")
        need("9", other.postcode, "The buyer's postcode (BT-53) is missing.")
    place = it.delivery.address if it.delivery is not None else None
    if place is not None:
        need("10", place.city, "The city of delivery (BT-77) is missing.")
        need("11", place.postcode, "The postcode of delivery (BT-78) is missing.")


def _document(check: Check, need: Callable[..., None]) -> None:
    it = check.invoice
    for tax in it.taxes:
        rated = tax.vat is not None and tax.vat.rate is not None
        need("14", rated, "The VAT rate (BT-119) is missing.")
    need("15", it.buyer_reference, "The buyer reference (BT-10) is missing.")
    used = {
        vat.code
        for vat in (*(line.vat for line in it.lines), *(each.vat for each in it.adjustments))
        if vat is not None
    }
    known = it.seller.vat_number or it.seller.tax_registration or it.representative
    message = "The seller needs a VAT number (BT-31), a tax number (BT-32) or a representative."
    need("16", not used & _TAXED or known, message)
    message = f"The type of document (BT-3) should be one of {', '.join(sorted(_TYPES))}."
    need("17", it.type_code in _TYPES, message, "warning")
    for line in it.payment_terms.splitlines():
        if line.strip().startswith("#"):
            message = "A discount has to be told as #SKONTO#TAGE=n#PROZENT=n.nn#."
            need("18", _DISCOUNT.fullmatch(line.strip()), message)
    names = [each.filename for each in it.attachments if each.filename]
    need("22", len(names) == len(set(names)), "Two attachments have the same file name.")
    if it.type_code == "384":
        message = "A corrected invoice (384) should name the invoice it corrects (BG-3)."
        need("26", it.preceding, message, "warning")


def _means(check: Check, need: Callable[..., None]) -> None:
    it = check.invoice
    transfers = any(each.account is not None for each in it.payments)
    cards = any(each.card is not None for each in it.payments)
    debited = it.mandate is not None
    for each in it.payments:
        if each.code in _TRANSFERS:
            need("23-a", transfers, "A credit transfer needs an account (BG-17).")
            need("23-b", not (cards or debited), "A credit transfer has neither card nor mandate.")
        if each.code in _CARDS:
            need("24-a", cards, "Payment by card needs the card (BG-18).")
            need("24-b", not (transfers or debited), "Payment by card has no account and no mandate.")  # fmt: skip
        if each.code in _DEBITS:
            need("25-a", debited, "A direct debit needs its mandate (BG-19).")
            need("25-b", not (transfers or cards), "A direct debit has neither account nor card.")
        if each.code == "58" and each.account is not None:
            message = "The account (BT-84) should be a valid IBAN."
            need("19", iban.is_valid(each.account), message, "warning")
        if each.code == "59" and debited:
            message = "The account to be debited (BT-91) should be a valid IBAN."
            need("20", iban.is_valid(it.debited_account), message, "warning")
    if debited:
        need("30", it.creditor, "A direct debit needs the creditor identifier (BT-90).")
        need("31", it.debited_account, "A direct debit needs the account to be debited (BT-91).")
