"""The rate of a day: what an amount in one currency is in the company's, exactly and then rounded.

A rate is a ratio of whole numbers and stays one: only the amount that comes of it is rounded,
half away from nought, once.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.errors import MissingRate
from kantoor.departments.finance.models.currency import ECB, MANUAL
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import MICRO, exponent, half_up_ratio
from kantoor.kernel.store.lookup import fetch

PIVOT = "EUR"
"""The currency that published rates are against; two others are compared through it."""
LASTS_DAYS = {ECB: 7, MANUAL: 31}
"""How long a rate holds when no newer one is there: a bank holiday's gap, or a company's month."""
LONGEST = timedelta(days=max(LASTS_DAYS.values()))


class Conversion(NamedTuple):
    """A rate of a day; `numerator / denominator` is own minor units for one foreign minor unit."""

    currency: str
    own: str
    date: str
    """The day that the rate is of, which may lie before the day that was asked."""
    source: str
    numerator: int
    denominator: int

    def to_own(self, minor: int) -> int:
        """An amount of the foreign currency in the company's, rounded half up."""
        return half_up_ratio(minor * self.numerator, self.denominator)

    def from_own(self, minor: int) -> int:
        """An amount of the company's currency in the foreign one, rounded half up."""
        return half_up_ratio(minor * self.denominator, self.numerator)

    @property
    def rate(self) -> Decimal:
        """What one of the company's currency costs in the foreign one, to six decimals."""
        scale = MICRO * 10 ** exponent(self.own)
        return Decimal(
            half_up_ratio(self.denominator * scale, self.numerator * 10 ** exponent(self.currency))
        ).scaleb(-6)


class _Quote(NamedTuple):
    """A rate as it was quoted: one of the base cost so many millionths of the currency."""

    date: str
    source: str
    rate: int


class Rates:
    """The rates that a piece of work needs, looked up with one statement.

    `wanted` are pairs of a currency and a day (`YYYY-MM-DD`); the company's own currency is no
    rate at all and costs nothing.
    """

    def __init__(self, actor: Actor, wanted: Iterable[tuple[str, str]]) -> None:
        self.own = actor.currency
        asked = {(currency, on) for currency, on in wanted if currency != self.own}
        self._quotes: dict[tuple[str, str], list[_Quote]] = {}
        self._found: dict[tuple[str, str], Conversion | None] = {}
        if asked:
            self._read(actor.company_id, asked)

    def _read(self, company_id: int, asked: set[tuple[str, str]]) -> None:
        days = sorted(on for _currency, on in asked)
        since = (date.fromisoformat(days[0]) - LONGEST).isoformat()
        currencies = sorted({currency for currency, _on in asked} | {self.own, PIVOT})
        slots = ", ".join(["%s"] * len(currencies))
        rows = fetch(
            "SELECT base, currency, CAST(date AS text), source, rate FROM finance_rate"  # noqa: S608
            f" WHERE company_id = %s AND currency IN ({slots}) AND base IN ({slots})"
            " AND date >= %s AND date <= %s ORDER BY date, CASE source WHEN 'manual' THEN 1 ELSE 0 END",
            [company_id, *currencies, *currencies, since, days[-1]],
        )
        for base, currency, *quote in rows:
            self._quotes.setdefault((base, currency), []).append(_Quote(*quote))

    def find(self, currency: str, on: str) -> Conversion | None:
        """The latest rate on that day or shortly before it, if there is one."""
        key = currency, on
        if key not in self._found:
            self._found[key] = self._look_up(currency, on)
        return self._found[key]

    def on(self, currency: str, on: str, line: int | None = None) -> Conversion:
        """The latest rate on that day or shortly before it; raises MissingRate."""
        if (found := self.find(currency, on)) is None:
            raise no_rate(currency, self.own, on, line)
        return found

    def _look_up(self, currency: str, on: str) -> Conversion | None:
        if currency == self.own:
            return Conversion(currency, self.own, on, "", 1, 1)
        ways = [
            way
            for way in (self._straight(currency, on), self._through_pivot(currency, on))
            if way is not None
        ]
        # What the company set itself goes before what was published the same day.
        return max(ways, key=lambda way: (way.date, way.source == MANUAL), default=None)

    def _straight(self, currency: str, on: str) -> Conversion | None:
        in_foreign = self._latest(self.own, currency, on)
        in_own = self._latest(currency, self.own, on)
        if in_foreign and (not in_own or in_own[:2] <= in_foreign[:2]):
            return self._made(currency, in_foreign, MICRO, in_foreign.rate)
        return self._made(currency, in_own, in_own.rate, MICRO) if in_own else None

    def _through_pivot(self, currency: str, on: str) -> Conversion | None:
        if PIVOT in (currency, self.own):
            return None
        foreign, own = self._latest(PIVOT, currency, on), self._latest(PIVOT, self.own, on)
        if foreign is None or own is None:
            return None
        older = min(foreign, own)
        return self._made(currency, older, own.rate, foreign.rate)

    def _made(self, currency: str, quote: _Quote, numerator: int, denominator: int) -> Conversion:
        return Conversion(
            currency,
            self.own,
            quote.date,
            quote.source,
            numerator * 10 ** exponent(self.own),
            denominator * 10 ** exponent(currency),
        )

    def _latest(self, base: str, currency: str, on: str) -> _Quote | None:
        quotes = self._quotes.get((base, currency), [])
        place = bisect_right(quotes, on, key=lambda quote: quote.date)
        # A published rate that is too old may hide one that was set for the month.
        for quote in reversed(quotes[:place]):
            age = date.fromisoformat(on) - date.fromisoformat(quote.date)
            if age.days <= LASTS_DAYS.get(quote.source, 0):
                return quote
            if age > LONGEST:
                break
        return None


def rate_on(actor: Actor, currency: str, on: date) -> Conversion:
    """The rate of a currency on a day; raises MissingRate with the currency and the day."""
    day = on.isoformat()
    return Rates(actor, [(currency, day)]).on(currency, day)


def no_rate(currency: str, own: str, on: str, line: int | None = None) -> MissingRate:
    """That there is no rate, in words that say what to do."""
    message = _(
        "There is no rate of {currency} in {own} on {date} or shortly before;"
        " import the rates or set one."
    )
    said = message.format(currency=currency[:10], own=own, date=on)
    return MissingRate(said, field="currency", line=line)
