"""Which rules beyond EN 16931 an invoice is under, by the specification it names (BT-24)."""

import re

import msgspec

from kantoor.departments.finance.formats.einvoice.errors import Finding
from kantoor.departments.finance.formats.einvoice.rules import nlcius, peppol
from kantoor.departments.finance.formats.einvoice.rules.check import Check
from kantoor.departments.finance.formats.einvoice.rules.countries import check_countries
from kantoor.departments.finance.formats.einvoice.rules.german import check_xrechnung

UBL_BE = "#conformant#urn:UBL.BE:"
_CORE = re.compile(
    r"urn:cen\.eu:en16931:2017|urn:factur-x\.eu:.*|.*#urn:factur-x\.eu:.*|.*#urn:zugferd\.de:.*|urn:zugferd.*|urn:ferd:.*"
)
XRECHNUNG = ":xrechnung_"
# UBL.BE goes beyond EN 16931: VAT over what is left after a discount for early payment, codes of
# its own for exemptions, and more decimals. What breaks these rules there is told, not refused.
_LOOSER = re.compile(
    r"BR-CL-22|BR-CO-10|BR-CO-1[37]|BR-DEC-\d\d|UBL-DT-01|BR-(S|Z|E|AE|IC|G|O)-0[89]"
)


def check_profile(check: Check) -> list[Finding]:
    """The findings with those of the invoice's own specification, each once."""
    specification = check.invoice.specification
    if specification == nlcius.SPECIFICATION:
        nlcius.check_nlcius(check)
    elif XRECHNUNG in specification:
        check_xrechnung(check)
    elif UBL_BE not in specification and not _CORE.fullmatch(specification):
        # What names no specification, or none that we know, is taken for Peppol's.
        peppol.check_peppol(check)
        check_countries(check)
    found = list(dict.fromkeys(check.findings))
    if UBL_BE in specification:
        found = [_loosened(each) for each in found]
    return found


def _loosened(finding: Finding) -> Finding:
    if _LOOSER.fullmatch(finding.rule):
        return msgspec.structs.replace(finding, severity="warning")
    return finding
