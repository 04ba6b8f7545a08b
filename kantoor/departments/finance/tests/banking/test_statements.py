"""Taking in statements: proved, joined to those before, and never twice."""

from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from kantoor.departments.finance.actions.banking.accounts import (
    add_bank_account,
    retire_bank_account,
)
from kantoor.departments.finance.actions.banking.handing_in import take_in_path
from kantoor.departments.finance.actions.banking.statements import (
    import_statement,
    import_statements,
)
from kantoor.departments.finance.drafts_banking import BankFileDraft, BankFileTaken
from kantoor.departments.finance.errors import BadStatement
from kantoor.departments.finance.models import BankAccount, Statement, StatementLine
from kantoor.departments.finance.tests.banking.papers import ABN, ING, Row, camt, many, mt940
from kantoor.departments.finance.tests.people import Books
from kantoor.kernel.errors import NotAllowed, Refusals
from kantoor.kernel.files.models import File

FIRST = Row("2011-03-02", 5000, "invoice 1", "Molen BV", ING, "REF1")
SECOND = Row("2011-03-09", -1250, "rent", "Huur BV", ING, "REF2")
THIRD = Row("2011-04-04", 700, "invoice 2", "Vos", ING, "REF3")


@pytest.fixture
def bank(books: Books) -> Books:
    """Books with one bank account."""
    add_bank_account(books.anne, name="Current account", iban=ABN)
    return books


def take(bank: Books, content: bytes, **more: object) -> BankFileTaken:
    """Take in a file as Anne."""
    return import_statement(bank.anne, name="bank.sta", content=content, **more)  # type: ignore[arg-type]


def refused(bank: Books, content: bytes, **more: object) -> str:
    """The rule by which a file is refused; nothing of it is kept."""
    before = (Statement.objects.count(), StatementLine.objects.count(), File.objects.count())
    with pytest.raises(BadStatement) as error:
        take(bank, content, **more)
    after = (Statement.objects.count(), StatementLine.objects.count(), File.objects.count())
    assert after == before
    return error.value.rule


@pytest.mark.parametrize("form", [mt940, camt])
def test_a_statement_is_taken_in_with_its_lines(bank: Books, form: object) -> None:
    taken = take(bank, form(10000, FIRST, SECOND))  # type: ignore[operator]
    assert (taken.statements, taken.lines, taken.known) == (1, 2, 0)
    one, two = StatementLine.objects.order_by("n")
    assert (one.amount, one.text, one.name, one.iban, one.reference) == (
        5000, "invoice 1", "Molen BV", ING, "REF1",
    )  # fmt: skip
    assert (two.amount, two.booked_on.isoformat(), two.entry_id) == (-1250, "2011-03-09", None)
    held = Statement.objects.get()
    assert (held.opening, held.closing, held.line_count) == (10000, 13750, 2)
    assert File.objects.get(pk=held.file_id).name == "bank.sta"


def test_the_same_file_again_changes_nothing(bank: Books) -> None:
    content = mt940(10000, FIRST, SECOND)
    take(bank, content)
    again = take(bank, content)
    assert (again.statements, again.lines, again.known, again.known_lines) == (0, 0, 1, 2)
    assert Statement.objects.count() == 1


def test_the_next_statement_begins_where_the_last_ended(bank: Books) -> None:
    take(bank, mt940(10000, FIRST, SECOND))
    taken = take(bank, mt940(13750, THIRD, start="2011-03-31", end="2011-04-30", number="2"))
    assert taken.lines == 1


def test_an_earlier_statement_may_come_later(bank: Books) -> None:
    take(bank, mt940(13750, THIRD, start="2011-03-31", end="2011-04-30", number="2"))
    assert take(bank, mt940(10000, FIRST, SECOND)).lines == 2
    more = mt940(14450, FIRST._replace(on="2011-05-02"), start="2011-04-30", end="2011-05-31")
    assert take(bank, more).lines == 1


def test_a_gap_is_named_and_nothing_is_taken(bank: Books) -> None:
    take(bank, mt940(10000, FIRST, SECOND))
    later = mt940(99900, THIRD, start="2011-04-30", end="2011-05-31", number="3")
    assert refused(bank, later) == "bank.gap"
    taken = take(bank, later, lenient=True)
    assert [each.rule for each in taken.warnings] == ["bank.gap"]
    assert "137.50" in Statement.objects.latest("id").warning


def test_of_an_overlap_only_what_is_new_is_taken(bank: Books) -> None:
    take(bank, mt940(10000, FIRST, SECOND))
    both = mt940(15000, SECOND, THIRD, start="2011-03-08", end="2011-04-30", number="2")
    taken = take(bank, both)
    assert (taken.statements, taken.lines, taken.known_lines) == (1, 1, 1)
    held = Statement.objects.latest("id")
    assert (held.opening, held.closing, held.known) == (13750, 14450, 1)


def test_an_overlap_that_leads_nowhere_is_refused(bank: Books) -> None:
    take(bank, mt940(10000, FIRST, SECOND))
    other = THIRD._replace(on="2011-03-20")
    wrong = mt940(12000, SECOND, other, start="2011-03-08", end="2011-04-30", number="2")
    assert refused(bank, wrong) == "bank.overlap"


def test_payments_that_are_alike_in_everything_are_all_taken(bank: Books) -> None:
    twice = FIRST._replace(reference="")
    take(bank, mt940(0, twice, twice, end="2011-03-02"))
    again = mt940(0, twice, twice, twice, end="2011-03-02")
    taken = take(bank, again)
    assert (taken.lines, taken.known_lines) == (1, 2)
    assert sorted(StatementLine.objects.values_list("repeat", flat=True)) == [0, 1, 2]


def test_a_wrong_sum_is_refused_with_both_figures(bank: Books) -> None:
    with pytest.raises(BadStatement) as error:
        take(bank, mt940(10000, FIRST, closing=16000))
    assert error.value.rule == "bank.sum"
    assert "150.00" in str(error.value)
    assert "160.00" in str(error.value)


def test_a_wrong_sum_comes_in_with_a_warning_when_asked(bank: Books) -> None:
    taken = take(bank, mt940(10000, FIRST, closing=16000), lenient=True)
    assert [each.rule for each in taken.warnings] == ["bank.sum"]
    assert Statement.objects.get().warning


def test_one_bad_statement_refuses_the_whole_file(bank: Books) -> None:
    good = mt940(10000, FIRST)
    bad = mt940(15000, THIRD, closing=1, start="2011-03-31", end="2011-04-30", number="2")
    assert refused(bank, good + b"\r\n" + bad) == "bank.sum"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "bank.empty"),
        (b"no statement", "bank.form"),
        (mt940(0, FIRST, account="NL20INGB0001234567"), "bank.unknown_account"),
        (mt940(0, FIRST, currency="USD"), "bank.currency"),
        (mt940(0, FIRST).replace(b":61:110302", b":61:110231"), "bank.date"),
        (mt940(0, FIRST).replace(b":61:110302", b":61:11x302"), "bank.entry"),
        (mt940(0, FIRST).replace(b":62F:", b":64:"), "bank.no_closing"),
        (mt940(0, FIRST).replace(b":60F:", b":65:"), "bank.no_opening"),
        (mt940(0, FIRST).replace(b"C50,00", b"C50,001"), "bank.amount"),
        (camt(0, FIRST).replace(b"2011-03-02", b"2011-02-31"), "bank.date"),
        (camt(0, FIRST)[:-30], "bank.xml"),
        (camt(0, FIRST).replace(b"<Document", b"<!DOCTYPE x []><Document"), "bank.xml"),
        (camt(0, FIRST).replace(b"CRDT", b"OTHER"), "bank.amount"),
        (camt(0, FIRST).replace(b">50.00<", b">5e1<"), "bank.amount"),
        (b"\x1f\x8b" + b"0" * 40, "bank.gzip"),
        (b":20:X\n\0", "bank.encoding"),
    ],
)
def test_what_is_no_statement_of_this_account_is_refused(
    bank: Books, content: bytes, rule: str
) -> None:
    assert refused(bank, content) == rule


def test_a_file_must_be_of_the_account_that_was_chosen(bank: Books) -> None:
    add_bank_account(bank.anne, name="Savings", iban=ING)
    assert refused(bank, mt940(0, FIRST), account="BNK2") == "bank.other_account"
    assert refused(bank, mt940(0, FIRST), account="BNK9") == "bank.unknown_account"
    assert take(bank, mt940(0, FIRST), account="BNK1").lines == 1


def test_no_statement_of_a_retired_account_is_taken(bank: Books) -> None:
    retire_bank_account(bank.anne, code="BNK1")
    assert refused(bank, mt940(0, FIRST)) == "bank.retired"


def test_an_account_that_is_not_known_is_added_when_asked(books: Books) -> None:
    taken = take(books, mt940(0, FIRST, account=ING), open_accounts=True)
    assert (taken.opened, taken.accounts) == (["BNK1"], ["BNK1"])
    assert BankAccount.objects.get().iban == ING
    bob = books.bob("finance.import_statement")
    with pytest.raises(NotAllowed):
        import_statement(bob, name="b", content=mt940(0, FIRST), open_accounts=True)


def test_several_files_are_taken_all_or_none(bank: Books) -> None:
    files = [
        BankFileDraft(name="1", content=mt940(0, FIRST)),
        BankFileDraft(name="2", content=b"x"),
        BankFileDraft(name="3", content=mt940(1, FIRST, closing=9)),
    ]
    with pytest.raises(Refusals) as error:
        import_statements(bank.anne, files=files)
    assert len(error.value.errors) == 2
    assert not Statement.objects.exists()


def test_reports_and_notifications_are_kept_but_not_taken_in(bank: Books) -> None:
    report = camt(0, FIRST).replace(b"camt.053", b"camt.052").replace(b"BkToCstmrStmt", b"BkToCstmrAcctRpt")  # fmt: skip
    report = report.replace(b"<Stmt>", b"<Rpt>").replace(b"</Stmt>", b"</Rpt>")
    taken = take(bank, report)
    assert (taken.form, taken.statements) == ("camt.052.001.02", 0)
    assert [each.rule for each in taken.warnings] == ["bank.report"]
    assert File.objects.count() == 1


@pytest.mark.parametrize("version", [f"{n:02}" for n in range(1, 15)])
def test_every_version_of_camt_is_read(bank: Books, version: str) -> None:
    taken = take(bank, camt(10000, FIRST, SECOND, version=version))
    assert taken.form == f"camt.053.001.{version}"
    assert StatementLine.objects.get(n=1).name == "Molen BV"


def test_statements_are_taken_in_a_bounded_number_of_statements(
    bank: Books, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        take(bank, mt940(0, *many(1000)))


def test_what_the_bank_said_never_changes(bank: Books) -> None:
    take(bank, mt940(0, FIRST))
    for sql in (
        "UPDATE finance_statement_line SET amount = 1",
        "UPDATE finance_statement SET closing = 1",
        "DELETE FROM finance_statement_line",
    ):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_a_path_answers_with_what_came_of_it(bank: Books, tmp_path: Path) -> None:
    path = tmp_path / "march.sta"
    path.write_bytes(mt940(0, FIRST))
    found = take_in_path(bank.anne, path)
    assert (found.ok, found.file, found.what, found.lines) == (True, "march.sta", "mt940", 1)
    found = take_in_path(bank.anne, tmp_path / "none.sta")
    assert [each.rule for each in found.errors] == ["bank.file"]
    path.write_bytes(mt940(0, FIRST, closing=1))
    assert [each.rule for each in take_in_path(bank.anne, path).errors] == ["bank.sum"]
