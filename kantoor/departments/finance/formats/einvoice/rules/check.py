"""What all rules are checked with: the invoice, and the findings so far."""

from collections.abc import Iterable
from decimal import ROUND_FLOOR, Decimal
from functools import cached_property

from kantoor.departments.finance.formats.einvoice.errors import Finding, Severity
from kantoor.departments.finance.formats.einvoice.model import (
    Adjustment,
    EInvoice,
    Line,
    Syntax,
    VatBreakdown,
)
from kantoor.departments.finance.formats.einvoice.xml import Node

_CENT = Decimal("0.01")
_HALF = Decimal("0.5")


def to_cents(amount: Decimal) -> Decimal:
    """Rounded to two decimals as the rules round: a half goes up, also below zero (XPath)."""
    return (amount * 100 + _HALF).to_integral_value(ROUND_FLOOR) * _CENT


def total(amounts: Iterable[Decimal | None]) -> Decimal:
    """The sum of those that are there."""
    return sum((each for each in amounts if each is not None), Decimal(0))


class Check:
    """One invoice under scrutiny."""

    def __init__(self, invoice: EInvoice, root: Node) -> None:
        self.invoice = invoice
        self.root = root
        self.findings: list[Finding] = []

    def say(self, rule: str, message: str, where: str = "", severity: Severity = "error") -> None:
        """Note that a rule is broken."""
        self.findings.append(Finding(rule, message, where, severity))

    def need(self, holds: object, rule: str, message: str, where: str = "") -> None:
        """Note that a rule is broken unless something is there or holds."""
        if not holds:
            self.findings.append(Finding(rule, message, where))

    @property
    def is_cii(self) -> bool:
        """Whether the syntax is CII, for which some rules are worded differently."""
        return self.invoice.syntax in {Syntax.CII, Syntax.ZUGFERD_1}

    @cached_property
    def nodes(self) -> list[Node]:
        """All elements, for rules about elements wherever they stand."""
        return list(self.root.walk())

    @cached_property
    def allowances(self) -> list[Adjustment]:
        """Allowances on the whole document."""
        return [each for each in self.invoice.adjustments if not each.charge]

    @cached_property
    def charges(self) -> list[Adjustment]:
        """Charges on the whole document."""
        return [each for each in self.invoice.adjustments if each.charge]


def line_place(line: Line, n: int) -> str:
    """How a line is named to the reader."""
    return f"line {line.number or f'no. {n}'}"


def vat_place(tax: VatBreakdown) -> str:
    """How a group of the VAT breakdown is named to the reader."""
    if tax.vat is None:
        return "VAT breakdown"
    rate = "" if tax.vat.rate is None else f" {tax.vat.rate.normalize():f} %"
    return f"VAT {tax.vat.code}{rate}"
