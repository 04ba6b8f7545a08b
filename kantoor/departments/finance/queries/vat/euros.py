"""Amounts of OSS returns in euros: at the rate that the ECB published for the last day of a period.

Directive 2006/112/EC, art. 366(1) and 369h(1): of supplies in another currency the rate of the last
day of the tax period, or where none was published then, of the next day of publication.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.errors import MissingRate
from kantoor.departments.finance.models.currency import ECB
from kantoor.kernel.money import MICRO, exponent, half_up_ratio
from kantoor.kernel.store.lookup import fetch

EURO = "EUR"
MOST_DAYS = 7
"""The longest that the next day of publication is away: the days around Easter or the new year."""


class Euros:
    """The rates that a return needs, looked up with one statement; euros need none.

    `wanted` are pairs of a currency and the last day of a period.
    """

    def __init__(self, company_id: int, wanted: Iterable[tuple[str, date]]) -> None:
        self._rates: dict[str, list[tuple[date, int]]] = {}
        asked = {(currency, day) for currency, day in wanted if currency != EURO}
        if not asked:
            return
        currencies = sorted({currency for currency, _day in asked})
        first = min(day for _currency, day in asked)
        last = max(day for _currency, day in asked) + timedelta(days=MOST_DAYS)
        slots = ", ".join(["%s"] * len(currencies))
        rows = fetch(
            "SELECT currency, CAST(date AS text), rate FROM finance_rate"  # noqa: S608
            f" WHERE company_id = %s AND base = %s AND source = %s AND currency IN ({slots})"
            " AND date >= %s AND date <= %s ORDER BY date",
            [company_id, EURO, ECB, *currencies, first.isoformat(), last.isoformat()],
        )
        for currency, day, rate in rows:
            self._rates.setdefault(currency, []).append((date.fromisoformat(day), int(rate)))

    def of(self, minor: int, currency: str, day: date) -> int:
        """An amount in minor units as cents, rounded half up; raises MissingRate."""
        if currency == EURO:
            return minor
        until = day + timedelta(days=MOST_DAYS)
        rate = next(
            (rate for on, rate in self._rates.get(currency, ()) if day <= on <= until), None
        )
        if rate is None:
            message = _(
                "There is no rate of the ECB for {currency} on {day} or the day of publication"
                " after it; import the rates."
            )
            said = message.format(currency=currency[:10], day=day)
            raise MissingRate(said, field="currency")
        # One euro is `rate` millionths of the currency.
        euro, other = 10 ** exponent(EURO), 10 ** exponent(currency)
        return half_up_ratio(minor * MICRO * euro, rate * other)
