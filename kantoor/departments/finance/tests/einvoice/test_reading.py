"""Invoices in UBL, CII and PDF are read with the figures their keys have."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kantoor.departments.finance.formats.einvoice import (
    EInvoice,
    Syntax,
    UnreadableInvoice,
    read,
    read_document,
)
from kantoor.departments.finance.tests.einvoice.samples import CANDIDATE, COLLECTIONS, samples
from kantoor.kernel.tests.shared import shared_file

SYNTAXES = {"CrossIndustryDocument": "ZUGFeRD 1"}
# A file that nobody can read, an invoice of 2014 that the key took for UBL, and one that has both
# the old and the new XML, of which we take the new.
BOTH = "MustangRE-20171118_506_ZUGFeRD1and2.pdf"
UNREADABLE = {"factur-x-invalid-xml-encoding-attribute.pdf"}


def figures(invoice: EInvoice) -> dict[str, Any]:
    """What the keys know of an invoice."""
    return {
        "syntax": invoice.syntax.value,
        "id": invoice.number,
        "issue_date": str(invoice.date),
        "currency": invoice.currency,
        "lines": len(invoice.lines),
        "profile": invoice.specification,
        "grand_total": invoice.totals.with_vat,
        "tax_inclusive": invoice.totals.with_vat,
        "tax_exclusive": invoice.totals.without_vat,
        "tax_total": invoice.tax,
        "payable": invoice.totals.payable,
    }


def expected_figures(expected: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """What the key says of the same, amounts as numbers."""
    return {
        name: Decimal(value) if isinstance(found[name], Decimal) else SYNTAXES.get(value, value)
        for name, value in expected.items()
        if name in found
    }


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_sample_is_read_with_the_figures_of_its_key(collection: str) -> None:
    wrong: list[tuple[Path, object]] = []
    for path, expected in samples(collection):
        if path.name in {*UNREADABLE, CANDIDATE, BOTH}:
            continue
        found = figures(read(path.read_bytes()))
        said = expected_figures(expected, found)
        if differing := {name: found[name] for name in said if found[name] != said[name]}:
            wrong.append((path, differing))
    assert not wrong


def test_the_invoice_is_found_in_every_pdf_under_the_name_of_its_key() -> None:
    for path, expected in samples("zugferd"):
        if path.suffix != ".pdf" or "fail" in path.parts:
            continue
        found = read_document(path.read_bytes()).attachment
        assert found == expected["embedded_xml"].lower(), path


def test_a_release_candidate_of_zugferd_is_read_by_its_later_names() -> None:
    path = shared_file("zugferd", "ZUGFeRDv1", "correct", "Mustangproject", CANDIDATE)
    invoice = read(path.read_bytes())
    assert (invoice.syntax, invoice.number) == (Syntax.ZUGFERD_1, "RE-20140522/501")
    assert (str(invoice.date), str(invoice.due_on)) == ("2014-05-22", "2014-06-12")
    assert (invoice.totals.with_vat, len(invoice.lines)) == (Decimal("571.04"), 3)
    assert invoice.lines[1].price == Decimal("0.79")


def test_xml_with_a_broken_declaration_in_a_pdf_is_refused_with_its_line() -> None:
    path = shared_file("zugferd", "ZUGFeRDv2", "fail", "Mustangproject", *UNREADABLE)
    with pytest.raises(UnreadableInvoice) as refused:
        read(path.read_bytes())
    assert (refused.value.code, refused.value.line) == ("xml.broken", 1)
