"""The electronic address of a company: which identifier it is found by on the Peppol network."""

import re

from kantoor.departments.finance.formats.einvoice.model import Identifier

_NOT_IN_NUMBERS = re.compile(r"[^0-9A-Za-z]")
# By country: the scheme of its register of companies (ICD), and of its VAT numbers (EAS).
REGISTERS = {
    "NL": "0106",
    "BE": "0208",
    "DK": "0184",
    "SE": "0007",
    "NO": "0192",
    "FR": "0002",
    "FI": "0212",
    "EE": "0191",
    "LT": "0200",
    "LU": "0240",
    "IS": "0196",
    "AU": "0151",
    "SG": "0195",
}
VAT_SCHEMES = {
    "NL": "9944",
    "BE": "9925",
    "AT": "9914",
    "BG": "9926",
    "CY": "9928",
    "CZ": "9929",
    "DE": "9930",
    "EE": "9931",
    "EL": "9933",
    "ES": "9920",
    "FI": "0213",
    "FR": "9957",
    "GB": "9932",
    "HR": "9934",
    "HU": "9910",
    "IE": "9935",
    "IT": "0211",
    "LT": "9937",
    "LU": "9938",
    "LV": "9939",
    "MT": "9943",
    "PL": "9945",
    "PT": "9946",
    "RO": "9947",
    "SI": "9949",
    "SK": "9950",
    "CH": "9927",
}
_NUMBERS = {
    "0106": re.compile(r"[0-9]{8}"),
    "0208": re.compile(r"[01][0-9]{9}"),
    "0184": re.compile(r"(DK)?[0-9]{8}"),
    "0007": re.compile(r"[0-9]{10}"),
    "0192": re.compile(r"[0-9]{9}"),
    "0002": re.compile(r"[0-9]{9}([0-9]{5})?"),
}


def legal_registration(number: str, country: str) -> Identifier | None:
    """The number in the register of companies with its scheme, where the form is that of one."""
    if not number:
        return None
    scheme = REGISTERS.get(country, "")
    plain = _NOT_IN_NUMBERS.sub("", number)
    form = _NUMBERS.get(scheme)
    if scheme and (form is None or form.fullmatch(plain)):
        return Identifier(value=plain, scheme=scheme)
    return Identifier(value=number)


def electronic_address(
    registration: Identifier | None, vat_number: str, email: str = ""
) -> Identifier | None:
    """By the register of companies, else by the VAT number, else an e-mail address."""
    if registration is not None and registration.scheme:
        return registration
    prefix = vat_number[:2].upper()
    if prefix in VAT_SCHEMES:
        return Identifier(value=vat_number, scheme=VAT_SCHEMES[prefix])
    return Identifier(value=email, scheme="EM") if email else None
