"""Another administration comes in: a dry run first, all or nothing, once, to the cent."""

import io
from datetime import date
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from kantoor.departments.finance.actions.leaving import import_ledger
from kantoor.departments.finance.exports import export_ledger
from kantoor.departments.finance.models import Entry, ImportedFile, Line, OpenItem
from kantoor.departments.finance.queries.leaving.answers import LedgerFile, LedgerImport
from kantoor.departments.finance.queries.leaving.foresee import foresee_import
from kantoor.departments.finance.queries.trial_balance import trial_balance
from kantoor.departments.finance.tests.people import Books, begin_books, sale
from kantoor.departments.finance.tests.reporting.test_xaf import two_years
from kantoor.kernel.errors import DomainError, InvalidInput, NotAllowed, Refusals
from kantoor.kernel.parties.models import Party
from kantoor.kernel.tests.shared import shared_file

JOURNAL = """
account bezit:bank  ; type: A

2020-01-01 Begin
    bezit:bank          EUR 1000.00
    Equity:Begin

2020-02-01 Kantoorvakhandel | Papier
    Expenses:Papier     EUR 12.50
    bezit:bank

2020-03-01 Dollars
    bezit:bank          $ 10.00 @ EUR 0.905
    Income:Omzet
"""


def given(text: str | bytes, name: str = "boek.journal") -> list[LedgerFile]:
    return [LedgerFile(name, text.encode() if isinstance(text, str) else text)]


def foresee(
    books: Books, text: str | bytes, name: str = "boek.journal", **more: Any
) -> LedgerImport:
    return foresee_import(books.anne, files=given(text, name), **more)


def bring(books: Books, text: str | bytes, name: str = "boek.journal", **more: Any) -> LedgerImport:
    return import_ledger(books.anne, files=given(text, name), **more)


def trial(books: Books) -> dict[str, int]:
    rows = trial_balance(books.anne).accounts
    return {row.code: row.closing for row in rows if row.closing and row.code}


def test_a_dry_run_says_everything_and_changes_nothing(books: Books) -> None:
    found = foresee(books, JOURNAL)
    assert found.ok
    assert not found.done
    assert (found.entries, found.lines) == (3, 6)
    assert (found.first, found.last) == (date(2020, 1, 1), date(2020, 3, 1))
    assert [
        (each.source, each.code, each.kind, each.how, each.balance) for each in found.accounts
    ] == [
        ("Equity:Begin", "Begin", "equity", "made", -1000_00),
        ("Expenses:Papier", "Papier", "expense", "made", 12_50),
        ("Income:Omzet", "Omzet", "income", "made", -9_05),
        ("bezit:bank", "bank", "asset", "made", 996_55),
    ]
    assert all(each.source_balance == each.balance for each in found.accounts)
    assert ("bezit:bank", "$", "10") in [
        (each.account, each.commodity, each.amount) for each in found.balances
    ]
    assert not Entry.objects.exists()


def test_an_import_does_what_the_dry_run_said(books: Books) -> None:
    foreseen = foresee(books, JOURNAL)
    done = bring(books, JOURNAL)
    assert done.done
    assert done.accounts == foreseen.accounts
    assert trial(books) == {each.code: each.balance for each in done.accounts}
    dollars = Line.objects.get(currency="USD")
    assert (dollars.amount, dollars.currency_amount) == (9_05, 10_00)
    assert set(Entry.objects.values_list("origin", flat=True)) == {
        f"finance.imported_file/{ImportedFile.objects.get().pk}"
    }


def test_the_same_file_again_changes_nothing(books: Books) -> None:
    bring(books, JOURNAL)
    again = bring(books, JOURNAL, name="renamed.journal")
    assert again.known
    assert not again.done
    assert Entry.objects.count() == 3
    more = [*given(JOURNAL), *given(JOURNAL + "; more\n", "more.journal")]
    with pytest.raises(DomainError, match="imported before"):
        import_ledger(books.anne, files=more)


def test_a_mapping_says_what_becomes_what(books: Books) -> None:
    mapping = """
        [accounts]
        "bezit:*" = "10201"
        "Equity:Begin" = "05401"
        [kinds]
        "Expenses:*" = "expense"
    """
    bring(books, JOURNAL, mapping=mapping)
    found = trial(books)
    assert found["10201"] == 996_55
    assert found["05401"] == -1000_00


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("2020-01-01 x\n  Assets:A  5 EUR\n  Income:B  -4 EUR\n", "unbalanced", 1),
        ("2020-01-01 x\n  Assets:A  5 AAPL\n  Income:B\n", "commodity", 2),
        ("2020-01-01 x\n  Assets:A  0.005 EUR\n  Income:B\n", "decimals", 2),
        ("2020-01-01 x\n  (Assets:A)  5 EUR\n", "virtual", 2),
        ("2020-01-01 x\n  what  5 EUR\n  Income:B\n", "kind", 0),
        ("include x\n2020-01-01 x\n  Assets:A  5 EUR\n  Income:B\n", "directive", 1),
        ("; nothing\n", "empty", 0),
    ],
)
def test_what_can_not_come_in_is_refused_by_name_and_nothing_is_posted(
    books: Books, text: str, code: str, line: int
) -> None:
    found = foresee(books, text)
    assert (code, line) in [(each.code, each.line) for each in found.refused]
    assert not found.ok
    with pytest.raises(DomainError):
        bring(books, text)
    assert not Entry.objects.exists()
    assert not ImportedFile.objects.exists()


def test_postings_that_nothing_balances_can_be_left_out(books: Books) -> None:
    text = "2020-01-01 x\n  (Budget)  5 EUR\n  Assets:A  5 EUR\n  Income:B\n"
    found = bring(books, text, mapping='virtual = "leave out"')
    assert found.done
    assert [each.code for each in found.notes] == ["virtual"]


def test_what_the_books_refuse_undoes_the_whole_import(books: Books) -> None:
    text = JOURNAL + "\n1850-01-01 Too early\n  Assets:A  5 EUR\n  Income:B\n"
    with pytest.raises(DomainError):
        bring(books, text)
    assert not Entry.objects.exists()
    assert not ImportedFile.objects.exists()


@pytest.mark.parametrize("format", ["beancount", "hledger", "csv"])
def test_our_own_exports_come_back_as_they_went(books: Books, format: Any) -> None:
    two_years(books)
    text = "".join(export_ledger(books.anne, format=format))
    again = begin_books("Second")
    found = bring(again, text, name=f"ledger.{format}")
    assert found.done
    assert trial(again) == trial(books)


@pytest.mark.parametrize("version", ["4.0", "3.2", "3.2.1"])
def test_our_own_audit_files_come_back_year_by_year(books: Books, version: str) -> None:
    two_years(books)
    again = begin_books("Second")
    text = "".join(export_ledger(books.anne, format="xaf", version=version, year="2010"))
    assert bring(again, text, name="2010.xaf").done
    end = date(2010, 12, 31)
    before, after = (
        {row.code: row.closing for row in trial_balance(each.anne, end=end).accounts}
        for each in (books, again)
    )
    assert before == after


def test_open_items_of_an_audit_file_stay_open(books: Books) -> None:
    two_years(books)
    again = begin_books("Second")
    text = "".join(export_ledger(books.anne, format="xaf", version="3.2", year="2011"))
    found = bring(again, text, name="2011.xaf")
    assert found.open_items == 1
    item = OpenItem.objects.get(company_id=again.company_id, entry__date=date(2011, 1, 1))
    assert item.party is not None
    assert (item.party.code, item.open, item.due_on) == ("K1", 178_56, date(2011, 1, 19))
    assert "14590" not in trial(again)
    assert Party.objects.get(company_id=again.company_id, code="K1").city == "Town"


def test_the_official_test_file_is_read(books: Books) -> None:
    path = shared_file("auditfile", "XAF_4_0_Test_100425.xaf")
    found = foresee(books, path.read_bytes(), "test.xaf")
    assert found.ok, found.refused
    assert found.entries == 2
    assert [(each.source, each.balance) for each in found.accounts] == [
        ("1000", 22222_22),
        ("2000", -22222_22),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]><auditfile/>',
        "<auditfile xmlns='http://www.auditfiles.nl/XAF/3.2'>",
        "<other/>",
        "<auditfile xmlns='http://www.auditfiles.nl/XAF/3.2'>" + "<a>" * 500,
        "",
        "\0\0",
    ],
)
def test_bad_xml_is_refused(books: Books, text: str) -> None:
    assert not foresee(books, text, "x.xaf", format="xaf").ok


def test_totals_that_are_not_so_are_named(books: Books) -> None:
    path = shared_file("auditfile", "XAF_4_0_Test_100425.xaf")
    text = path.read_text().replace("<linesCount>2</linesCount>", "<linesCount>3</linesCount>")
    assert [each.code for each in foresee(books, text, "x.xaf").refused] == ["totals", "totals"]


TABLE = """Boekstuk;Datum;Rekening;Rekeningnaam;Debet;Credit;Omschrijving;Relatie;Kostenplaats
1;31-01-2020;10201;;1.000,00;;Storting;;
1;31-01-2020;05011;;;1.000,00;Storting;;
2;01-02-2020;4999;Papier;12,50;;Papier;;HAL
2;01-02-2020;16011;;;12,50;Papier;L7;
"""


def test_a_table_in_dutch(books: Books) -> None:
    mapping = '[kinds]\n"4999" = "expense"'
    found = bring(books, TABLE, "mutaties.csv", mapping=mapping)
    assert found.done
    assert trial(books) == {"10201": 1000_00, "05011": -1000_00, "4999": 12_50, "16011": -12_50}
    assert Party.objects.get(company_id=books.company_id).code == "L7"


def workbook(rows: list[list[Any]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def test_balances_parties_and_open_items_as_workbooks(books: Books) -> None:
    files = [
        LedgerFile("balans.xlsx", workbook([["Rekening", "Saldo"], ["10201", 500.1], ["13011", 121], ["05011", -621.1]])),
        LedgerFile("klanten.xlsx", workbook([["Relatie", "Naam", "Plaats", "Soort"], ["K9", "Molen BV", "Delft", "klant"]])),
        LedgerFile("open.xlsx", workbook([["Relatie", "Factuurnummer", "Datum", "Vervaldatum", "Bedrag"],
                                          ["K9", "2019-7", date(2019, 12, 1), date(2019, 12, 31), 121]])),
    ]  # fmt: skip
    found = import_ledger(books.anne, files=files, mapping="opening_date = 2020-01-01")
    assert found.done
    assert trial(books) == {"10201": 500_10, "13011": 121_00, "05011": -621_10}
    item = OpenItem.objects.get(company_id=books.company_id)
    assert item.party is not None
    assert (item.open, item.due_on, item.party.name) == (121_00, date(2019, 12, 31), "Molen BV")


@pytest.mark.parametrize("amount", [1e30, -1e300])
def test_a_number_of_a_workbook_beyond_any_amount_is_named(books: Books, amount: float) -> None:
    content = workbook([["Rekening", "Saldo"], ["10201", amount], ["05011", 1]])
    found = foresee(books, content, "x.xlsx", mapping="opening_date = 2020-01-01")
    assert "amount" in [each.code for each in found.refused]


def test_open_items_that_are_not_the_balance_are_named(books: Books) -> None:
    files = [
        LedgerFile("b.csv", b"account,amount\n13011,100.00\n05011,-100.00\n"),
        LedgerFile(
            "o.csv", b"party,reference,date,due_on,amount\nK9,1,2019-12-01,2019-12-31,99.00\n"
        ),
    ]
    found = foresee_import(books.anne, files=files, mapping="opening_date = 2020-01-01")
    assert [each.code for each in found.refused] == ["items"]


@pytest.mark.parametrize(
    ("mapping", "format"),
    [("[accounts", ""), ("colour = 1", ""), ('[kinds]\n"a" = "b"', ""), ("", "pdf")],
)
def test_a_mapping_that_can_not_be_is_refused(books: Books, mapping: str, format: str) -> None:
    with pytest.raises(InvalidInput):
        foresee(books, JOURNAL, mapping=mapping, format=format)


def test_who_may_not_import_is_refused(books: Books) -> None:
    bob = books.bob("finance.read_ledger", "finance.post_entry")
    for ask in (foresee_import, import_ledger):
        with pytest.raises(NotAllowed):
            ask(bob, files=given(JOURNAL))


def test_nothing_of_another_company_is_touched(books: Books, other_books: Books) -> None:
    other_books.post(sale("2020-01-01", 5))
    bring(books, JOURNAL)
    assert trial(other_books) == {"10201": 5, "80301": -5}
    assert not foresee(other_books, JOURNAL).known


def test_the_limit_of_refusals_is_twenty(books: Books) -> None:
    text = "\n".join(
        f"2020-01-01 x\n  Assets:A  {n + 2} EUR\n  Income:B  -1 EUR\n" for n in range(30)
    )
    with pytest.raises(Refusals) as refused:
        bring(books, text)
    assert len(refused.value.errors) == 20
