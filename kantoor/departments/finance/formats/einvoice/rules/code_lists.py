"""Whether codes are of the lists they have to be of (BR-CL)."""

from kantoor.departments.finance.formats.einvoice.codes import codes
from kantoor.departments.finance.formats.einvoice.model import (
    Adjustment,
    Identifier,
    Line,
    Party,
    Syntax,
    VatCategory,
)
from kantoor.departments.finance.formats.einvoice.rules.check import Check, line_place

MIME_TYPES = frozenset(
    {
        "application/pdf",
        "image/png",
        "image/jpeg",
        "text/csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.oasis.opendocument.spreadsheet",
    }
)

# In UBL every amount has its currency; in CII only the totals of VAT.
_AMOUNTS = frozenset(
    f"cbc:{name}Amount"
    for name in (
        "", "Base", "Price", "Tax", "Taxable", "LineExtension", "TaxExclusive", "TaxInclusive",
        "AllowanceTotal", "ChargeTotal", "Prepaid", "PayableRounding", "Payable",
    )
)  # fmt: skip


class _Codes:
    """Says of each code that its list doesn't have which rule it breaks."""

    def __init__(self, check: Check) -> None:
        self.check = check

    def one(self, value: str, name: str, rule: str, where: str = "") -> None:
        """One code; nothing where there is none."""
        if value and value not in codes(name):
            words = name.replace("_", " ")
            self.check.say(rule, f"“{value[:30]}” is none of the {words} allowed.", where)

    def scheme(self, found: Identifier | None, name: str, rule: str, where: str = "") -> None:
        """The scheme of an identifier."""
        if found is not None:
            self.one(found.scheme, name, rule, where)

    def party(self, party: Party, where: str) -> None:
        """All codes of a party."""
        for each in party.identifiers:
            self.scheme(each, "identifier_schemes", "BR-CL-10", where)
        self.scheme(party.registration, "identifier_schemes", "BR-CL-11", where)
        self.scheme(party.endpoint, "address_schemes", "BR-CL-25", where)
        if party.address is not None:
            self.one(party.address.country, "countries", "BR-CL-14", where)

    def vat(self, vat: VatCategory | None, rule: str, where: str) -> None:
        """A VAT category."""
        if vat is not None:
            self.one(vat.code, "vat_categories", rule, where)

    def adjustment(self, each: Adjustment, where: str) -> None:
        """The reason of an allowance or charge, and its VAT."""
        if each.charge:
            self.one(each.reason_code, "charge_reasons", "BR-CL-20", where)
        else:
            self.one(each.reason_code, "allowance_reasons", "BR-CL-19", where)
        self.vat(each.vat, "BR-CL-17", where)

    def line(self, line: Line, where: str) -> None:
        """All codes of a line."""
        self.scheme(line.invoiced_object, "object_schemes", "BR-CL-07", where)
        self.one(line.unit, "units", "BR-CL-23", where)
        self.one(line.price_unit, "units", "BR-CL-23", where)
        self.vat(line.vat, "BR-CL-18", where)
        self.scheme(line.standard_item, "identifier_schemes", "BR-CL-21", where)
        for classification in line.classifications:
            self.scheme(classification, "item_classifications", "BR-CL-13", where)
        self.one(line.origin, "countries", "BR-CL-15", where)
        for each in line.adjustments:
            self.adjustment(each, where)


def check_codes(check: Check) -> None:
    """All of them."""
    it, found = check.invoice, _Codes(check)
    _type(check)
    found.one(it.currency, "currencies", "BR-CL-04")
    found.one(it.tax_currency, "currencies", "BR-CL-05")
    found.one(it.tax_point_code, "tax_points", "BR-CL-06")
    found.scheme(it.invoiced_object, "object_schemes", "BR-CL-07")
    for note in it.notes:
        found.one(note.subject, "note_subjects", "BR-CL-08")
    for party, where in (
        (it.seller, "seller"),
        (it.buyer, "buyer"),
        (it.payee, "payee"),
        (it.representative, "tax representative"),
    ):
        if party is not None:
            found.party(party, where)
    if it.delivery is not None:
        found.scheme(it.delivery.location, "identifier_schemes", "BR-CL-26", "delivery")
        if it.delivery.address is not None:
            found.one(it.delivery.address.country, "countries", "BR-CL-14", "delivery")
    for payment in it.payments:
        found.one(payment.code, "payment_means", "BR-CL-16")
    for each in it.adjustments:
        found.adjustment(each, "charge" if each.charge else "allowance")
    for tax in it.taxes:
        found.vat(tax.vat, "BR-CL-17", "VAT breakdown")
        found.one(tax.reason_code.upper(), "exemption_reasons", "BR-CL-22", "VAT breakdown")
    for attached in it.attachments:
        if attached.mime and attached.mime not in MIME_TYPES:
            message = f"“{attached.mime[:60]}” is no kind of document that may be attached."
            check.say("BR-CL-24", message, attached.reference)
    for n, line in enumerate(it.lines, 1):
        found.line(line, line_place(line, n))
    _currencies(check)


def _type(check: Check) -> None:
    code, syntax = check.invoice.type_code, check.invoice.syntax
    invoice, credit = codes("invoice_types"), codes("credit_note_types")
    allowed = {Syntax.UBL_INVOICE: invoice, Syntax.UBL_CREDIT_NOTE: credit}
    if code and code not in allowed.get(syntax, invoice | credit):
        check.say("BR-CL-01", f"“{code[:10]}” is no type of {syntax} (BT-3).")


def _currencies(check: Check) -> None:
    """Amounts may have a currency of their own; every one has to be of ISO 4217."""
    known = codes("currencies")
    wrong = {
        node.attributes["currencyID"]
        for node in check.nodes
        if "currencyID" in node.attributes and node.attributes["currencyID"].strip() not in known
    }
    for each in sorted(wrong):
        check.say("BR-CL-03", f"“{each[:10]}” is no currency of ISO 4217.")
    if any(node.name in _AMOUNTS and "currencyID" not in node.attributes for node in check.nodes):
        check.say("BR-CL-03", "An amount has no currency.")
