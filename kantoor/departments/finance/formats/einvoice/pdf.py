"""Finds the invoice that a Factur-X or ZUGFeRD PDF carries as an attachment."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kantoor.departments.finance.formats.einvoice.errors import UnreadableInvoice

if TYPE_CHECKING:
    from pypdf import PdfReader

# By precedence: Factur-X and ZUGFeRD 2.1, XRechnung in a PDF, ZUGFeRD 2.0 and 1.0.
NAMES = ("factur-x.xml", "xrechnung.xml", "zugferd-invoice.xml")
MOST_BYTES = 64 * 1024 * 1024
MOST_ATTACHMENTS = 500
_MOST_DEPTH = 12


def is_pdf(data: bytes) -> bool:
    """Whether a file says that it is PDF; some programs put a few bytes before that."""
    return b"%PDF-" in data[:1024]


def invoice_xml(data: bytes) -> tuple[str, bytes]:
    """The name and content of the XML in this PDF; raises UnreadableInvoice."""
    if len(data) > MOST_BYTES:
        raise UnreadableInvoice("pdf.too_large", "The PDF is larger than 64 MiB.")
    from pypdf.errors import LimitReachedError, PyPdfError

    try:
        return _found(data)
    except LimitReachedError:
        message = "What the PDF carries is too large when unpacked."
        raise UnreadableInvoice("pdf.too_large", message) from None
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError,
            OverflowError, AssertionError, NotImplementedError, OSError, MemoryError) as error:  # fmt: skip
        # A broken PDF can break the library anywhere; only what is wrong with it is told.
        message = f"The PDF can't be read: {str(error)[:100] or type(error).__name__}."
        raise UnreadableInvoice("pdf.broken", message) from None


def _found(data: bytes) -> tuple[str, bytes]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        message = "The PDF is protected with a password; ask the sender for one without."
        raise UnreadableInvoice("pdf.encrypted", message)
    attachments: dict[str, Any] = {}
    for name, specification in _specifications(reader):
        attachments.setdefault(name.lower(), specification)
        if len(attachments) >= MOST_ATTACHMENTS:
            break
    known = [name for name in NAMES if name in attachments]
    others = [name for name in attachments if name.endswith(".xml")]
    if not (known or others):
        message = "The PDF has no invoice inside; only a picture of one, or nothing."
        raise UnreadableInvoice("pdf.without_xml", message)
    name = (known or others)[0]
    files = attachments[name]["/EF"].get_object()
    content = files["/UF" if "/UF" in files and "/F" not in files else "/F"].get_object()
    return name, content.get_data()


def _specifications(reader: "PdfReader") -> Iterator[tuple[str, Any]]:
    """Attached files by their names: from the tree of names, and those that belong to the document."""
    root = reader.root_object
    names = _object(_object(root.get("/Names")).get("/EmbeddedFiles"))
    for specification in (*_leaves(names, 0, set()), *(_object(root.get("/AF"), []))):
        each = _object(specification)
        if "/EF" in each:
            yield str(each.get("/UF") or each.get("/F") or ""), each


def _leaves(node: Any, depth: int, seen: set[int]) -> Iterator[Any]:
    if depth > _MOST_DEPTH or id(node) in seen:
        return
    seen.add(id(node))
    named = _object(node.get("/Names"), [])
    yield from list(named)[1::2]
    for child in _object(node.get("/Kids"), []):
        yield from _leaves(_object(child), depth + 1, seen)


def _object(value: Any, empty: Any = None) -> Any:
    """What a reference points to; an empty dictionary where there is nothing."""
    if value is None:
        return {} if empty is None else empty
    return value.get_object() if hasattr(value, "get_object") else value
