"""Sets the page of an invoice, and makes it a Factur-X PDF where its XML comes with it."""

import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

import typst

from kantoor.departments.finance.print.facturx import with_profile


def typeset(page: str, made: datetime.datetime, xml: bytes = b"") -> bytes:
    """The page, given as JSON, as PDF/A-3; with its XML inside where there is one."""
    paper = typst.compile(
        _template(),
        sys_inputs={"invoice": page, "xml": xml.decode()},
        ignore_system_fonts=True,
        pdf_standards=["a-3b"],
        timestamp=made,
    )
    return with_profile(paper) if xml else paper


@cache
def _template() -> Path:
    return Path(str(files(__package__) / "invoice.typ"))
