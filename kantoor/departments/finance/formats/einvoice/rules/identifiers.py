"""Whether identifiers are valid in their scheme (PEPPOL-COMMON-R040 to R050)."""

import re
from collections.abc import Callable, Iterator

from stdnum import ean, luhn

from kantoor.departments.finance.formats.einvoice.errors import Severity
from kantoor.departments.finance.formats.einvoice.model import EInvoice, Identifier
from kantoor.departments.finance.formats.einvoice.rules.check import Check

_PERSON = re.compile(r"[A-Za-z]{6}[0-9]{2}[A-Za-z][0-9]{2}.{3}[0-9][A-Za-z]", re.DOTALL)


def is_gln(value: str) -> bool:
    """A Global Location Number: digits, the last of them their check digit."""
    return value.isascii() and value.isdigit() and ean.calc_check_digit(value[:-1]) == value[-1]


def is_norwegian(value: str) -> bool:
    """A Norwegian organisation number: nine digits by modulus 11."""
    if not re.fullmatch(r"[0-9]{9}", value):
        return False
    weights = (3, 2, 7, 6, 5, 4, 3, 2)
    sum_ = sum(weight * int(digit) for weight, digit in zip(weights, value, strict=False))
    return int(value) > 0 and (11 - sum_ % 11) % 11 == int(value[-1])


def is_danish(value: str) -> bool:
    """A Danish CVR number, with DK before it or without."""
    return re.fullmatch(r"(DK)?[0-9]{8}", value) is not None


def is_belgian(value: str) -> bool:
    """A Belgian enterprise number: ten digits by modulus 97."""
    return bool(re.fullmatch(r"[0-9]{10}", value)) and 97 - int(value[:8]) % 97 == int(value[8:])


def is_italian_office(value: str) -> bool:
    """A Codice Univoco of an Italian office."""
    return re.fullmatch(r"[A-Za-z0-9]{6}", value) is not None


def is_italian_taxpayer(value: str) -> bool:
    """A Codice Fiscale of a person (16) or of a body (11 digits)."""
    if len(value) == 16:
        return _PERSON.fullmatch(value) is not None
    return re.fullmatch(r"[0-9]{11}", value) is not None


def is_italian_vat(value: str) -> bool:
    """A Partita IVA where it is Italian; of another country it is not looked at."""
    if value[:2].upper() != "IT":
        return True
    return bool(re.fullmatch(r"[0-9]{11}", value[2:])) and luhn.is_valid(value[2:])


def is_swedish(value: str) -> bool:
    """A Swedish organisation number: ten digits by Luhn."""
    return bool(re.fullmatch(r"[0-9]{10}", value)) and luhn.is_valid(value)


def is_australian(value: str) -> bool:
    """An Australian Business Number: eleven digits by modulus 89."""
    if not re.fullmatch(r"[0-9]{11}", value):
        return False
    weights = (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)
    digits = [int(value[0]) - 1, *map(int, value[1:])]
    return sum(weight * digit for weight, digit in zip(weights, digits, strict=True)) % 89 == 0


# For each scheme its rule, what it is, and whether it is an error.
SCHEMES: dict[str, tuple[str, str, Callable[[str], bool], Severity]] = {
    "0088": ("R040", "GLN", is_gln, "error"),
    "0192": ("R041", "Norwegian organisation number", is_norwegian, "error"),
    "0184": ("R042", "Danish CVR number", is_danish, "error"),
    "0208": ("R043", "Belgian enterprise number", is_belgian, "error"),
    "0201": ("R044", "Italian office code", is_italian_office, "warning"),
    "0210": ("R045", "Italian tax code", is_italian_taxpayer, "warning"),
    "9907": ("R046", "Italian tax code", is_italian_taxpayer, "warning"),
    "0211": ("R047", "Italian VAT number", is_italian_vat, "warning"),
    "0007": ("R049", "Swedish organisation number", is_swedish, "error"),
    "0151": ("R050", "Australian business number", is_australian, "error"),
}


def check_identifiers(check: Check) -> None:
    """All identifiers of all parties."""
    for found in _identifiers(check.invoice):
        if found.scheme in SCHEMES:
            rule, what, is_valid, severity = SCHEMES[found.scheme]
            if not is_valid(found.value):
                message = f"“{found.value[:30]}” is no {what}."
                check.say(f"PEPPOL-COMMON-{rule}", message, severity=severity)


def _identifiers(invoice: EInvoice) -> Iterator[Identifier]:
    for party in (invoice.seller, invoice.buyer, invoice.payee, invoice.representative):
        if party is not None:
            yield from party.identifiers
            yield from (each for each in (party.registration, party.endpoint) if each is not None)
