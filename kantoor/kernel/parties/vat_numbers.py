"""VAT numbers by their form: check digits and length of the country whose number it is.

Form is all that is checked here: whether a number is in use only the tax authorities know.
"""

from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError
from stdnum.util import get_cc_module

from kantoor.kernel.errors import InvalidInput

PREFIXES = {
    **{code: code.lower() for code in (
        "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "HR", "HU",
        "IE", "IT", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
    )},
    "EL": "gr", "GR": "gr", "XI": "gb",
}  # fmt: skip
"""What a number of these countries begins with, and whose rules it follows."""
LONGEST = 20


def vat_number(text: str, country: str = "", *, line: int | None = None) -> str:
    """The number as it is kept: capitals without spaces and dots, its country's letters in front.

    `country` (ISO 3166) is whose it is where the letters are missing; `XI` is Northern Ireland.
    Numbers of countries whose form is not known here stay as they are. Raises InvalidInput.
    """
    plain = "".join(each for each in text.upper() if each not in " .-/\u00a0")
    if not plain:
        return ""
    prefix = plain[:2] if plain[:2] in PREFIXES else {"GR": "EL"}.get(country, country)
    rules = PREFIXES.get(prefix)
    if rules is None:
        return text.strip()
    own = "EL" if rules == "gr" else prefix
    body = plain[2:] if plain[:2] in PREFIXES else plain
    module = get_cc_module(rules, "vat")
    assert module is not None
    try:
        checked = str(module.validate(body if rules != "ch" else f"CHE{body.removeprefix('E')}"))
    except (ValidationError, ValueError):
        message = _("“{number}” is no VAT number of {country}; check the digits.")
        shown = message.format(number=text[:LONGEST], country=own)
        raise InvalidInput(shown, field="vat_number", line=line) from None
    for letters in (own, prefix, "GR"):
        checked = checked.removeprefix(letters)
    return f"{own}{checked}"
