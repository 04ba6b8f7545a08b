"""A Factur-X invoice: the PDF that people read with the XML that programs read inside (PDF/A-3).

typst attaches the file and writes PDF/A-3; what it can't write is the description of the profile
in the metadata. That is appended to the PDF as an update, which takes no time and changes nothing
that is there (docs/decisions/0031).
"""

import re
from xml.sax.saxutils import escape

NAME = "factur-x.xml"
PROFILE = "EN 16931"
SPECIFICATION = "urn:cen.eu:en16931:2017"
_SPACE = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
_PROPERTIES = (
    ("DocumentFileName", "name of the embedded XML invoice file"),
    ("DocumentType", "INVOICE"),
    ("Version", "The actual version of the Factur-X XML schema"),
    ("ConformanceLevel", "The conformance level of the embedded Factur-X data"),
)
_VALUES = {
    "DocumentType": "INVOICE",
    "DocumentFileName": NAME,
    "Version": "1.0",
    "ConformanceLevel": PROFILE,
}
_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s+(\d+)\s+%%EOF\s*\Z", re.DOTALL)
_METADATA = re.compile(rb"/Metadata (\d+) 0 R")


def _property(name: str, words: str) -> str:
    return (
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{name}</pdfaProperty:name>"
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType>"
        "<pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{escape(words)}</pdfaProperty:description>"
        "</rdf:li>"
    )


_SCHEMA = (
    '<rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>"
    f"<pdfaSchema:namespaceURI>{_SPACE}</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>fx</pdfaSchema:prefix>"
    "<pdfaSchema:property><rdf:Seq>"
    + "".join(_property(name, words) for name, words in _PROPERTIES)
    + "</rdf:Seq></pdfaSchema:property></rdf:li>"
).encode()
_DESCRIPTION = (
    f'<rdf:Description rdf:about="" xmlns:fx="{_SPACE}">'
    + "".join(f"<fx:{name}>{value}</fx:{name}>" for name, value in _VALUES.items())
    + "</rdf:Description>"
).encode()


def with_profile(pdf: bytes) -> bytes:
    """The PDF that typst wrote, with what Factur-X asks for in its metadata."""
    trailer = _TRAILER.search(pdf)
    metadata = _METADATA.search(pdf)
    assert trailer is not None, "typst ends a PDF with a trailer"
    assert metadata is not None, "typst writes metadata"
    key = metadata[1]
    start = pdf.index(b"\n%s 0 obj" % key) + 1
    head = pdf.index(b"stream\n", start) + len(b"stream\n")
    xmp = pdf[head : pdf.index(b"\nendstream", head)]
    xmp = _before(b"</rdf:Bag></pdfaExtension:schemas>", _SCHEMA, xmp)
    xmp = _before(b"</rdf:RDF>", _DESCRIPTION, xmp)
    at = len(pdf) + 1
    written = b"%s 0 obj\n<</Length %d/Type/Metadata/Subtype/XML>>\nstream\n%s\nendstream\nendobj\n"
    update = written % (key, len(xmp), xmp)
    table = b"xref\n%s 1\n%010d 00000 n\r\n" % (key, at)
    end = b"trailer\n<<%s/Prev %s>>\nstartxref\n%d\n%%%%EOF\n"
    return pdf + b"\n" + update + table + end % (trailer[1], trailer[2], at + len(update))


def _before(mark: bytes, new: bytes, text: bytes) -> bytes:
    head, found, tail = text.rpartition(mark)
    assert found, f"typst writes {mark.decode()}"
    return head + new + found + tail
