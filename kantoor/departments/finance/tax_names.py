"""What tax codes are called: a short code and a name in both languages for each ground."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from kantoor.departments.finance.reference import vat

_GROUNDS = {
    "domestic": ("S{rate}", "VAT {rate}%", "Btw {rate}%"),
    "reduced": ("S{rate}", "VAT {rate}%", "Btw {rate}%"),
    "country_unknown": (
        "S{rate}U", "VAT {rate}%, country unknown", "Btw {rate}%, land onbekend",
    ),
    "distance_sale": ("S{rate}D", "VAT {rate}%, distance sale", "Btw {rate}%, afstandsverkoop"),
    "service_to_consumer_abroad": (
        "S{rate}C", "VAT {rate}%, service abroad", "Btw {rate}%, dienst buitenland",
    ),
    "zero_rated": ("Z", "VAT 0%", "Btw 0%"),
    "intra_eu_goods": ("K", "Supply within the EU, 0%", "Levering binnen de EU, 0%"),
    "intra_eu_service": ("AE", "Reverse charge, 0%", "Btw verlegd, 0%"),
    "export": ("G", "Export, 0%", "Uitvoer, 0%"),
    "export_by_third_country": ("GX", "Export, 0%", "Uitvoer, 0%"),
    "service_outside_scope": ("OX", "Service abroad, no VAT", "Dienst buitenland, geen btw"),
    "exempt": ("E", "Exempt", "Vrijgesteld"),
    "domestic_reversed": (
        "AED", "Reverse charge within the country, 0%", "Btw verlegd binnenland, 0%",
    ),
    "triangulation": ("KT", "Triangular transaction, 0%", "ABC-levering, 0%"),
    "installed_abroad": (
        "IN", "Installed in another EU country, 0%", "Geïnstalleerd in een EU-land, 0%",
    ),
    "private_use": ("V{rate}", "Private use, VAT {rate}%", "Privégebruik, btw {rate}%"),
    "oss_goods": (
        "D{country}{rate}", "Distance sale {country}, VAT {rate}%",
        "Afstandsverkoop {country}, btw {rate}%",
    ),
    "oss_services": (
        "D{country}{rate}S", "Service {country}, VAT {rate}%", "Dienst {country}, btw {rate}%",
    ),
    "not_registered": ("O", "No VAT", "Geen btw"),
}  # fmt: skip
"""By the ground of reference/vat: code, name in English, name in Dutch."""


def shown(rate: Decimal) -> str:
    """A rate as it is written in a code: `20`, `17.5`."""
    return f"{rate.normalize():f}"


def code_of(ground: str, rate: Decimal, country: str = "") -> str:
    """The code, such as `S17.5`, `K` or, taxed in the customer's `country`, `DFR20`."""
    return _GROUNDS[ground][0].format(rate=shown(rate), country=country)


def names_of(ground: str, rate: Decimal, country: str = "") -> tuple[str, str]:
    """The names in English and in Dutch, each with its own decimal sign."""
    _code, english, dutch = _GROUNDS[ground]
    dutch_rate = shown(rate).replace(".", ",")
    return (
        english.format(rate=shown(rate), country=country),
        dutch.format(rate=dutch_rate, country=country),
    )


class Choice(NamedTuple):
    """A sale's tax that a person can choose; `country` is whose tax it is."""

    ground: str
    rate: Decimal
    country: str

    @property
    def code(self) -> str:
        """The code it has, or gets."""
        return code_of(self.ground, self.rate, self.country)


def choices(country: str, on: date, *, abroad: bool = False) -> list[Choice]:
    """The taxes on sales to choose from on a day; with `abroad` those of other EU countries too."""
    own = vat.vat_territory(country)
    standard, lower = vat.standard_rate(own, on), vat.reduced_rates(own, on) or ()
    found = []
    for rate in (standard, *lower):
        if rate is not None:
            found.append(Choice("domestic" if rate == standard else "reduced", rate, own))
            found.append(Choice("private_use", rate, own))
    zero = ["zero_rated", "exempt", "domestic_reversed"]
    if vat.is_eu(own, on):
        zero += ["intra_eu_goods", "intra_eu_service", "triangulation", "installed_abroad"]
    zero += ["export" if vat.is_eu(own, on) else "export_by_third_country", "service_outside_scope"]
    found += [Choice(ground, Decimal(0), own) for ground in zero]
    return found + (_abroad(own, on) if abroad else [])


def _abroad(own: str, on: date) -> list[Choice]:
    found = []
    for country in vat.countries():
        if country == own or not (vat.is_eu(country, on) and vat.is_eu(own, on)):
            continue
        for rate in (vat.standard_rate(country, on), *(vat.reduced_rates(country, on) or ())):
            if rate is not None:
                found += [Choice(each, rate, country) for each in ("oss_goods", "oss_services")]
    return found
