"""VAT rates have no holes, and each sale gets the treatment that the law gives it."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantoor.departments.finance.reference import vat
from kantoor.departments.finance.reference.charts import Role
from kantoor.departments.finance.reference.vat import Category, NoRate, Supply, Treatment, treatment
from kantoor.departments.finance.reference.vat.rates import Span
from kantoor.departments.finance.reference.vat.union import memberships

# fmt: off
EU_TODAY = {
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
}
# fmt: on
SINCE = date(2010, 1, 1)
MAY_2011 = date(2011, 5, 2)
MAY_2024 = date(2024, 5, 2)
COUNTRIES = sorted(vat.countries())


def test_there_are_rates_for_every_member_state_and_three_neighbours() -> None:
    assert set(COUNTRIES) == EU_TODAY | {"GB", "NO", "CH"}
    assert set(memberships()) == EU_TODAY | {"GB"}


@pytest.mark.parametrize("country", COUNTRIES)
def test_standard_rates_cover_every_day_since_2010_once(country: str) -> None:
    spans = vat.countries()[country].standard
    assert spans[0].valid_from <= SINCE
    assert spans[-1].valid_to is None
    for earlier, later in pairwise(spans):
        assert earlier.valid_to is not None
        assert later.valid_from == earlier.valid_to + timedelta(days=1)
    assert all(15 <= span.rates[0] <= 27 or country == "CH" for span in spans)


@pytest.mark.parametrize("country", COUNTRIES)
def test_reduced_rates_never_overlap_and_lie_below_the_standard_rate(country: str) -> None:
    spans = vat.countries()[country].reduced
    assert spans[0].valid_from <= SINCE
    for earlier, later in pairwise(spans):
        assert earlier.valid_to is not None
        assert later.valid_from == earlier.valid_to + timedelta(days=1)
    for span in spans:
        assert list(span.rates) == sorted(set(span.rates), reverse=True)
        assert all(0 < rate < _lowest_standard(country, span) for rate in span.rates)


def _lowest_standard(country: str, span: Span) -> Decimal:
    last = span.valid_to or date.max
    return min(
        each.rates[0]
        for each in vat.countries()[country].standard
        if each.valid_from <= last and (each.valid_to or date.max) >= span.valid_from
    )


@pytest.mark.parametrize(
    ("country", "on", "rate"),
    [
        ("NL", date(2012, 9, 30), "19"),
        ("NL", date(2012, 10, 1), "21"),
        ("BE", date(2011, 1, 1), "21"),
        ("GB", date(2009, 12, 31), "15"),
        ("GB", date(2011, 1, 3), "17.5"),
        ("GB", date(2011, 1, 4), "20"),
        ("DE", date(2020, 6, 30), "19"),
        ("DE", date(2020, 7, 1), "16"),
        ("DE", date(2020, 12, 31), "16"),
        ("DE", date(2021, 1, 1), "19"),
        ("FR", date(2013, 12, 31), "19.6"),
        ("FR", date(2014, 1, 1), "20"),
        ("IE", date(2020, 10, 1), "21"),
        ("IE", date(2021, 3, 1), "23"),
        ("ES", date(2012, 8, 31), "18"),
        ("IT", date(2011, 9, 17), "21"),
        ("GR", date(2016, 6, 1), "24"),
        ("PT", date(2010, 12, 31), "21"),
        ("FI", date(2024, 9, 1), "25.5"),
        ("EE", date(2025, 7, 1), "24"),
        ("SK", date(2025, 1, 1), "23"),
        ("RO", date(2025, 7, 31), "19"),
        ("RO", date(2025, 8, 1), "21"),
        ("LU", date(2023, 6, 1), "16"),
        ("HU", date(2012, 1, 1), "27"),
        ("CH", date(2023, 12, 31), "7.7"),
        ("CH", date(2024, 1, 1), "8.1"),
        ("MC", date(2024, 1, 1), "20"),
        ("IM", date(2011, 1, 4), "20"),
        ("LI", date(2024, 1, 1), "8.1"),
    ],
)
def test_the_standard_rate_on_a_day(country: str, on: date, rate: str) -> None:
    assert vat.standard_rate(country, on) == Decimal(rate)


def test_no_rate_is_guessed_for_a_country_or_a_day_that_is_not_on_record() -> None:
    assert vat.standard_rate("US", MAY_2024) is None
    assert vat.standard_rate("NL", date(1950, 1, 1)) is None
    assert vat.reduced_rates("US", MAY_2024) is None


@pytest.mark.parametrize(
    ("country", "on", "rates"),
    [
        ("NL", date(2018, 12, 31), ["6"]),
        ("NL", date(2019, 1, 1), ["9"]),
        ("BE", MAY_2011, ["12", "6"]),
        ("DE", date(2020, 8, 1), ["5"]),
        ("GB", MAY_2011, ["5"]),
        ("FR", date(2012, 1, 1), ["7", "5.5", "2.1"]),
        ("DK", MAY_2024, []),
    ],
)
def test_the_reduced_rates_on_a_day(country: str, on: date, rates: list[str]) -> None:
    assert vat.reduced_rates(country, on) == tuple(Decimal(rate) for rate in rates)


def test_reduced_rates_that_were_left_out_are_not_taken_for_none_at_all() -> None:
    assert vat.reduced_rates("LT", date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("country", "on", "expected"),
    [
        ("NL", MAY_2011, True),
        ("HR", date(2013, 6, 30), False),
        ("HR", date(2013, 7, 1), True),
        ("GB", date(2020, 12, 31), True),
        ("GB", date(2021, 1, 1), False),
        ("IM", date(2020, 12, 31), True),
        ("MC", MAY_2011, True),
        ("JE", MAY_2011, False),
        ("GG", MAY_2011, False),
        ("AX", MAY_2011, False),
        ("IC", MAY_2011, False),
        ("NO", MAY_2011, False),
        ("CH", MAY_2011, False),
    ],
)
def test_who_is_in_the_vat_territory_of_the_eu(country: str, on: date, expected: bool) -> None:
    assert vat.is_eu(country, on) is expected


def test_the_united_kingdom_left_a_year_before_its_vat_did() -> None:
    assert vat.is_member_state("GB", date(2020, 1, 31))
    assert not vat.is_member_state("GB", date(2020, 2, 1))
    assert vat.is_eu("GB", date(2020, 2, 1))


@pytest.mark.parametrize(
    ("seller", "customer", "vat_id", "on", "ground", "code", "rate"),
    [
        ("GB", "GB", False, MAY_2011, "domestic", "S", "20"),
        ("GB", "IM", True, MAY_2011, "domestic", "S", "20"),
        ("GB", "NL", True, MAY_2011, "intra_eu_goods", "K", "0"),
        ("GB", "NL", False, MAY_2011, "distance_sale", "S", "20"),
        ("GB", "NL", True, MAY_2024, "export_by_third_country", "G", "0"),
        ("GB", "NL", False, MAY_2024, "export_by_third_country", "G", "0"),
        ("GB", "JE", False, MAY_2011, "export", "G", "0"),
        ("GB", "US", True, MAY_2011, "export", "G", "0"),
        ("GB", None, False, MAY_2011, "country_unknown", "S", "20"),
        ("GB", None, True, MAY_2011, "country_unknown", "S", "20"),
        ("NL", "NL", True, MAY_2024, "domestic", "S", "21"),
        ("NL", "DE", True, MAY_2024, "intra_eu_goods", "K", "0"),
        ("NL", "DE", False, MAY_2024, "distance_sale", "S", "21"),
        ("NL", "GB", True, date(2020, 12, 31), "intra_eu_goods", "K", "0"),
        ("NL", "GB", True, date(2021, 1, 1), "export", "G", "0"),
        ("NL", "HR", True, MAY_2011, "export", "G", "0"),
        ("NL", "IC", False, MAY_2024, "export", "G", "0"),
        ("FR", "MC", True, MAY_2024, "domestic", "S", "20"),
        ("NL", "MC", True, MAY_2024, "intra_eu_goods", "K", "0"),
        ("CH", "LI", False, MAY_2024, "domestic", "S", "8.1"),
        ("CH", "DE", True, MAY_2024, "export_by_third_country", "G", "0"),
        ("US", "NL", True, MAY_2024, "export_by_third_country", "G", "0"),
    ],
)
def test_how_a_sale_of_goods_is_taxed(
    seller: str, customer: str | None, vat_id: bool, on: date, ground: str, code: str, rate: str
) -> None:
    found = treatment(seller, customer, vat_id, on)
    assert (found.ground, found.en16931_category, found.rate) == (ground, code, Decimal(rate))


@pytest.mark.parametrize(
    ("seller", "customer", "vat_id", "ground", "code", "rate"),
    [
        ("NL", "NL", True, "domestic", "S", "21"),
        ("NL", "DE", True, "intra_eu_service", "AE", "0"),
        ("NL", "DE", False, "service_to_consumer_abroad", "S", "21"),
        ("NL", "US", True, "service_outside_scope", "O", "0"),
        ("NL", "US", False, "service_to_consumer_abroad", "S", "21"),
        ("GB", "NL", True, "service_outside_scope", "O", "0"),
    ],
)
def test_how_a_service_is_taxed(
    seller: str, customer: str, vat_id: bool, ground: str, code: str, rate: str
) -> None:
    found = treatment(seller, customer, vat_id, MAY_2024, supply=Supply.SERVICES)
    assert (found.ground, found.en16931_category, found.rate) == (ground, code, Decimal(rate))


@pytest.mark.parametrize(
    ("customer", "vat_id", "exempt", "role"),
    [
        ("NL", False, False, Role.SALES_DOMESTIC),
        ("DE", False, False, Role.SALES_DOMESTIC),
        ("DE", True, False, Role.SALES_INTRA_EU),
        ("US", False, False, Role.SALES_EXPORT),
        (None, False, False, Role.SALES_DOMESTIC),
        ("NL", False, True, Role.SALES_EXEMPT),
    ],
)
def test_revenue_goes_to_the_account_of_its_kind_of_sale(
    customer: str | None, vat_id: bool, exempt: bool, role: Role
) -> None:
    assert treatment("NL", customer, vat_id, MAY_2024, exempt).sales_role == role


def test_exempt_goods_are_exempt_wherever_they_go() -> None:
    for customer in ("NL", "DE", "US", None):
        found = treatment("NL", customer, True, MAY_2024, exempt=True)
        assert (found.category, found.en16931_category) == (Category.EXEMPT, "E")


def test_a_seller_outside_the_vat_system_charges_none_and_needs_no_rate() -> None:
    found = treatment("US", "US", False, MAY_2024, registered=False)
    assert (found.category, found.en16931_category) == (Category.NOT_SUBJECT, "O")


def test_a_taxed_sale_without_a_known_rate_is_an_error_in_both_languages() -> None:
    with pytest.raises(NoRate) as caught:
        treatment("US", "US", False, MAY_2024)
    assert caught.value.code == "finance.no_vat_rate"
    assert "country US on 2024-05-02" in str(caught.value)
    assert "land US is op 2024-05-02 geen btw-tarief" in caught.value.text.nl


def test_every_answer_is_remembered() -> None:
    assert treatment("NL", "DE", True, MAY_2024) is treatment("NL", "DE", True, MAY_2024)
    one, other = treatment("NL", "NL", True, MAY_2024), treatment("NL", "NL", False, MAY_2024)
    assert one is other


countries = st.sampled_from([*COUNTRIES, "MC", "IM", "JE", "US", "JP"])


@given(
    seller=st.sampled_from(COUNTRIES),
    customer=st.none() | countries,
    vat_id=st.booleans(),
    on=st.dates(SINCE, date(2026, 12, 31)),
    exempt=st.booleans(),
    supply=st.sampled_from(Supply),
    registered=st.booleans(),
)
def test_a_treatment_keeps_the_rules_of_en_16931(
    seller: str,
    customer: str | None,
    vat_id: bool,
    on: date,
    exempt: bool,
    supply: Supply,
    registered: bool,
) -> None:
    found: Treatment = treatment(seller, customer, vat_id, on, exempt, supply, registered)
    taxed = found.en16931_category == "S"
    assert taxed == (found.rate > 0)  # BR-S-05, BR-AE-05, BR-IC-05, BR-G-05, BR-E-05
    assert not (taxed and found.reason_code)  # BR-S-10
    assert found.reason.en  # BR-AE-10, BR-IC-10, BR-G-10, BR-E-10, BR-O-10
    assert found.reason.nl
    assert found.rule
    expected = vat.standard_rate(seller, on) if taxed else Decimal(0)
    assert found.rate == expected
