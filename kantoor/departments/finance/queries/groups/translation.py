"""Bring a member's balances into the currency of its group.

Assets and liabilities at the rate of the day, income and expenses at the average of their period,
equity at the rate of the day each part came about (IAS 21.39): what that leaves is the difference
of translation, and stands in equity too.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from kantoor.departments.finance.dates import DAY
from kantoor.departments.finance.queries.currency.conversion import Conversion, Rates, no_rate
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import half_up_ratio
from kantoor.kernel.store.lookup import fetch

FINE = 10**12
"""An average is reckoned in so many parts of a minor unit."""


class Translation:
    """The rates from one currency to the group's, by the rates that the head keeps."""

    def __init__(self, head: Actor, currency: str, group_currency: str) -> None:
        self.currency = currency
        self.own = group_currency
        self._head = replace(head, currency=group_currency)
        self._rates: dict[int, Rates] = {}
        self._averages: dict[tuple[date, date], Conversion] = {}

    def at(self, on: date) -> Conversion:
        """The rate of a day; raises MissingRate."""
        return self._of_year(on.year).on(self.currency, on.isoformat())

    def average(self, start: date, end: date) -> Conversion:
        """The mean of the daily rates of a period, each day having the latest; raises MissingRate."""
        known = self._averages.get((start, end))
        if known is None:
            known = self._averages[start, end] = self._mean(start, end)
        return known

    def _of_year(self, year: int) -> Rates:
        if year not in self._rates:
            ends = (date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat())
            self._rates[year] = Rates(self._head, [(self.currency, on) for on in ends])
        return self._rates[year]

    def _mean(self, start: date, end: date) -> Conversion:
        if self.currency == self.own:
            return self.at(end)
        found = []
        day = start
        while day <= end:
            rate = self._of_year(day.year).find(self.currency, day.isoformat())
            if rate is not None:
                found.append(half_up_ratio(rate.numerator * FINE, rate.denominator))
            day += DAY
        if not found:
            raise no_rate(self.currency, self.own, end.isoformat())
        top, bottom = sum(found), FINE * len(found)
        return Conversion(self.currency, self.own, end.isoformat(), "average", top, bottom)


_EQUITY = (
    "SELECT line.account_id, CAST(line.date AS text), CAST(COALESCE(closed.starts_on, shut.starts_on)"
    " AS text), CAST(COALESCE(closed.ends_on, shut.ends_on) AS text), SUM(line.amount)"
    " FROM finance_account account JOIN finance_line line ON line.account_id = account.id"
    " JOIN finance_entry entry ON entry.id = line.entry_id"
    " LEFT JOIN finance_year_close close ON close.entry_id IN (entry.id, entry.reverses_id)"
    "  OR close.opening_id IN (entry.id, entry.reverses_id)"
    " LEFT JOIN finance_fiscal_year closed ON closed.id = close.year_id"
    " LEFT JOIN finance_journal journal ON journal.id = entry.journal_id AND journal.kind = 'closing'"
    " LEFT JOIN finance_fiscal_year shut ON shut.id = entry.year_id AND journal.id IS NOT NULL"
    " WHERE account.company_id = %s AND account.kind = 'equity' AND line.date <= %s"
    " GROUP BY 1, 2, 3, 4"
)


def translated_equity(company_id: int, on: date, rates: Translation) -> Mapping[int, int]:
    """Posted equity by account at the rates of its days, debit positive.

    What closed a year came about during it, so it is at that year's average.
    """
    sums: dict[int, int] = {}
    for account, day, starts, ends, amount in fetch(_EQUITY, [company_id, on.isoformat()]):
        if starts:
            rate = rates.average(date.fromisoformat(starts), date.fromisoformat(ends))
        else:
            rate = rates.at(date.fromisoformat(day))
        sums[account] = sums.get(account, 0) + rate.to_own(int(amount))
    return sums
