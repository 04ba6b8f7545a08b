"""What tax codes are called: a short code and a name in both languages for each ground."""

from decimal import Decimal

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
    "not_registered": ("O", "No VAT", "Geen btw"),
}  # fmt: skip
"""By the ground of reference/vat: code, name in English, name in Dutch."""


def shown(rate: Decimal) -> str:
    """A rate as it is written in a code: `20`, `17.5`."""
    return f"{rate.normalize():f}"


def code_of(ground: str, rate: Decimal) -> str:
    """The code, such as `S17.5` or `K`."""
    return _GROUNDS[ground][0].format(rate=shown(rate))


def names_of(ground: str, rate: Decimal) -> tuple[str, str]:
    """The names in English and in Dutch, each with its own decimal sign."""
    _code, english, dutch = _GROUNDS[ground]
    return english.format(rate=shown(rate)), dutch.format(rate=shown(rate).replace(".", ","))
