"""What can be wrong with an electronic invoice: unreadable as a whole, or a rule that it breaks."""

import re
from typing import Literal

import msgspec

_NETWORK = re.compile(r"PEPPOL-|(?!BR)[A-Z]{2}-[RS]-\d")
Severity = Literal["error", "warning"]


class Finding(msgspec.Struct, frozen=True):
    """A rule that an invoice breaks: `rule` is its official id, such as `BR-CO-15`.

    `where` names the place in the trade's words (`line 3`, `VAT S 21`), or is empty for the whole.
    An `error` makes the invoice invalid (the rules say fatal), a `warning` doesn't.
    """

    rule: str
    message: str
    where: str = ""
    severity: Severity = "error"

    @property
    def blocks(self) -> bool:
        """Whether it makes the invoice invalid: an error by EN 16931 or the specification it names.

        What only the Peppol network asks on top keeps an invoice from being sent there, but is no
        reason to refuse one that came.
        """
        return self.severity == "error" and _NETWORK.match(self.rule) is None

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        return f"{self.rule}: {self.message}{place}"


class UnreadableInvoice(Exception):
    """A file that can't be read as an invoice at all.

    `code` is stable: `xml.broken`, `xml.doctype`, `xml.too_deep`, `xml.too_large`, `xml.encoding`,
    `not_an_invoice`, `pdf.broken`, `pdf.encrypted`, `pdf.without_xml`, `pdf.too_large`. `line` is
    the line of the XML, counted from 1, where there is one.
    """

    def __init__(self, code: str, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.line = line

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}" if self.line else self.message
