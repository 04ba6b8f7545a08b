"""Exports: other programs read the ledger, and their balances are ours."""

import csv
import io
import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kantoor.departments.finance.actions.accounts import add_account
from kantoor.departments.finance.actions.dimensions import add_dimension, add_dimension_value
from kantoor.departments.finance.actions.reversal import reverse_entry
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.exports import export_ledger
from kantoor.departments.finance.exports.account_names import account_names
from kantoor.departments.finance.exports.amounts import decimal_text
from kantoor.departments.finance.public import post_csv
from kantoor.departments.finance.queries.accounts import Heading, headings
from kantoor.departments.finance.queries.trial_balance import trial_balance
from kantoor.departments.finance.tests.people import (
    BANK,
    PURCHASES,
    SALES,
    SHARES,
    Books,
    add_parties,
    begin_books,
    entry,
    sale,
)
from kantoor.kernel.errors import InvalidInput, NotAllowed

NASTY = 'He said "50% off; or |2| for 1"\\ \t— é漢 ,\n* 2011-01-01 open Assets:X'


def exported(books: Books, format: Any) -> str:
    return "".join(export_ledger(books.anne, format=format))


def fill(books: Books) -> None:
    """Two years with everything in them that an export could stumble over."""
    add_parties(books, ["C1", "C 2"])
    add_dimension(books.anne, code="region", name_en="Region")
    add_dimension_value(books.anne, dimension="region", code="Noord-Holland 1", name="x")
    add_dimension_value(books.anne, dimension="cost_centre", code="100", name="y")
    add_account(books.anne, code="a.1", name_en=NASTY[:100], kind="asset", group="cash")
    add_account(books.anne, code="A.1", name_en="Other", kind="asset", group="cash")
    books.post(
        entry("2010-01-01", (BANK, 100_000_000), (SHARES, -100_000_000), text=NASTY[:200]),
        entry("2010-02-28", ("a.1", 5), ("A.1", 3), (BANK, -8), text="", reference=NASTY[:80]),
        EntryDraft(
            date=date(2010, 12, 31),
            text="Abroad",
            journal="BNK",
            lines=[
                LineDraft(
                    account=PURCHASES,
                    amount=9_200,
                    currency="JPY",
                    currency_amount=12_345,
                    party="C 2",
                    dimensions={"region": "Noord-Holland 1", "cost_centre": "100"},
                    text=NASTY,
                ),
                LineDraft(account=BANK, amount=-9_200, text=" padded "),
            ],
        ),
        *[sale("2011-05-05", n, text=f"Sale {n}") for n in range(1, 30)],
    )
    reverse_entry(books.anne, entry="BNK/2010/1", why=NASTY)


def balances(books: Books) -> dict[str, Decimal]:
    names = account_names(headings(books.anne))
    return {
        names[row.code]: Decimal(row.closing).scaleb(-2)
        for row in trial_balance(books.anne).accounts
        if row.closing
    }


def run(*words: str | Path) -> str:
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def tool(name: str) -> Path:
    return Path(sys.executable).with_name(name)


def test_beancount_takes_the_ledger_and_finds_our_balances(books: Books, tmp_path: Path) -> None:
    fill(books)
    path = tmp_path / "ledger.beancount"
    path.write_text(exported(books, "beancount"))
    run(tool("bean-check"), path)
    query = "SELECT account, sum(number) AS total GROUP BY account"
    rows = csv.reader(io.StringIO(run(tool("bean-query"), "-f", "csv", path, query)))
    next(rows)
    found = {name.strip(): Decimal(total) for name, total in rows}
    assert {name: total for name, total in found.items() if total} == balances(books)


@pytest.mark.needs("hledger")
def test_hledger_takes_the_ledger_and_finds_our_balances(books: Books, tmp_path: Path) -> None:
    fill(books)
    path = tmp_path / "ledger.journal"
    path.write_text(exported(books, "hledger"))
    run("hledger", "-f", path, "check", "--strict")
    text = run("hledger", "-f", path, "balance", "--flat", "--no-total", "-O", "json")
    found = {}
    for name, _full, _depth, amounts in json.loads(text)[0]:
        quantity = amounts[0]["aquantity"]
        found[name] = Decimal(quantity["decimalMantissa"]).scaleb(-quantity["decimalPlaces"])
    assert found == balances(books)


def test_the_csv_can_be_posted_again_and_nothing_is_lost(books: Books, tmp_path: Path) -> None:
    fill(books)
    text = exported(books, "csv")
    path = tmp_path / "ledger.csv"
    path.write_bytes(text.encode())
    again = begin_books("Second")
    add_parties(again, ["C1", "C 2"])
    add_dimension(again.anne, code="region", name_en="Region")
    add_dimension_value(again.anne, dimension="region", code="Noord-Holland 1", name="x")
    add_dimension_value(again.anne, dimension="cost_centre", code="100", name="y")
    for code in ("a.1", "A.1"):
        add_account(again.anne, code=code, name_en="Mine", kind="asset", group="cash")
    post_csv(again.anne, path)
    assert without(exported(again, "csv"), "reverses") == without(text, "reverses")
    assert balances(again) == balances(books)


def without(text: str, column: str) -> list[dict[str, str]]:
    return [{**row, column: ""} for row in csv.DictReader(io.StringIO(text, newline=""))]


numbers = count()
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=4))
def test_any_text_comes_through_the_csv(
    db: None, tmp_path: Path, texts: list[tuple[str, str, str]]
) -> None:
    number = next(numbers)
    books, again = begin_books(f"From {number}"), begin_books(f"To {number}")
    books.post(
        *[
            EntryDraft(
                date=date(2011, 1, 1),
                text=whole,
                reference=reference,
                lines=[
                    LineDraft(account=BANK, amount=1, text=text),
                    LineDraft(account=SALES, amount=-1),
                ],
            )
            for whole, reference, text in texts
        ]
    )
    path = tmp_path / "ledger.csv"
    path.write_bytes(exported(books, "csv").encode())
    post_csv(again.anne, path)
    assert exported(again, "csv") == exported(books, "csv")


@pytest.mark.parametrize("format", ["beancount", "hledger", "csv"])
def test_an_export_of_empty_books(books: Books, tmp_path: Path, format: str) -> None:
    text = exported(books, format)
    assert text
    if format == "beancount":
        path = tmp_path / "ledger.beancount"
        path.write_text(text)
        run(tool("bean-check"), path)


def test_an_export_holds_nothing_of_another_company(books: Books, other_books: Books) -> None:
    other_books.post(sale("2011-01-01", 5, text="Secret"))
    for format in ("beancount", "hledger", "csv"):
        assert "Secret" not in exported(books, format)
    with pytest.raises(NotAllowed):
        export_ledger(books.bob("finance.read_ledger"), format="csv")
    with pytest.raises(InvalidInput):
        export_ledger(books.anne, format="pdf")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [(-1250, "EUR", "-12.50"), (5, "EUR", "0.05"), (0, "EUR", "0.00"), (1250, "JPY", "1250"),
     (-1, "BHD", "-0.001"), (2**63 - 1, "EUR", "92233720368547758.07")],
)  # fmt: skip
def test_minor_units_as_text(minor: int, currency: str, text: str) -> None:
    assert decimal_text(minor, currency) == text


def test_accounts_get_names_of_their_own() -> None:
    codes = ["1000", "a.1", "A.1", "A-1", "a-1", "Xa-1"]
    names = account_names(Heading(n, code, "", "asset", "cash") for n, code in enumerate(codes))
    assert len(set(names.values())) == len(codes)
    assert names["1000"] == "Assets:1000"
