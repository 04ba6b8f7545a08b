"""What a line of the file is in the company's currency, to the cent, or why it can't be."""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from babel.numbers import list_currencies
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.formats.administration import SourceLine
from kantoor.departments.finance.formats.journals.numbers import EXACT
from kantoor.departments.finance.formats.leaving.mapping import Mapping
from kantoor.kernel.money import LARGEST, exponent

SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "US$": "USD", "₹": "INR"}


class Doubt(Exception):
    """The line can't be posted as it stands."""

    def __init__(self, code: str, message: object) -> None:
        self.code = code
        self.message = message


class Converted(NamedTuple):
    """A line in minor units; `currency` is empty when it is the company's, `rounded` when the
    amount follows from a price and was rounded half up.
    """

    amount: int
    currency: str
    currency_amount: int | None
    rounded: bool


class Amounts:
    """Converts the lines of one file."""

    def __init__(self, own: str, stated: str, mapping: Mapping) -> None:
        self.own = own
        self.stated = stated or own
        self.mapping = mapping
        self.places = exponent(own)
        self.names: dict[str, str] = {}
        self.known = frozenset(list_currencies())

    def currency(self, commodity: str) -> str:
        """What a commodity of the file is called here."""
        name = self.names.get(commodity)
        if name is None:
            said = self.mapping.commodities.get(commodity)
            name = said or (SYMBOLS.get(commodity, commodity) if commodity else self.stated)
            self.names[commodity] = name
        return name

    def convert(self, line: SourceLine) -> Converted:
        """The line as it can be posted; raises Doubt."""
        name = self.currency(line.commodity)
        if name == self.own:
            return Converted(self._exact(line.quantity, self.own), "", None, False)
        if line.cost is None or self.currency(line.cost_commodity) != self.own:
            message = _("There is no amount in {own} for {quantity} {commodity}.")
            said = message.format(
                own=self.own, quantity=f"{line.quantity.normalize():f}", commodity=name[:20]
            )
            raise Doubt("commodity", said)
        cent = Decimal(1).scaleb(-self.places)
        nearest = line.cost.quantize(cent, rounding=ROUND_HALF_UP, context=EXACT)
        amount = self._fits(int(nearest.scaleb(self.places, context=EXACT)))
        rounded = nearest != line.cost
        if name not in self.known or not amount:
            return Converted(amount, "", None, rounded)
        try:
            said_amount = self._exact(line.quantity, name)
        except Doubt:
            return Converted(amount, "", None, rounded)
        return Converted(amount, name, said_amount, rounded)

    def _exact(self, quantity: Decimal, currency: str) -> int:
        minor = quantity.scaleb(exponent(currency), context=EXACT)
        if minor != minor.to_integral_value():
            message = _("{quantity} has more decimals than {currency} has.")
            said = message.format(quantity=f"{quantity:f}"[:40], currency=currency)
            raise Doubt("decimals", said)
        return self._fits(int(minor))

    def _fits(self, amount: int) -> int:
        if abs(amount) > LARGEST:
            raise Doubt("amount", _("The amount is beyond 64 bits."))
        return amount
