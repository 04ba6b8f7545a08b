"""Rates of exchange: set by hand, taken in from files, found for a day, and compared through euros."""

import gzip
import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from kantoor.departments.finance.actions.currency.rates import (
    import_rates,
    set_rate,
    set_rates,
    take_in_rates,
)
from kantoor.departments.finance.drafts_currency import RateDraft
from kantoor.departments.finance.errors import MissingRate, RateDiffers, UnreadableFile
from kantoor.departments.finance.formats.rates.ecb import UnreadableRates, read_rates
from kantoor.departments.finance.models import Rate
from kantoor.departments.finance.queries.currency.conversion import rate_on
from kantoor.departments.finance.tests.people import Books, begin_books
from kantoor.kernel.errors import InvalidInput, NotAllowed, Refusals
from kantoor.kernel.tests.shared import shared_file

CSV = b"Date,USD,JPY,CYP,\n2012-12-31,1.3194,113.61,N/A,\n2012-12-28,1.3183,113.5,N/A,\n"
DAILY = b"Date, US dollar, JPY\n"
XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
 xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject>
<Cube><Cube time="2012-12-31"><Cube currency="USD" rate="1.3194"/><Cube currency="JPY" rate="113.61"/></Cube>
<Cube time="2012-12-28"><Cube currency="USD" rate="1.3183"/><Cube currency="JPY" rate="113.5"/></Cube></Cube>
</gesmes:Envelope>"""


def zipped(content: bytes, *names: str) -> bytes:
    """A zip with the content under each name."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return target.getvalue()


def test_csv_xml_and_zip_say_the_same() -> None:
    said = sorted((each.currency, each.date, each.rate) for each in read_rates(CSV))
    assert said[-1] == ("USD", date(2012, 12, 31), Decimal("1.3194"))
    assert len(said) == 4
    packed = (gzip.compress(CSV), zipped(CSV, "eurofxref-hist.csv"), zipped(XML, "e.xml"), XML)
    for content in packed:
        assert sorted((each.currency, each.date, each.rate) for each in read_rates(content)) == said


def test_the_daily_file_writes_its_day_in_words() -> None:
    found = read_rates(b"Date, USD, JPY, \n26 November 2024, 1.0478, 161.39, \n")
    assert [(each.currency, each.date) for each in found] == [
        ("USD", date(2024, 11, 26)),
        ("JPY", date(2024, 11, 26)),
    ]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", 1),
        (b"Date,USD\n", None),
        (b"Day,USD\n2012-12-31,1.3\n", 1),
        (DAILY, 1),
        (b"Date,USD,USD\n2012-12-31,1.3,1.3\n", 1),
        (b"Date,USD\n2012-12-31\n", 2),
        (b"Date,USD\n2012-13-31,1.3\n", 2),
        (b"Date,USD\n2012-12-31,0\n", 2),
        (b"Date,USD\n2012-12-31,-1.3\n", 2),
        (b"Date,USD\n2012-12-31,1.3e5\n", 2),
        (b"Date,USD\n2012-12-31,1.1234567\n", 2),
        (b"Date,USD\n2012-12-31,NaN\n", 2),
        (b"\xff\xfe\x00", None),
        (b"PK\x03\x04 nothing", None),
        (b"\x1f\x8b nothing", None),
        (XML.replace(b"1.3194", b"much"), 5),
        (XML.replace(b"</gesmes:Envelope>", b""), None),
        (b'<!DOCTYPE a [<!ENTITY b "c">]>' + XML, None),
        (zipped(CSV, "a.csv", "b.csv"), None),
        (zipped(CSV, "a.exe"), None),
        (b"<a>" * 100_000, None),
    ],
)
def test_what_is_no_file_of_rates_is_refused_with_its_line(
    content: bytes, line: int | None
) -> None:
    with pytest.raises(UnreadableRates) as refused:
        read_rates(content)
    assert line is None or refused.value.line == line


def test_a_zip_that_grows_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kantoor.departments.finance.formats.rates.ecb.MOST_BYTES", 100)
    with pytest.raises(UnreadableRates, match="larger"):
        read_rates(zipped(CSV * 100, "a.csv"))


def test_the_history_of_the_bank_is_taken_in_and_twice_changes_nothing(books: Books) -> None:
    content = shared_file("ecb", "eurofxref_hist.csv.gz").read_bytes()
    first = import_rates(books.anne, content)
    assert first.added == Rate.objects.count() > 100_000
    again = import_rates(books.anne, content)
    assert (again.added, again.replaced, again.known) == (0, 0, first.added)
    assert rate_on(books.anne, "USD", date(2012, 12, 31)).rate == Decimal("1.3194")


def test_what_was_read_is_taken_in(books: Books) -> None:
    quoted = read_rates(CSV)
    done = take_in_rates(books.anne, quoted=quoted, content_sha256="0" * 64, replace=False)
    assert (done.added, done.first, done.last) == (4, date(2012, 12, 28), date(2012, 12, 31))


def test_a_file_that_says_otherwise_is_refused_unless_it_is_to_replace(books: Books) -> None:
    import_rates(books.anne, CSV)
    other = CSV.replace(b"1.3194", b"1.3195")
    with pytest.raises(RateDiffers) as refused:
        import_rates(books.anne, other)
    assert "1.3194" in str(refused.value)
    assert import_rates(books.anne, other, replace=True).replaced == 1
    assert rate_on(books.anne, "USD", date(2012, 12, 31)).rate == Decimal("1.3195")


def test_a_bad_file_is_refused_as_a_whole(books: Books) -> None:
    with pytest.raises(UnreadableFile) as refused:
        import_rates(books.anne, CSV + b"2012-12-27,nothing,1,,\n")
    assert refused.value.place.line == 4
    with pytest.raises(Refusals, match="XXQ"):
        import_rates(books.anne, CSV.replace(b"CYP", b"XXQ").replace(b"N/A", b"1.5"))
    assert not Rate.objects.exists()


def test_a_day_without_rates_has_those_of_the_day_before(books: Books) -> None:
    import_rates(books.anne, CSV)
    found = rate_on(books.anne, "USD", date(2013, 1, 6))
    assert (found.date, found.to_own(13194)) == ("2012-12-31", 10000)
    with pytest.raises(MissingRate, match=r"USD.*2013-01-20"):
        rate_on(books.anne, "USD", date(2013, 1, 20))
    with pytest.raises(MissingRate):
        rate_on(books.anne, "USD", date(2012, 12, 27))


def test_a_rate_set_by_hand_goes_first_and_holds_for_a_month(books: Books) -> None:
    import_rates(books.anne, CSV)
    set_rate(books.anne, currency="USD", date=date(2012, 12, 31), rate=Decimal("1.3"))
    assert rate_on(books.anne, "USD", date(2012, 12, 31)).rate == Decimal("1.3")
    assert rate_on(books.anne, "USD", date(2013, 1, 31)).rate == Decimal("1.3")
    set_rate(books.anne, currency="USD", date=date(2012, 12, 31), rate=Decimal("1.31"))
    assert rate_on(books.anne, "USD", date(2012, 12, 31)).rate == Decimal("1.31")
    # The other way round: a dollar costs so many euros.
    set_rate(books.anne, base="USD", currency="EUR", date=date(2013, 1, 1), rate=Decimal("0.8"))
    assert rate_on(books.anne, "USD", date(2013, 1, 2)).rate == Decimal("1.25")


def test_two_other_currencies_are_compared_through_the_euro(db: None) -> None:
    books = begin_books("Yamada KK", country="GB", currency="JPY", chart="plain")
    import_rates(books.anne, CSV)
    found = rate_on(books.anne, "USD", date(2012, 12, 31))
    # 113.61 / 1.3194 = 86.1073…; a hundred dollars and a cent.
    assert found.to_own(10001) == 8612
    assert found.to_own(-10001) == -8612
    assert found.from_own(8612) == 10001
    assert rate_on(books.anne, "EUR", date(2012, 12, 31)).to_own(100) == 114


def test_own_currency_needs_no_rate(books: Books) -> None:
    assert rate_on(books.anne, "EUR", date(2012, 12, 31)).to_own(123) == 123


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rate": Decimal(0)}, "rate"),
        ({"rate": Decimal("-1")}, "rate"),
        ({"rate": Decimal("1.0000001")}, "rate"),
        ({"rate": Decimal("NaN")}, "rate"),
        ({"rate": Decimal("1E+999999")}, "rate"),
        ({"currency": "XXQ"}, "currency"),
        ({"currency": "EUR"}, "currency"),
        ({"base": "XXQ"}, "base"),
        ({"date": date(201, 1, 1)}, "date"),
    ],
)
def test_what_can_be_no_rate_is_refused(
    books: Books, changes: dict[str, object], field: str
) -> None:
    given = {"currency": "USD", "date": date(2012, 1, 1), "rate": Decimal("1.3"), **changes}
    with pytest.raises(InvalidInput) as refused:
        set_rates(books.anne, rates=[RateDraft(**given)])  # type: ignore[arg-type]
    assert (refused.value.place.field, refused.value.place.line) == (field, 1)


def test_a_day_has_one_rate(books: Books) -> None:
    drafts = [
        RateDraft(currency="USD", date=date(2012, 1, 1), rate=Decimal(rate)) for rate in ("1", "2")
    ]
    with pytest.raises(InvalidInput, match="two rates"):
        set_rates(books.anne, rates=drafts)
    with pytest.raises(Refusals):
        set_rates(
            books.anne, rates=[RateDraft(currency="X", date=date(1, 1, 1), rate=Decimal(1))] * 3
        )


def test_rates_are_of_one_company_and_need_a_permission(books: Books, other_books: Books) -> None:
    import_rates(books.anne, CSV)
    with pytest.raises(MissingRate):
        rate_on(other_books.anne, "USD", date(2012, 12, 31))
    with pytest.raises(NotAllowed):
        import_rates(books.bob("finance.post_entry"), CSV)
