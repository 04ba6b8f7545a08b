"""The lines, taxes and sums that an electronic invoice says, as rows hold them.

Allowances and charges of the whole document become lines of their own, and so does the rounding
of what is to be paid: everything that is owed is on a line or in a tax.
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.utils.translation import gettext

from kantoor.departments.finance.exact import in_millionths
from kantoor.departments.finance.formats.einvoice import EInvoice
from kantoor.departments.finance.formats.einvoice.model import Adjustment, Line, VatCategory
from kantoor.kernel.money import LARGEST, MICRO, exponent


class SaidLine(NamedTuple):
    """A line as the invoice says it: amounts in minor units, quantity and price in millionths.

    `rounding` tells that it is the rounding of what is to be paid.
    """

    article: str
    text: str
    quantity: int
    unit_price: int
    net: int
    vat: VatCategory | None
    order_line: str = ""
    rounding: bool = False


Rate = tuple[str, Decimal]
"""A category of UNCL 5305 and a rate."""


def minor(amount: Decimal | None, currency: str) -> int:
    """An amount in minor units, rounded half up; what doesn't fit 64 bits is nought."""
    if amount is None or not amount.is_finite() or amount.adjusted() > 18:
        return 0
    scaled = amount.scaleb(exponent(currency)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return int(scaled) if abs(int(scaled)) <= LARGEST else 0


def said_lines(invoice: EInvoice, currency: str) -> list[SaidLine]:
    """Everything that is charged for, in the order of the invoice."""
    return [*(_line(each, currency) for each in invoice.lines), *_others(invoice, currency)]


def _line(line: Line, currency: str) -> SaidLine:
    net = minor(line.net, currency)
    quantity = in_millionths(line.quantity) if line.quantity is not None else None
    price = _price(line)
    if not quantity or price is None:
        quantity, price = MICRO, None
    if price is None:
        price = in_millionths(Decimal(net).scaleb(-exponent(currency))) or 0
    text = line.name or line.description or line.note
    return SaidLine(
        line.seller_item[:80], _clean(text), quantity, price, net, line.vat, line.order_line[:20]
    )


def _price(line: Line) -> int | None:
    """The price of one, where the invoice says it of so many (BT-149)."""
    if line.price is None:
        return None
    many = line.price_quantity
    try:
        price = line.price / many if many else line.price
        return in_millionths(price.quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP))
    except ArithmeticError:
        return None


def _others(invoice: EInvoice, currency: str) -> Iterator[SaidLine]:
    for each in invoice.adjustments:
        amount = minor(each.amount, currency)
        yield _alone(_said(each), amount if each.charge else -amount, each.vat, currency)
    if rounding := minor(invoice.totals.rounding, currency):
        said = _alone(gettext("Rounding"), rounding, None, currency)
        yield said._replace(rounding=True)


def _said(each: Adjustment) -> str:
    return each.reason or (gettext("Charge") if each.charge else gettext("Discount"))


def _alone(text: str, net: int, vat: VatCategory | None, currency: str) -> SaidLine:
    price = in_millionths(Decimal(net).scaleb(-exponent(currency))) or 0
    return SaidLine("", _clean(text), MICRO, price, net, vat)


def said_taxes(invoice: EInvoice, currency: str) -> dict[Rate, int]:
    """The VAT by category and rate (BG-23), in minor units."""
    found: dict[Rate, int] = {}
    for each in invoice.taxes:
        key = rate_of(each.vat)
        found[key] = found.get(key, 0) + minor(each.amount, currency)
    return found


def rate_of(vat: VatCategory | None) -> Rate:
    """A category and rate as they are compared."""
    if vat is None:
        return ("", Decimal(0))
    return (vat.code, (vat.rate or Decimal(0)).normalize())


def _clean(text: str) -> str:
    return text.replace("\0", "")[:500]
