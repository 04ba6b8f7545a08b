"""What Peppol asks of Greek suppliers (GR-R), whose invoice numbers are made of six parts."""

import re

from stdnum.gr import vat

from kantoor.departments.finance.formats.einvoice.model import Party
from kantoor.departments.finance.formats.einvoice.rules.check import Check

GREECE = frozenset({"GR", "EL"})
_SCHEME = "9933"
_TYPES = frozenset({"1.1", "1.6", "2.1", "2.4", "5.1", "5.2"})
_MARK, _LINK = "##M.AR.K##", "##INVOICE|URL##"
_PARTS = 6


def check_greece(check: Check, buyer_country: str) -> None:
    """All of them, for a supplier that is taxed in Greece."""
    it, need = check.invoice, check.need
    _number(check)
    need(it.seller.trading_name, "GR-R-002", "A Greek supplier gives its full name.")
    number = it.seller.vat_number
    known = _is_taxpayer(number)
    need(not number or known, "GR-R-003", "A Greek VAT number is EL and a valid TIN.")
    if not known:
        message = "A Greek supplier gives its VAT number, with EL before it."
        check.say("GR-S-011", message, severity="warning")
    if it.seller.address is not None and it.seller.address.country == "GR":
        _documents(check)
    need(it.buyer.trading_name, "GR-R-005", "A Greek supplier gives the buyer's full name.")
    _address(check, it.seller, "GR-R-009")
    if buyer_country in GREECE or it.buyer.vat_number[:2] in GREECE:
        holds = _is_taxpayer(it.buyer.vat_number)
        need(holds, "GR-R-006", "A Greek buyer is named by its VAT number.")
        _address(check, it.buyer, "GR-R-010")


def _is_taxpayer(number: str) -> bool:
    return number[:2] == "EL" and vat.is_valid(number[2:])


def _address(check: Check, party: Party, rule: str) -> None:
    if party.endpoint is not None:
        holds = party.endpoint.scheme == _SCHEME and vat.is_valid(party.endpoint.value)
        message = "The electronic address of a Greek company is its TIN (scheme 9933)."
        check.need(holds, rule, message)


def _documents(check: Check) -> None:
    found = check.invoice.attachments
    marks = [each for each in found if each.description == _MARK]
    links = [each for each in found if each.description == _LINK]
    check.need(len(marks) == 1, "GR-R-004-1", "A Greek invoice has one MARK number.")
    for each in marks:
        holds = re.match(r"[1-9][0-9]*", each.reference)
        check.need(holds, "GR-R-004-2", "The MARK is a number above nought.")
    if len(links) != 1:
        message = "A Greek invoice should have one link."
        check.say("GR-S-008-1", message, severity="warning")
    check.need(len(links) <= 1, "GR-R-008-2", "A Greek invoice has no more than one link.")
    for each in links:
        check.need(each.uri, "GR-R-008-3", "The link of a Greek invoice is missing.")


def _number(check: Check) -> None:
    it, need = check.invoice, check.need
    parts = it.number.split("|")
    need(len(parts) == _PARTS, "GR-R-001-1", "A Greek invoice number has six parts.")
    parts += [""] * (_PARTS - len(parts))
    known = {it.seller.vat_number[2:]}
    if it.representative is not None:
        known.add(it.representative.vat_number[2:])
    holds = vat.is_valid(parts[0]) and parts[0] in known
    need(holds, "GR-R-001-2", "Its first part is the supplier's TIN.")
    day = it.date.strftime("%d/%m/%Y") if it.date is not None else ""
    need(parts[1] == day, "GR-R-001-3", "Its second part is the day of the invoice.")
    need(parts[2].isdigit(), "GR-R-001-4", "Its third part is a number.")
    need(parts[3] in _TYPES, "GR-R-001-5", "Its fourth part is a Greek type of document.")
    need(parts[4], "GR-R-001-6", "Its fifth part is missing.")
    need(parts[5], "GR-R-001-7", "Its sixth part is missing.")
