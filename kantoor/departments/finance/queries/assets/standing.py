"""Where assets stand: their values with the terms in force, read for many at once."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from kantoor.departments.finance.schedules.depreciation import Terms, depreciated
from kantoor.kernel.store.lookup import fetch, rows_by_key


class Standing(NamedTuple):
    """An asset as it stands: its derived value, its terms, and what is needed to book it."""

    asset_id: int
    number: str
    name: str
    category_id: int
    dimension_set_id: int
    in_use_from: date | None
    terms_id: int | None
    cost: int
    accumulated: int
    reserve: int
    depreciated: int
    until: date | None
    disposed_on: date | None
    terms: Terms | None

    @property
    def book_value(self) -> int:
        """What it stands on the balance sheet for."""
        return self.cost - self.accumulated

    def due(self, on: date, used: int = 0) -> int:
        """What is still to be depreciated at the end of a day.

        `used` are the units made under the terms by then. Nothing before the day through which
        it was depreciated already.
        """
        if self.terms is None or self.in_use_from is None or on < self.in_use_from:
            return 0
        if self.disposed_on or (self.until and on < self.until):
            return 0
        amount = depreciated(self.terms, on, used) - self.depreciated
        # Units that turn out to be fewer are taken back; time only goes on.
        return amount if self.terms.method == "units" else max(0, amount)


_COLUMNS = (
    "SELECT asset.id, asset.number, asset.name, asset.category_id, asset.dimension_set_id,"
    " CAST(asset.in_use_from AS text), value.terms_id, value.cost, value.accumulated,"
    " value.reserve, value.depreciated, CAST(value.until AS text),"
    " CAST(value.disposed_on AS text), terms.method, terms.base, terms.residual,"
    " CAST(terms.starts_on AS text), CAST(terms.ends_on AS text), terms.convention, terms.rate,"
    " terms.switches, terms.units, terms.first_month"
    " FROM finance_asset_value value JOIN finance_asset asset ON asset.id = value.asset_id"
    " LEFT JOIN finance_asset_terms terms ON terms.id = value.terms_id"
    " WHERE value.company_id = %s"
)
_USED = (
    "SELECT used.asset_id, CAST(SUM(used.units) AS bigint) FROM finance_asset_value value"
    " JOIN finance_asset_terms terms ON terms.id = value.terms_id AND terms.method = 'units'"
    " JOIN finance_asset_use used ON used.asset_id = value.asset_id"
    " AND used.date >= terms.starts_on AND used.date <= %s"
    " WHERE value.company_id = %s GROUP BY used.asset_id"
)


def standings(company_id: int) -> list[Standing]:
    """All assets of a company that are not disposed of, in order of number; one statement."""
    sql = f"{_COLUMNS} AND value.disposed_on IS NULL ORDER BY asset.number"
    return [_standing(row) for row in fetch(sql, [company_id])]


def standings_of(company_id: int, numbers: Sequence[str]) -> dict[str, Standing]:
    """Assets by their numbers; unknown ones are left out."""
    found = rows_by_key(
        f"{_COLUMNS} AND asset.number IN ({{}})",
        [company_id],
        [number for number in numbers if "\0" not in number],
    )
    every = [_standing((key, *rest)) for key, rest in found.items()]
    return {each.number: each for each in every}


def used_until(company_id: int, on: date) -> dict[int, int]:
    """What assets made under their terms until a day, in millionths, by their keys."""
    return dict(fetch(_USED, [on.isoformat(), company_id]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _standing(row: tuple[Any, ...]) -> Standing:
    (key, number, name, category, dimensions, in_use, terms_id, cost, accumulated, reserve,
     done, until, disposed, method, base, residual, starts, ends, convention, rate, switches,
     units, first_month) = row  # fmt: skip
    terms = None
    if terms_id is not None:
        terms = Terms(
            method=method,
            base=base,
            residual=residual,
            starts_on=date.fromisoformat(starts),
            ends_on=date.fromisoformat(ends),
            convention=convention,
            rate=rate,
            switch=bool(switches),
            units=units,
            first_month=first_month,
        )
    return Standing(
        key, number, name, category, dimensions, _day(in_use), terms_id, cost, accumulated,
        reserve, done, _day(until), _day(disposed), terms,
    )  # fmt: skip
