"""The Dutch VAT return: boxes by hand-made figures, filed and frozen, corrected and booked."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Sum

from kantoor.departments.finance.actions.reversal import reverse_entry
from kantoor.departments.finance.actions.vat.filing import file_vat_return, file_vat_supplement
from kantoor.departments.finance.actions.vat.regimes import set_vat_regime
from kantoor.departments.finance.errors import NotReversible, NotToFile, NoVatReturn
from kantoor.departments.finance.models import Line, VatReturn
from kantoor.departments.finance.proofs_vat import filed_returns
from kantoor.departments.finance.queries.vat.fact_list import vat_facts
from kantoor.departments.finance.queries.vat.reconciliation import vat_reconciliation
from kantoor.departments.finance.queries.vat.regimes import vat_regimes
from kantoor.departments.finance.queries.vat.register import vat_corrections, vat_returns
from kantoor.departments.finance.queries.vat.returns import vat_return
from kantoor.departments.finance.tests.payables.buying import (
    bought,
    enter,
    post,
    purchase,
    supplier,
)
from kantoor.departments.finance.tests.people import (
    BANK,
    PURCHASES,
    SALES,
    VAT,
    Books,
    begin_books,
)
from kantoor.departments.finance.tests.vat.quarter import (
    EXPECTED,
    INPUT,
    REVERSED,
    SETTLED,
    a_quarter,
    boxes,
    file,
    file_all,
    supplement,
    taxed,
)
from kantoor.kernel.actions.runner import NeedsSecondPair
from kantoor.kernel.errors import InvalidInput, NotAllowed

ONE, TWO = "2024-Q1", "2024-Q2"


def late_sale(on: str, euros: int) -> object:
    """A sale of so many euros that comes in late."""
    net, tax = euros * 100, euros * 21
    return taxed(on, (BANK, net + tax, ""), (SALES, -net, "S21"), (VAT, -tax, "S21"))


def balance(account: str) -> int:
    """What an account stands at."""
    return Line.objects.filter(account__code=account).aggregate(sum=Sum("amount"))["sum"] or 0


def test_the_boxes_are_those_made_by_hand(books: Books) -> None:
    a_quarter(books)
    found = boxes(vat_return(books.anne, period=ONE))
    assert {key: found[key] for key in EXPECTED} == EXPECTED
    assert set(found) == {*EXPECTED, "5c", "5g"}
    assert found["5g"] == (None, 28_00)


def test_each_figure_is_the_sum_of_the_facts_behind_it(books: Books) -> None:
    a_quarter(books)
    card = vat_return(books.anne, period=ONE)
    for box in card.boxes:
        if box.exact_tax is None and box.exact_base is None:
            continue
        rows = vat_facts(books.anne, period=ONE, box=box.box).rows
        if box.box == "5b":
            assert sum(row.deductible for row in rows) == box.exact_tax
        else:
            assert sum(row.base for row in rows) == box.exact_base
            assert sum(row.tax for row in rows) == (box.exact_tax or 0)


def test_facts_come_page_by_page_in_one_order(books: Books) -> None:
    a_quarter(books)
    whole = vat_facts(books.anne, period=ONE).rows
    parts, after = [], ""
    while True:
        page = vat_facts(books.anne, period=ONE, cursor=after, limit=3)
        parts += page.rows
        after = page.next_cursor
        if not after:
            break
    assert parts == whole
    assert [row.date for row in whole] == sorted(row.date for row in whole)
    with pytest.raises(InvalidInput):
        vat_facts(books.anne, period=ONE, cursor="nowhere")
    with pytest.raises(InvalidInput):
        vat_facts(books.anne, period=ONE, box="5a")


def test_filing_books_the_return_and_empties_the_accounts_of_vat(books: Books) -> None:
    a_quarter(books)
    before = {account: balance(account) for account in (VAT, INPUT, REVERSED)}
    filed = file(books, ONE, payable=28_00)
    assert (filed.payable, filed.entry) == (28_00, "MEM/2024/12")
    # What is left is of the day before and the day after the quarter.
    assert (balance(VAT), balance(INPUT), balance(REVERSED)) == (-42_00, 0, 0)
    assert all(before.values())
    assert balance(SETTLED) == -28_00
    card = vat_return(books.anne, period=ONE)
    assert (card.state, card.payable, card.entry) == ("filed", 28_00, filed.entry)
    exact = 241_72 + 8_09 + 42_00 + 168_00 + 315_00 + 259_26 - 1004_76
    assert card.rounding == exact - 28_00


def test_what_is_filed_is_frozen(books: Books) -> None:
    a_quarter(books)
    file(books, ONE)
    frozen = vat_return(books.anne, period=ONE)
    books.post(late_sale("2024-02-01", 100))  # type: ignore[arg-type]
    assert vat_return(books.anne, period=ONE) == frozen
    for sql in (
        "UPDATE finance_vat_return SET payable = 0",
        "UPDATE finance_vat_figure SET tax = 0",
        "DELETE FROM finance_vat_figure",
        "DELETE FROM finance_vat_return",
        "INSERT INTO finance_vat_figure (vat_return_id, box, base, tax)"
        " SELECT id, '1c', 1, 1 FROM finance_vat_return",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_small_correction_goes_into_the_next_return(books: Books) -> None:
    a_quarter(books)
    file(books, ONE)
    books.post(late_sale("2024-02-01", 1000))  # type: ignore[arg-type]
    card = vat_return(books.anne, period=TWO)
    assert (card.correction, card.carried) == (210_00, True)
    assert [(row.period, row.box, row.tax) for row in card.corrections] == [(ONE, "1a", 210_00)]
    assert boxes(card)["1a"] == (1_100_00, 231_00)
    # Only the return that comes next carries it.
    assert boxes(vat_return(books.anne, period="2024-Q3")) == {}
    assert vat_facts(books.anne, period="2024-Q3").rows == []
    owed = {row.period: row.payable for row in vat_returns(books.anne)}
    assert (owed[TWO], owed["2024-Q3"], owed["2024-Q4"]) == (231_00, 0, 0)
    assert (
        sum(row.tax for row in vat_facts(books.anne, period=TWO).rows if row.correction) == 210_00
    )
    file(books, TWO, payable=231_00)
    assert vat_corrections(books.anne).correction == 0
    kept = vat_return(books.anne, period=TWO)
    assert kept.corrections == card.corrections
    # Neither return takes it a second time.
    assert boxes(vat_return(books.anne, period="2024-Q3")) == {}


def test_a_large_correction_needs_a_supplement_first(books: Books) -> None:
    a_quarter(books)
    file(books, ONE)
    books.post(late_sale("2024-02-01", 5000))  # type: ignore[arg-type]
    found = vat_corrections(books.anne)
    assert (found.correction, found.supplement) == (1_050_00, True)
    card = vat_return(books.anne, period=TWO)
    assert (card.carried, boxes(card)["1a"]) == (False, (100_00, 21_00))
    with pytest.raises(NotToFile):
        file(books, TWO)
    assert supplement(books, payable=1_050_00).code == "2024-Q1/S1"
    assert file(books, TWO).payable == 21_00
    assert balance(SETTLED) == -(28_00 + 1_050_00 + 21_00)
    states = [(row.period, row.state) for row in vat_returns(books.anne)][::-1]
    assert states[:3] == [(ONE, "filed"), ("2024-Q1/S1", "supplement"), (TWO, "filed")]


def test_the_limit_of_a_correction_is_a_thousand_euros(books: Books) -> None:
    a_quarter(books)
    file(books, ONE)
    books.post(taxed("2024-02-01", (BANK, 1000_00, ""), (VAT, -1000_00, "V21"), base=1))
    assert vat_return(books.anne, period=TWO).carried
    books.post(taxed("2024-02-01", (BANK, 1, ""), (VAT, -1, "V21"), base=1))
    assert not vat_return(books.anne, period=TWO).carried


def test_a_supplement_of_nothing_is_refused(books: Books) -> None:
    with pytest.raises(NotToFile):
        supplement(books)
    a_quarter(books)
    file(books, ONE)
    with pytest.raises(NotToFile):
        supplement(books)


def test_filing_needs_a_second_person(books: Books) -> None:
    a_quarter(books)
    with pytest.raises(NeedsSecondPair):
        file_vat_return(books.anne, period=ONE)
    with pytest.raises(NeedsSecondPair):
        file_vat_supplement(books.anne)
    with pytest.raises(NotAllowed):
        file_vat_return(books.bob("finance.read_vat"), period=ONE)
    assert not VatReturn.objects.exists()


def test_what_changed_since_it_was_looked_at_is_refused(books: Books) -> None:
    a_quarter(books)
    with pytest.raises(NotToFile) as refused:
        file(books, ONE, payable=27_00)
    assert refused.value.place.field == "payable"


@pytest.mark.parametrize("period", ["2024-01", "2024", "2024-Q3", "2024-Q1"])
def test_only_the_next_period_of_the_right_length_is_filed(books: Books, period: str) -> None:
    a_quarter(books)
    file(books, ONE)
    with pytest.raises(NotToFile):
        file(books, period)


def test_a_period_that_is_not_over_is_refused(books: Books) -> None:
    with pytest.raises(NotToFile, match="not over yet"):
        file(books, "2199-Q1")


def test_a_company_may_file_by_month_from_a_day_on(books: Books) -> None:
    a_quarter(books)
    file(books, ONE)
    set_vat_regime(books.anne, starts_on=date(2024, 4, 1), rhythm="month")
    assert [row.rhythm for row in vat_regimes(books.anne)] == ["month", "quarter"]
    filed = file_all(books, ["2024-04", "2024-05"])
    assert [each.payable for each in filed] == [21_00, 0]
    with pytest.raises(NotToFile):
        set_vat_regime(books.anne, starts_on=date(2024, 4, 1), rhythm="quarter")
    with pytest.raises(InvalidInput):
        set_vat_regime(books.anne, starts_on=date(2024, 8, 1), rhythm="quarter")


def test_the_payment_reference_is_made_of_the_tax_number(books: Books) -> None:
    set_vat_regime(
        books.anne, starts_on=date(2023, 1, 1), rhythm="quarter", tax_number="NL001041149B01"
    )
    assert file(books, "2023-Q2").reference == "4001041141301240"


def test_refunds_are_rounded_in_our_favour_too(books: Books) -> None:
    """Output of -21.42 goes down to -22, input of 10.01 up to 11."""
    books.post(
        taxed("2024-01-05", (BANK, -123_42, ""), (SALES, 102_00, "S21"), (VAT, 21_42, "S21")),
        taxed("2024-01-06", (BANK, -57_68, ""), (PURCHASES, 47_67, "P21"), (INPUT, 10_01, "P21")),
    )
    found = boxes(vat_return(books.anne, period=ONE))
    assert (found["1a"], found["5b"]) == ((-102_00, -22_00), (None, 11_00))
    assert found["5g"] == (None, -33_00)


def test_the_old_reduction_is_filled_in_by_hand_until_2019(books: Books) -> None:
    books.post(
        taxed("2019-11-05", (BANK, 1210_00, ""), (SALES, -1000_00, "S21"), (VAT, -210_00, "S21"))
    )
    filed = file(books, "2019-Q4", said={"5d": 100_00})
    assert filed.payable == 110_00
    assert (balance(SETTLED), balance(VAT)) == (-110_00, -100_00)
    with pytest.raises(InvalidInput):
        file(books, "2020-Q1", said={"5d": 100_00})
    with pytest.raises(InvalidInput):
        file(books, "2020-Q1", said={"5e": 100_01})


def test_the_booking_of_a_return_is_not_reversed(books: Books) -> None:
    a_quarter(books)
    filed = file(books, ONE)
    with pytest.raises(NotReversible):
        reverse_entry(books.anne, entry=filed.entry, why="no")


def test_a_country_without_a_return_says_so(db: None) -> None:
    books = begin_books("Sol SA", country="BR", currency="BRL", chart="plain")
    with pytest.raises(NoVatReturn):
        vat_return(books.anne, period=ONE)


def test_another_company_sees_none_of_it(books: Books, other_books: Books) -> None:
    a_quarter(books)
    file(books, ONE)
    assert boxes(vat_return(other_books.anne, period=ONE)) == {}
    assert vat_facts(other_books.anne, period=ONE).rows == []


def test_purchase_invoices_count_from_their_posting_on(books: Books) -> None:
    supplier(books)
    drafts = (
        purchase("A1", bought(100_00), on="2024-02-01"),
        purchase("A2", bought(200_00, tax="PK21"), on="2024-02-02"),
        purchase("A3", bought(50_00, tax="P21-50"), on="2024-02-03"),
        purchase("A4", bought(10_00), on="2024-02-04", credit=True),
    )
    numbers = [each.number for each in enter(books, *drafts)]
    assert boxes(vat_return(books.anne, period=ONE)) == {}
    post(books, *numbers[:2], *numbers[3:])
    # 21.00 + 42.00 - 2.10 of input tax.
    found = boxes(vat_return(books.anne, period=ONE))
    assert (found["4b"], found["5b"]) == ((200_00, 42_00), (None, 61_00))
    file(books, ONE)
    # Received before the filing and posted after it: a correction, not lost.
    post(books, numbers[2], on=date(2024, 2, 3))
    card = vat_return(books.anne, period=TWO)
    assert [(row.period, row.box, row.tax) for row in card.corrections] == [(ONE, "5b", 5_25)]
    rows = vat_facts(books.anne, period=TWO, box="5b").rows
    assert [(row.document, row.deductible, row.correction) for row in rows] == [
        (numbers[2], 5_25, True)
    ]
    tied = vat_reconciliation(books.anne, start=date(2024, 1, 1), end=date(2024, 3, 31))
    assert tied.difference == 0


def test_verify_reckons_filed_returns_anew(books: Books) -> None:
    a_quarter(books)
    file(books, ONE)
    books.post(late_sale("2024-02-01", 5000))  # type: ignore[arg-type]
    supplement(books)
    file(books, TWO)
    books.post(late_sale("2024-02-01", 10))  # type: ignore[arg-type]
    assert list(filed_returns()) == []
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else " ON finance_vat_figure"
        cursor.execute(f"DROP TRIGGER finance_vat_figure_no_update{on}")
        cursor.execute("UPDATE finance_vat_figure SET tax = 1 WHERE box = '1d' AND tax = 4200")
    assert [fault.where for fault in filed_returns()] == [
        f"finance_vat_return row {VatReturn.objects.get(code=ONE).pk}"
    ]
