"""Entries that name tax codes: checked, and kept as facts; those that name none cost nothing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from kantoor.departments.finance.actions.post_files import post_csv
from kantoor.departments.finance.actions.reversal import reverse_entry
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.errors import UnknownTaxCode, WrongTax
from kantoor.departments.finance.models import EntryTax
from kantoor.departments.finance.tests.people import (
    BANK,
    PURCHASES,
    SALES,
    VAT,
    Books,
    add_parties,
)
from kantoor.kernel.errors import Refusals
from kantoor.kernel.record.verify.system import verify

INPUT, REVERSED, LOST, DRAWINGS = "13305", "16210", "46445", "05011"
Said = tuple[str, int, str] | tuple[str, int, str, int]


def taxed(on: str, *lines: Said, party: str = "") -> EntryDraft:
    """An entry of account, amount, tax code and perhaps the base as said."""
    return EntryDraft(
        date=date.fromisoformat(on),
        text="Test",
        lines=[
            LineDraft(
                account=account,
                amount=amount,
                tax=tax,
                tax_base=base[0] if base else None,
                party=party if account == BANK else "",
            )
            for account, amount, tax, *base in lines
        ],
    )


def facts() -> list[tuple[str, int, int, int]]:
    """The facts there are: code, base, tax and input tax."""
    found = EntryTax.objects.select_related("tax_code").order_by("id")
    return [(each.tax_code.code, each.base, each.amount, each.deductible) for each in found]


@pytest.mark.parametrize(
    ("lines", "fact"),
    [
        ([(BANK, 12_100, ""), (SALES, -10_000, "S21"), (VAT, -2_100, "S21")],
         ("S21", 10_000, 2_100, 0)),
        ([(BANK, -12_100, ""), (SALES, 10_000, "S21"), (VAT, 2_100, "S21")],
         ("S21", -10_000, -2_100, 0)),
        ([(BANK, -12_100, ""), (PURCHASES, 10_000, "P21"), (INPUT, 2_100, "P21")],
         ("P21", 10_000, 2_100, 2_100)),
        ([(BANK, -12_100, ""), (PURCHASES, 10_000, "P21-50"), (INPUT, 1_050, "P21-50"),
          (LOST, 1_050, "P21-50")], ("P21-50", 10_000, 2_100, 1_050)),
        ([(BANK, -10_000, ""), (PURCHASES, 10_000, "PK21"), (INPUT, 2_100, "PK21"),
          (REVERSED, -2_100, "PK21")], ("PK21", 10_000, 2_100, 2_100)),
        ([(BANK, -10_000, ""), (PURCHASES, 10_000, "PE")], ("PE", 10_000, 0, 0)),
        ([(DRAWINGS, 540, ""), (VAT, -540, "V21", 20_000)], ("V21", 20_000, 540, 0)),
        ([(BANK, -4_200, ""), (INPUT, 4_200, "PC21", 20_000)], ("PC21", 20_000, 4_200, 4_200)),
        # Rounded for each of two lines: 2 × 0.525 up is 1.06, of both together 1.05.
        ([(BANK, -606, ""), (PURCHASES, 250, "P21"), (PURCHASES, 250, "P21"),
          (INPUT, 106, "P21")], ("P21", 500, 106, 106)),
    ],
)  # fmt: skip
def test_what_an_entry_says_of_tax_is_kept(
    books: Books, lines: list[Said], fact: tuple[str, int, int, int]
) -> None:
    books.post(taxed("2024-05-01", *lines))
    assert facts() == [fact]


@pytest.mark.parametrize(
    ("lines", "field", "error"),
    [
        ([(BANK, 12_200, ""), (SALES, -10_000, "S21"), (VAT, -2_200, "S21")], "tax", WrongTax),
        ([(BANK, 10_000, ""), (SALES, -10_000, "S21")], "tax", WrongTax),
        ([(BANK, 2_100, ""), (VAT, -2_100, "S21")], "tax", WrongTax),
        ([(BANK, 100, ""), (SALES, -100, "S20")], "tax", UnknownTaxCode),
        ([(BANK, 100, ""), (SALES, -100, "", 5)], "tax_base", WrongTax),
        # A base as said beside one that a line is.
        ([(BANK, 12_100, ""), (SALES, -10_000, "S21"), (VAT, -2_100, "S21", 9)], "tax", WrongTax),
        # Half of a reverse charge.
        ([(BANK, -12_100, ""), (PURCHASES, 10_000, "PK21"), (INPUT, 2_100, "PK21")],
         "tax", WrongTax),
        ([(BANK, -12_100, ""), (PURCHASES, 10_000, "P21-50"), (INPUT, 2_100, "P21-50")],
         "tax", WrongTax),
    ],
)  # fmt: skip
def test_tax_that_is_not_what_it_says_is_refused(
    books: Books, lines: list[Said], field: str, error: type[Exception]
) -> None:
    with pytest.raises(error) as refused:
        books.post(taxed("2024-05-01", *lines))
    assert refused.value.place.field == field  # type: ignore[attr-defined]
    assert facts() == []


def test_the_refusal_says_what_the_tax_would_be(books: Books) -> None:
    wrong = taxed("2024-05-01", (BANK, 220, ""), (SALES, -200, "S21"), (VAT, -20, "S21"))
    with pytest.raises(WrongTax, match="S21: the tax on 200 is 42 minor units"):
        books.post(wrong)


def test_several_faults_are_said_at_once(books: Books) -> None:
    wrong = taxed("2024-05-01", (BANK, 220, "S1"), (SALES, -220, "S2"))
    with pytest.raises(Refusals) as refused:
        books.post(wrong)
    assert [type(each) for each in refused.value.errors] == [UnknownTaxCode] * 2


def test_a_reversal_takes_the_tax_back(books: Books) -> None:
    made = books.post(
        taxed("2024-05-01", (BANK, 121, ""), (SALES, -100, "S21"), (VAT, -21, "S21")),
        taxed("2024-05-02", (BANK, 121, ""), (SALES, -100, "S21"), (VAT, -21, "S21")),
    )
    reverse_entry(books.anne, entry=made.first, why="twice", on=date(2024, 6, 1))
    assert facts() == [("S21", 100, 21, 0), ("S21", 100, 21, 0), ("S21", -100, -21, 0)]
    assert EntryTax.objects.latest("id").date == date(2024, 6, 1)


def test_the_fact_knows_who_it_was_with(books: Books) -> None:
    add_parties(books, ["K1"])
    books.post(
        taxed("2024-05-01", (BANK, 121, ""), (SALES, -100, "S21"), (VAT, -21, "S21"), party="K1")
    )
    party = EntryTax.objects.get().party
    assert party is not None
    assert party.code == "K1"


def test_a_file_of_entries_says_tax_in_a_column(books: Books, tmp_path: Path) -> None:
    file = tmp_path / "taxed.csv"
    file.write_text(
        "entry,date,account,amount,currency,text,tax,tax_base\n"
        f"1,2024-05-01,{BANK},121,EUR,Sale,,\n"
        f"1,2024-05-01,{SALES},-100,EUR,Sale,S21,\n"
        f"1,2024-05-01,{VAT},-21,EUR,Sale,S21,\n"
        f"2,2024-05-01,{DRAWINGS},540,EUR,Private,,\n"
        f"2,2024-05-01,{VAT},-540,EUR,Private,V21,20000\n"
    )
    post_csv(books.anne, file)
    assert facts() == [("S21", 100, 21, 0), ("V21", 20_000, 540, 0)]


def test_facts_of_tax_are_never_changed(books: Books) -> None:
    books.post(taxed("2024-05-01", (BANK, 121, ""), (SALES, -100, "S21"), (VAT, -21, "S21")))
    for sql in ("UPDATE finance_entry_tax SET amount = 0", "DELETE FROM finance_entry_tax"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_the_record_proves_facts_of_tax_and_those_of_their_reversal(books: Books) -> None:
    made = books.post(taxed("2024-05-01", (BANK, -4_200, ""), (INPUT, 4_200, "PC21", 20_000)))
    reverse_entry(books.anne, entry=made.first, why="twice")
    assert EntryTax.objects.filter(said=True).count() == 2
    assert [each for each in verify().faults if "entry_tax" in each.where] == []


def test_entries_without_tax_ask_nothing_more(
    books: Books, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    books.post(taxed("2024-05-01", (BANK, 1, ""), (SALES, -1, "")))
    with django_assert_max_num_queries(40) as plain:  # type: ignore[attr-defined]
        books.post(taxed("2024-05-01", (BANK, 1, ""), (SALES, -1, "")))
    asked = [each["sql"] for each in plain.captured_queries]
    assert not [sql for sql in asked if "finance_tax_code" in sql or "finance_entry_tax" in sql]
