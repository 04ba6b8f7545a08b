"""Plain-text journals: the balances that ledger, hledger and Beancount themselves find."""

import csv
import io
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from beancount import loader
from beancount.core import data
from hypothesis import given, settings
from hypothesis import strategies as st

from kantoor.departments.finance.formats.journals.beancount import read_beancount
from kantoor.departments.finance.formats.journals.ledgerlike import read_ledgerlike
from kantoor.departments.finance.formats.journals.values import Book, balances
from kantoor.kernel.tests.shared import shared_file

Sums = dict[tuple[str, str], Decimal]


def keys() -> list[Path]:
    """The postings that hledger and ledger themselves list for the real files."""
    try:
        root = shared_file("ledgers")
    except pytest.skip.Exception:
        return []
    return sorted(root.rglob("*.postings.csv"))


def expected(key: Path, dialect: str) -> Sums:
    rows = list(csv.reader(io.StringIO(key.read_text()), doublequote=True, escapechar="\\"))
    account, commodity, amount = 3, 4, 5
    if dialect == "hledger":
        heads = rows.pop(0)
        account, commodity, amount = (heads.index(n) for n in ("account", "commodity", "amount"))
    sums: Sums = {}
    for row in rows:
        place = row[account].strip("()[]"), row[commodity].strip('"')
        sums[place] = sums.get(place, Decimal(0)) + Decimal(row[amount].replace(",", ""))
    return {place: total for place, total in sums.items() if total}


@pytest.mark.parametrize("key", keys(), ids=lambda key: key.name.removesuffix(".postings.csv"))
def test_real_journals_have_the_balances_of_their_own_program(key: Path) -> None:
    dialect = "ledger" if key.parent.name == "ledger" else "hledger"
    source = key.with_name(key.name.removesuffix(".postings.csv"))
    book = read_ledgerlike(source.read_bytes(), dialect, 2026)
    assert [each for each in book.problems if each.grave] == []
    assert balances(book) == expected(key, dialect)


def test_real_journals_are_there() -> None:
    shared_file("ledgers")
    assert keys()


def read(text: str, dialect: str = "hledger", year: int | None = None) -> Book:
    book = read_ledgerlike(text.encode(), dialect, year)
    return book


def sums(text: str, dialect: str = "hledger") -> dict[str, str]:
    book = read(text, dialect)
    assert [str(each.message) for each in book.problems if each.grave] == []
    return {
        f"{name} {unit}".strip(): f"{total:f}" for (name, unit), total in balances(book).items()
    }


def faults(text: str, dialect: str = "hledger") -> list[tuple[str, int]]:
    return [(each.code, each.line) for each in read(text, dialect).problems if each.grave]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2020-01-01 x\n  a  $-1,234.50\n  b\n", {"a $": "-1234.50", "b $": "1234.50"}),
        ("2020-01-01 x\n  a  1.234,50 EUR\n  b\n", {"a EUR": "1234.50", "b EUR": "-1234.50"}),
        ("2020-01-01 x\n  a  EUR -5\n  b  EUR 5\n", {"a EUR": "-5", "b EUR": "5"}),
        ("2020-01-01 x\n  a  -$5\n  b\n", {"a $": "-5", "b $": "5"}),
        ('2020-01-01 x\n  a  3 "green apples"  ; note\n  b\n',
         {"a green apples": "3", "b green apples": "-3"}),
        ("2020-01-01 x\n  a  10 X @ 2.5 EUR\n  b\n", {"a X": "10", "b EUR": "-25.0"}),
        ("2020-01-01 x\n  a  10 X @@ 24 EUR\n  b\n", {"a X": "10", "b EUR": "-24"}),
        ("2020-01-01 x\n  a  10 X\n  b  -24 EUR\n", {"a X": "10", "b EUR": "-24"}),
        ("2020-01-01 x\n  a  10 X\n  b  5 EUR\n  c\n",
         {"a X": "10", "b EUR": "5", "c EUR": "-5", "c X": "-10"}),
        ("2020-01-01 x\n  [a]  5\n  [b]\n  (c)  7\n", {"a": "5", "b": "-5", "c": "7"}),
        ("2020-01-01 x\n  a  5\n  b\n2020-01-02 y\n  a  = 3\n  b\n", {"a": "3", "b": "-3"}),
        ("2020-01-02 y\n  a  = 3\n  b\n2020-01-01 x\n  a  5\n  b\n", {"a": "3", "b": "-3"}),
        ("alias assets = activa\n2020-01-01 x\n  assets:bank  1\n  b\n",
         {"activa:bank": "1", "b": "-1"}),
        ("alias /^as(.*)s/ = \\1\n2020-01-01 x\n  assets:bank  1\n  b\n",
         {"set:bank": "1", "b": "-1"}),
        ("apply account me\n2020-01-01 x\n  a  1\n  b\nend apply account\n2020-01-01 y\n  a  1\n  b\n",
         {"a": "1", "b": "-1", "me:a": "1", "me:b": "-1"}),
        ("comment\n2020-01-01 x\n  a  1\nend comment\n2020-01-01 x\n  a  1\n  b\n",
         {"a": "1", "b": "-1"}),
        ("commodity 1.000,00 EUR\n2020-01-01 x\n  a  1.000 EUR\n  b\n",
         {"a EUR": "1000", "b EUR": "-1000"}),
        ("decimal-mark ,\n2020-01-01 x\n  a  1,5 EUR\n  b\n", {"a EUR": "1.5", "b EUR": "-1.5"}),
        ("D 1000.00 EUR\n2020-01-01 x\n  a  5\n  b\n", {"a EUR": "5", "b EUR": "-5"}),
        ("Y2019\n1/2 x\n  a  5\n  b\n", {"a": "5", "b": "-5"}),
        ("2020/1/2=2020/1/3 ! (c7) x | y ; z\n\ta b  5\n\t* b\n", {"a b": "5", "b": "-5"}),
        ("2020-01-01 x\n  a  1 000 000,50 EUR\n  b\n",
         {"a EUR": "1000000.50", "b EUR": "-1000000.50"}),
    ],
)  # fmt: skip
def test_what_hledger_writes_is_understood(text: str, found: dict[str, str]) -> None:
    assert sums(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2020-01-01 x\n  a  1,000 EUR\n  b\n", {"a EUR": "1000", "b EUR": "-1000"}),
        ("2020-01-01 x\n  a  ($10 + $5 * 2)\n  b\n", {"a $": "20", "b $": "-20"}),
        ("A b\n2020-01-01 x\n  a  5\n", {"a": "5", "b": "-5"}),
        ("account b\n  alias c\n  default\n2020-01-01 x\n  c  5\n2020-01-02 x\n  a  5\n",
         {"a": "5", "b": "-5"}),
        ("2020-01-01 x\n  a  -1 X {10 EUR} @ 15 EUR\n  b  15 EUR\n  gain\n",
         {"a X": "-1", "b EUR": "15", "gain EUR": "-5"}),
        ("= /^in/ and not (gift)\n  (tax)  0.5\n2020-01-01 x\n  in:a  -8 EUR\n  in:gift  -1 EUR\n  b\n",
         {"in:a EUR": "-8", "in:gift EUR": "-1", "b EUR": "9", "tax EUR": "-4.0"}),
        ("= in\n  c  1\n  d  -1\n2020-01-01 x\n  in  4 EUR\n  b\n",
         {"in EUR": "4", "b EUR": "-4", "c EUR": "4", "d EUR": "-4"}),
    ],
)  # fmt: skip
def test_what_ledger_writes_is_understood(text: str, found: dict[str, str]) -> None:
    assert sums(text, "ledger") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("include other.journal\n", [("directive", 1)]),
        ("include /etc/passwd\n", [("directive", 1)]),
        ("python\n  import os\n", [("directive", 1)]),
        ("frobnicate 7\n", [("directive", 1)]),
        ("2020-01-01 x\n  a  5\n  b  4\n", [("unbalanced", 1)]),
        ("2020-01-01 x\n  a  5\n  b\n  c\n", [("balance", 4)]),
        ("2020-02-30 x\n  a  5\n  b\n", [("date", 1)]),
        ("1/1 x\n  a  5\n  b\n", [("year", 1)]),
        ("2020-01-01 x\n  a  5 = 6\n  b\n", [("assertion", 2)]),
        ("2020-01-01 x\n  a  five\n  b\n", [("amount", 2)]),
        ("  a  5\n", [("stray", 1)]),
        ("alias /((a+)+)+$/ = b\n", [("pattern", 1)]),
        ("i 2020-01-01 10:00:00 work\n", [("directive", 1)]),
        (f"2020-01-01 x\n  a  {'9' * 100} EUR\n  b\n", [("number", 2)]),
    ],
)
def test_what_can_not_be_read_is_named_with_its_line(
    text: str, found: list[tuple[str, int]]
) -> None:
    assert faults(text) == found


def test_one_wrong_entry_does_not_hide_the_others() -> None:
    book = read("2020-01-01 x\n  a  5\n  b  4\n\n2020-01-02 y\n  a  1\n  b\n")
    assert [entry.text for entry in book.entries] == ["y"]


# --- Beancount, beside Beancount itself


def theirs(path: Path) -> Sums:
    entries, _errors, _options = loader.load_file(str(path))
    sums: Sums = {}
    for entry in entries:
        if isinstance(entry, data.Transaction):
            for posting in entry.postings:
                units: Any = posting.units
                place = posting.account, units.currency
                sums[place] = sums.get(place, Decimal(0)) + units.number
    return {place: total for place, total in sums.items() if total}


SMALL = """
option "operating_currency" "USD"
* A heading
2010-01-01 open Assets:Bank USD
2010-01-01 open Assets:Stock
2010-01-01 open Assets:Fifo ABC "FIFO"
2010-01-01 open Income:Gains
2010-01-01 open Equity:Open
2010-01-01 open Expenses:Food
2010-01-01 pad Assets:Bank Equity:Open
2010-01-05 balance Assets:Bank 1,000.00 USD
2010-02-01 * "Shop" "Buy
over two lines; and \\"quotes\\""
  key: "value"
  Assets:Stock   10 ABC {10.00 USD}
  Assets:Bank
2010-02-02 * "Buy"
  Assets:Stock   10 ABC {{110.00 USD}}
  Assets:Bank   -110.00 USD
2010-02-03 * "Sell"
  Assets:Stock   -5 ABC {10.00 USD} @ 12 USD
  Assets:Bank    60.00 USD
  Income:Gains
2010-02-04 txn "Sell all"
  Assets:Stock   -15 ABC {}
  Assets:Bank    (100 + 2*30.00) USD
  Income:Gains
2010-03-01 ! "Abroad" #tag ^link
  ! Expenses:Food   10.00 EUR @ 1.3333 USD
  Assets:Bank
2010-03-02 * "f"
  Assets:Fifo   3 ABC {5.00 USD}
  Assets:Bank
2010-03-03 * "f"
  Assets:Fifo   3 ABC {6.00 USD, "lot2"}
  Assets:Bank
2010-03-04 * "f"
  Assets:Fifo   -4 ABC {}
  Assets:Bank   24 USD
  Income:Gains
2010-03-05 * "The price is missing"
  Expenses:Food  20.00 EUR @ USD
  Assets:Bank   -30.00 USD
2010-03-05 * "Price of all"
  Expenses:Food  20.00 EUR @@ 33.33 USD
  Assets:Bank
2010-03-06 price EUR 1.2 USD
2010-03-07 note Assets:Bank "hello"
"""


def test_beancount_lots_prices_and_fillings(tmp_path: Path) -> None:
    path = tmp_path / "small.beancount"
    path.write_text(SMALL)
    book = read_beancount(SMALL.encode())
    assert [str(each.message) for each in book.problems] == []
    assert balances(book) == theirs(path)


@pytest.mark.parametrize("seed", [1, 2])
def test_years_of_beancount_have_its_own_balances(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "example.beancount"
    tool = Path(sys.executable).with_name("bean-example")
    subprocess.run(
        [str(tool), "--seed", str(seed), "-o", str(path)], check=True, capture_output=True
    )
    book = read_beancount(path.read_bytes())
    assert [str(each.message) for each in book.problems if each.grave] == []
    assert balances(book) == theirs(path)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('include "x.beancount"', "directive"),
        ("2020-01-01 frob Assets:A", "directive"),
        ('2020-01-01 * "x"\n  Assets:A  5 USD\n  Assets:B  4 USD', "unbalanced"),
        ('2020-01-01 * "x"\n  Assets:A  -5 X {}\n  Assets:B', "amount"),
        ("2020-01-01 balance Assets:A 5 USD", "assertion"),
        ("2020-13-01 open Assets:A", "date"),
    ],
)
def test_what_beancount_can_not_read_is_named(text: str, code: str) -> None:
    assert code in [each.code for each in read_beancount(text.encode()).problems if each.grave]


# --- whatever comes: never more than a problem

PIECES = st.sampled_from(
    ["2020-01-01 x", "  a  5", "  b", "\n", "= /a/", "~ monthly", "  (v)  1 = 2", "alias a=b",
     "2010-01-01 open Assets:A", '2010-01-02 * "p" "n"', "  Assets:A  5 X {1 USD}", "  Assets:B",
     "  Assets:A  -5 X {} @@ 7 USD", "2010-01-03 pad Assets:A Assets:B", "commodity 1.000,0 X",
     "2010-02-03 balance Assets:A 7 USD", "apply account z", "end", "comment", "D $1,00.0", "@",
     "  a  {{", "  a  5 @ (", "  a (1 + (2", '  a  "', "A x", "Y20", "P 2020-01-01 X 5 Y"]
)  # fmt: skip
TEXT = st.one_of(
    st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=12).map("\n".join),
    st.text(max_size=200),
)


@settings(max_examples=150, deadline=2000)
@given(TEXT, st.sampled_from(["ledger", "hledger"]))
def test_no_text_breaks_the_reader(text: str, dialect: str) -> None:
    content = text.encode("utf-8", "surrogatepass")
    balances(read_ledgerlike(content, dialect, 2020))


@settings(max_examples=150, deadline=2000)
@given(TEXT)
def test_no_text_breaks_the_reader_of_beancount(text: str) -> None:
    balances(read_beancount(text.encode("utf-8", "surrogatepass")))


@settings(max_examples=50)
@given(st.binary(max_size=300))
def test_no_bytes_break_the_readers(content: bytes) -> None:
    balances(read_beancount(content))
    balances(read_ledgerlike(content, "ledger"))
