"""Country names as data has them become codes, and what names no country does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantoor.departments.finance.reference.countries import (
    country_code,
    country_name,
    is_recognised,
)

ONLINE_RETAIL = {
    "Australia": "AU",
    "Austria": "AT",
    "Bahrain": "BH",
    "Belgium": "BE",
    "Brazil": "BR",
    "Canada": "CA",
    "Channel Islands": "JE",
    "Cyprus": "CY",
    "Czech Republic": "CZ",
    "Denmark": "DK",
    "EIRE": "IE",
    "European Community": None,
    "Finland": "FI",
    "France": "FR",
    "Germany": "DE",
    "Greece": "GR",
    "Hong Kong": "HK",
    "Iceland": "IS",
    "Israel": "IL",
    "Italy": "IT",
    "Japan": "JP",
    "Korea": "KR",
    "Lebanon": "LB",
    "Lithuania": "LT",
    "Malta": "MT",
    "Netherlands": "NL",
    "Nigeria": "NG",
    "Norway": "NO",
    "Poland": "PL",
    "Portugal": "PT",
    "RSA": "ZA",
    "Saudi Arabia": "SA",
    "Singapore": "SG",
    "Spain": "ES",
    "Sweden": "SE",
    "Switzerland": "CH",
    "USA": "US",
    "United Arab Emirates": "AE",
    "United Kingdom": "GB",
    "Unspecified": None,
    "West Indies": None,
}


@pytest.mark.parametrize(("name", "code"), ONLINE_RETAIL.items())
def test_the_countries_of_the_web_shop(name: str, code: str | None) -> None:
    assert country_code(name) == code
    assert is_recognised(name)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Nederland", "NL"),
        ("the netherlands", "NL"),
        ("Holland", "NL"),
        ("  Verenigd   Koninkrijk ", "GB"),
        ("U.K.", "GB"),
        ("Great-Britain", "GB"),
        ("België", "BE"),
        ("belgie", "BE"),
        ("Duitsland", "DE"),
        ("Czechia", "CZ"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Côte d’Ivoire", "CI"),
        ("Trinidad and Tobago", "TT"),
        ("nl", "NL"),
        ("NLD", "NL"),
        ("EL", "GR"),
        ("UK", "GB"),
        ("Monaco", "MC"),
        ("Canary Islands", "IC"),
        ("Jersey", "JE"),
    ],
)
def test_names_and_codes_that_people_write(name: str, code: str) -> None:
    assert country_code(name) == code


@pytest.mark.parametrize("name", ["Atlantis", "Nederlnd", "MI", "XX", "42"])
def test_an_unknown_word_is_no_country_and_is_not_recognised(name: str) -> None:
    assert country_code(name) is None
    assert not is_recognised(name)


@pytest.mark.parametrize("name", ["", "  ", "Unspecified", "onbekend", "EU", "N/A"])
def test_words_for_no_country_are_recognised(name: str) -> None:
    assert country_code(name) is None
    assert is_recognised(name)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_name_of_a_country_leads_back_to_it(language: str) -> None:
    for code in ("NL", "BE", "GB", "CZ", "TR", "IC", "XK", "HK", "CI", "ZA"):
        assert country_code(country_name(code, language)) == code


@given(st.text(max_size=60))
def test_any_text_gets_an_answer(name: str) -> None:
    code = country_code(name)
    assert code is None or (len(code) == 2 and code.isupper())
