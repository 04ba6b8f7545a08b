"""VAT numbers are kept in one form, and refused with wrong digits."""

import pytest

from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.parties.vat_numbers import vat_number


@pytest.mark.parametrize(
    ("text", "country", "kept"),
    [
        ("nl 0010.41149.B01", "", "NL001041149B01"),
        ("BE 0428.759.497", "BE", "BE0428759497"),
        ("0428759497", "BE", "BE0428759497"),
        ("GR094259216", "GR", "EL094259216"),
        ("094259216", "GR", "EL094259216"),
        ("DE136695976", "NL", "DE136695976"),
        ("GB980780684", "", "GB980780684"),
        ("XI980780684", "", "XI980780684"),
        ("CHE-107.787.577 IVA", "CH", "CHE107787577IVA"),
        ("12-3456", "US", "12-3456"),
        ("", "NL", ""),
    ],
)
def test_a_number_is_kept_in_one_form(text: str, country: str, kept: str) -> None:
    assert vat_number(text, country) == kept


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("NL001234567B01", "NL"),
        ("DE123456789", ""),
        ("0123456789", "BE"),
        ("NL" + "9" * 500, ""),
        ("FR", "FR"),
        ("ＮＬ００１", "NL"),
    ],
)
def test_a_number_with_wrong_digits_is_refused(text: str, country: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        vat_number(text, country, line=3)
    assert (refused.value.place.field, refused.value.place.line) == ("vat_number", 3)
