"""Standard and reduced VAT rates by country and date, as percentages."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from kantoor.departments.finance.reference.files import read_toml
from kantoor.departments.finance.reference.vat.union import vat_territory


@dataclass(frozen=True, slots=True)
class Span:
    """Rates in force from one day to another, both included; `valid_to` is None while it lasts."""

    rates: tuple[Decimal, ...]
    valid_from: date
    valid_to: date | None

    def holds(self, on: date) -> bool:
        """Whether these rates are in force on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class CountryRates:
    """A country's rates through time, oldest first; one rate in each span of `standard`."""

    standard: tuple[Span, ...]
    reduced: tuple[Span, ...]


@cache
def countries() -> dict[str, CountryRates]:
    """The rates of every country on record, by ISO 3166 alpha-2 code."""
    return {
        country: CountryRates(
            standard=tuple(_span([row["rate"]], row) for row in table["standard"]),
            reduced=tuple(_span(row["rates"], row) for row in table["reduced"]),
        )
        for country, table in read_toml("vat/rates.toml").items()
    }


def standard_rate(country: str, on: date) -> Decimal | None:
    """The standard rate as a percentage, `Decimal("21")`; None where no rate is on record."""
    rates = countries().get(vat_territory(country))
    span = _on(rates.standard, on) if rates else None
    return span.rates[0] if span else None


def reduced_rates(country: str, on: date) -> tuple[Decimal, ...] | None:
    """The lower rates above zero, highest first; empty where a country has none.

    None where nothing is on record for that day. Rates of a region or for a while may be missing:
    the data file says which.
    """
    rates = countries().get(vat_territory(country))
    span = _on(rates.reduced, on) if rates else None
    return span.rates if span else None


def _on(spans: tuple[Span, ...], on: date) -> Span | None:
    return next((span for span in spans if span.holds(on)), None)


def _span(rates: list[Decimal | int], row: dict[str, Any]) -> Span:
    return Span(tuple(Decimal(rate) for rate in rates), row["valid_from"], row.get("valid_to"))
