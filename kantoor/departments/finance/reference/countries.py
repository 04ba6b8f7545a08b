"""Country names as people and files write them, to ISO 3166 alpha-2 codes."""

import re
import unicodedata
from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global

from kantoor.departments.finance.reference.files import read_toml

LANGUAGES = ("en", "nl")

NOT_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ", "CQ"})
"""Two-letter codes in CLDR that stand for no country (CQ, Sark, is not in ISO 3166)."""


def country_code(name: str) -> str | None:
    """The ISO 3166 alpha-2 code of a country given by name or code.

    English and Dutch names from CLDR, the names of `countries.toml`, and two and three letter
    codes. None both for a word that names no country (`Unspecified`) and for one that is not
    known: `is_recognised` tells them apart. The Canary Islands and Ceuta and Melilla give the
    reserved codes IC and EA, since they are outside the EU's VAT territory and Spain is not;
    the Channel Islands give JE for both bailiwicks, which have no common code.
    """
    return _lookup(name)[0]


def is_recognised(name: str) -> bool:
    """Whether the word is known: a country, or one of the words that name none."""
    return _lookup(name)[1]


def country_name(code: str, language: str) -> str:
    """A country's name from CLDR in a language such as `nl`; the code itself when it has none."""
    return _territories(language).get(code, code)


@lru_cache(maxsize=4096)
def _lookup(name: str) -> tuple[str | None, bool]:
    key = _plain(name)
    code = _names().get(key)
    return code, code is not None or key in _no_country()


@cache
def _names() -> dict[str, str]:
    """Plain name to code; what is further down wins, so our own aliases have the last word."""
    names = _three_letter_codes()
    for language in LANGUAGES:
        for code, name in _countries(language).items():
            names[_plain(name)] = code
            names[_plain(code)] = code
    for code, aliases in read_toml("countries.toml")["alias"].items():
        names |= {_plain(alias): code for alias in aliases}
    return names


@cache
def _no_country() -> frozenset[str]:
    names = read_toml("countries.toml")["no_country"]["names"]
    return frozenset({"", *(_plain(name) for name in names)})


@cache
def _territories(language: str) -> dict[str, str]:
    return dict(Locale.parse(language, sep="-").territories)


def _countries(language: str) -> dict[str, str]:
    return {
        code: name
        for code, name in _territories(language).items()
        if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES
    }


def _three_letter_codes() -> dict[str, str]:
    """`NLD` to `NL` and so on, with the two prefixes of VAT numbers that are not ISO 3166."""
    known = _countries("en")
    replaced = get_global("territory_aliases")
    codes = {
        _plain(old): new[0]
        for old, new in replaced.items()
        if len(old) == 3 and old.isalpha() and len(new) == 1 and new[0] in known
    }
    return codes | {"uk": "GB", "el": "GR"}


def _plain(name: str) -> str:
    """The name without case, accents, punctuation, `the`, and with `and` for `&`."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    bare = "".join(each for each in letters if not unicodedata.combining(each))
    words = re.sub(r"[^a-z0-9]+", " ", re.sub(r"[.'’]", "", bare)).split()
    return " ".join(word for word in words if word != "the")
