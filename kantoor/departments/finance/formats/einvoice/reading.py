"""What both syntaxes are read with: values out of elements, and a note of what has no such form."""

import base64
import binascii
import re
from datetime import date
from decimal import Decimal

from kantoor.departments.finance.formats.einvoice.errors import Finding
from kantoor.departments.finance.formats.einvoice.xml import Node

_DECIMAL = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,20})?|\.\d{1,20})")
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:Z|[+-]\d\d:\d\d)?")
FORMAT = "FORMAT"


class Reading:
    """Takes values out of a tree; what can't be one is a finding with its line, and no value."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def wrong(self, node: Node, what: str) -> None:
        """Note that an element doesn't hold what it should."""
        text = node.text[:40]
        message = (
            f"“{text}” is not {what}." if text else f"{node.name} is empty; it has to be {what}."
        )
        self.findings.append(Finding(FORMAT, message, f"{node.name}, XML line {node.line}"))

    def decimal(self, node: Node | None) -> Decimal | None:
        """A decimal number as XML Schema writes it."""
        if node is None:
            return None
        if _DECIMAL.fullmatch(node.text) is None:
            self.wrong(node, "a decimal number")
            return None
        return Decimal(node.text)

    def day(self, node: Node | None) -> date | None:
        """A date as ISO 8601 writes it."""
        if node is None:
            return None
        found = _DATE.fullmatch(node.text)
        try:
            if found is not None:
                return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            pass
        self.wrong(node, "a date such as 2026-11-24")
        return None

    def content(self, node: Node | None) -> bytes | None:
        """A document in Base64; None where there is none."""
        if node is None:
            return None
        try:
            return base64.b64decode("".join(node.text.split()), validate=True)
        except (binascii.Error, ValueError):
            self.wrong(node, "a document in Base64")
            return None
