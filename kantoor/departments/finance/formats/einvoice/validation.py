"""Whether an invoice keeps the rules: our own check, and the official stylesheets where they are."""

import msgspec

from kantoor.departments.finance.formats.einvoice.documents import Document, read_document
from kantoor.departments.finance.formats.einvoice.errors import Finding, UnreadableInvoice
from kantoor.departments.finance.formats.einvoice.model import Syntax
from kantoor.departments.finance.formats.einvoice.official import official_findings
from kantoor.departments.finance.formats.einvoice.rules.arithmetic import check_arithmetic
from kantoor.departments.finance.formats.einvoice.rules.categories import check_categories
from kantoor.departments.finance.formats.einvoice.rules.check import Check
from kantoor.departments.finance.formats.einvoice.rules.cii_syntax import check_cii
from kantoor.departments.finance.formats.einvoice.rules.code_lists import check_codes
from kantoor.departments.finance.formats.einvoice.rules.mandatory import check_mandatory
from kantoor.departments.finance.formats.einvoice.rules.profiles import check_profile
from kantoor.departments.finance.formats.einvoice.rules.ubl_syntax import check_ubl

_UBL = {Syntax.UBL_INVOICE, Syntax.UBL_CREDIT_NOTE}


def validate(data: bytes, *, official: bool = False) -> list[Finding]:
    """What is wrong with an invoice in XML or PDF; raises UnreadableInvoice.

    Our own check takes a few milliseconds. `official` runs the stylesheets of CEN/TC 434 as well,
    where saxonche is installed.
    """
    return _all_findings(read_document(data), official=official)


def _all_findings(document: Document, *, official: bool) -> list[Finding]:
    found = findings(document)
    if official:
        known = {each.rule for each in found}
        found += [each for each in official_findings(document) if each.rule not in known]
    return found


def findings(document: Document) -> list[Finding]:
    """What our own check finds, each rule and place once."""
    check = Check(document.invoice, document.root)
    check.findings += document.findings
    check_mandatory(check)
    check_arithmetic(check)
    check_categories(check)
    check_codes(check)
    if document.invoice.syntax in _UBL:
        check_ubl(check)
    elif document.invoice.syntax is Syntax.CII:
        check_cii(check)
    return check_profile(check)


def errors(found: list[Finding]) -> list[Finding]:
    """Those that make an invoice invalid by EN 16931 and the specification it names."""
    return [each for each in found if each.blocks]


class Validated(msgspec.Struct, frozen=True):
    """What became of one file: `what` is its syntax, or `unreadable`.

    `ok` says whether it is valid by EN 16931 and the specification it names. `errors` may hold
    more: what the Peppol network refuses on top.
    """

    file: str
    ok: bool
    what: str
    errors: list[Finding]
    warnings: list[Finding]


def validated(name: str, data: bytes, *, official: bool = False) -> Validated:
    """One file as it is told to people and programs; what can't be read is an error too."""
    try:
        document = read_document(data)
    except UnreadableInvoice as error:
        where = f"XML line {error.line}" if error.line else ""
        return unreadable(name, error.code, error.message, where)
    found = _all_findings(document, official=official)
    wrong = [each for each in found if each.severity == "error"]
    warnings = [each for each in found if each.severity == "warning"]
    return Validated(name, not errors(found), document.invoice.syntax, wrong, warnings)


def unreadable(name: str, code: str, message: str, where: str = "") -> Validated:
    """A file that is no invoice."""
    return Validated(name, False, "unreadable", [Finding(code, message, where)], [])
