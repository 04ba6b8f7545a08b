"""Which rules an electronic invoice breaks."""

from kantoor.departments.finance.formats.einvoice import Document, Finding


def findings(document: Document) -> list[Finding]:
    """What is wrong with it, each rule and place once."""
    return document.findings
