"""Files that are meant to harm, or are broken: refused in bounded time and memory, with a reason."""

import io
import tracemalloc
import zlib
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from kantoor.departments.finance.formats.einvoice import (
    UnreadableInvoice,
    read,
    validate,
    validated,
)
from kantoor.departments.finance.formats.einvoice.pdf import invoice_xml

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
INVOICE = f'<Invoice xmlns="{UBL}Invoice-2" xmlns:cbc="{UBL}CommonBasicComponents-2">'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
SECONDS = 20
MEGABYTES = 700


def code_of(data: bytes) -> str:
    """Why a file is refused, and that it doesn't take long."""
    began = perf_counter()
    with pytest.raises(UnreadableInvoice) as refused:
        read(data)
    assert perf_counter() - began < SECONDS
    assert len(str(refused.value)) < 300
    return refused.value.code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f'<!DOCTYPE Invoice [<!ENTITY l0 "ha">{LAUGHS}]>{INVOICE}&l9;</Invoice>', "xml.doctype"),
        (f'<!DOCTYPE Invoice SYSTEM "http://example.org/x.dtd">{INVOICE}</Invoice>', "xml.doctype"),
        (f'<!DOCTYPE Invoice SYSTEM "file:///etc/passwd">{INVOICE}</Invoice>', "xml.doctype"),
        (f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>{INVOICE}&x;</Invoice>', "xml.doctype"),
        (f"{INVOICE}&unknown;</Invoice>", "xml.broken"),
        (f"{INVOICE}<cbc:ID>1</cbc:ID>", "xml.broken"),
        (f"{INVOICE}</Invoice>{INVOICE}</Invoice>", "xml.broken"),
        ("", "xml.broken"),
        ("INVOICE 7", "xml.broken"),
        ("<Order/>", "not_an_invoice"),
        ('<Invoice xmlns="urn:example"/>', "not_an_invoice"),
        ("<a>" * 5000, "xml.too_deep"),
    ],
)  # fmt: skip
def test_harmful_and_broken_xml_is_refused_with_its_reason(text: str, code: str) -> None:
    assert code_of(text.encode()) == code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'<?xml version="1.0" encoding="UTF-8"?><Invoice>\xff\xfe</Invoice>', "xml.broken"),
        (b'<?xml version="1.0" encoding="EBCDIC-CP-US"?><Invoice/>', "xml.encoding"),
        (b'<?xml version="1.0" encoding="no-such"?><Invoice/>', "xml.encoding"),
        (b'<?xml version="1.0" encoding="UTF-16"?><Invoice/>', "xml.encoding"),
        (b'<?xml version="1.0" encoding="zlib"?><Invoice/>', "xml.encoding"),
        (b"\x00\x00\x00\x3c\x00\x00", "xml.broken"),
    ],
)
def test_wrong_encodings_are_refused(data: bytes, code: str) -> None:
    assert code_of(data) == code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "cp1252"])
def test_encodings_that_xml_declares_are_read(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{name}"?>{INVOICE}<cbc:ID>Café 7</cbc:ID></Invoice>'
    assert read(text.encode(encoding)).number == "Café 7"


def test_ten_million_nested_elements_take_neither_time_nor_memory() -> None:
    tracemalloc.start()
    assert code_of(b"<a>" * 10_000_000) == "xml.too_deep"
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200 * 1024 * 1024


def test_millions_of_elements_side_by_side_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from kantoor.departments.finance.formats.einvoice import xml

    monkeypatch.setattr(xml, "MOST_ELEMENTS", 100_000)
    assert code_of(INVOICE.encode() + b"<a/>" * 1_000_000) == "xml.too_large"
    assert code_of(b"<a>" + b" " * xml.MOST_BYTES) == "xml.too_large"


def pdf(attached: bytes | None = None, password: str = "") -> bytes:
    """A PDF of one empty page."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if attached is not None:
        writer.add_attachment("factur-x.xml", attached)
    if password:
        writer.encrypt(password)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_a_pdf_without_xml_is_told_from_a_broken_one() -> None:
    assert code_of(pdf()) == "pdf.without_xml"
    assert code_of(b"%PDF-1.7\nnothing of it") == "pdf.broken"
    assert code_of(pdf()[:200]) in {"pdf.broken", "pdf.without_xml"}


def test_a_pdf_with_a_password_is_refused_and_says_why() -> None:
    assert code_of(pdf(INVOICE.encode() + b"</Invoice>", password="secret")) == "pdf.encrypted"


def test_a_bomb_in_a_pdf_is_refused_without_unpacking_it() -> None:
    small = pdf(b"<a/>" * 1000)
    bomb = zlib.compress(b"\0" * 200_000_000, 9)
    stream = b"/Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(bomb), bomb)
    at = small.index(b"/Type /EmbeddedFile")
    start = small.rindex(b"<<", 0, at)
    end = small.index(b"endstream", at) + len(b"endstream")
    broken = small[:start] + b"<</Type /EmbeddedFile" + stream + small[end:]
    tracemalloc.start()
    assert code_of(broken) in {"pdf.too_large", "pdf.broken"}
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < MEGABYTES * 1024 * 1024


def test_a_pdf_whose_names_go_in_a_circle_ends() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("note.txt", b"x")
    names = writer.root_object["/Names"]["/EmbeddedFiles"]  # type: ignore[index]
    from pypdf.generic import ArrayObject, NameObject

    reference = writer._add_object(names)
    names.get_object()[NameObject("/Kids")] = ArrayObject([reference, reference])
    writer.root_object["/Names"][NameObject("/EmbeddedFiles")] = reference  # type: ignore[index]
    file = io.BytesIO()
    writer.write(file)
    assert code_of(file.getvalue()) == "pdf.without_xml"


def test_what_cannot_be_a_number_or_date_is_told_with_its_line() -> None:
    text = f"{INVOICE}\n<cbc:IssueDate>2026-02-30</cbc:IssueDate>\n</Invoice>"
    found = [each for each in validate(text.encode()) if each.rule == "FORMAT"]
    assert [each.where for each in found] == ["cbc:IssueDate, XML line 2"]
    huge = f"{INVOICE}<cbc:ID>1</cbc:ID></Invoice>".replace("1", "9" * 100_000)
    assert len(read(huge.encode()).number) == 100_000


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_and_nothing_else(data: bytes) -> None:
    assert not validated("x", data).ok
    assert not validated("x", INVOICE.encode() + data).ok
    with pytest.raises(UnreadableInvoice):
        invoice_xml(b"%PDF-1.4\n" + data)
