"""Files of entries: read as they are, all or nothing, and every mistake has its line."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantoor.departments.finance.actions import entries as posting
from kantoor.departments.finance.actions.dimensions import add_dimension_value
from kantoor.departments.finance.actions.entries import post_entry_stream
from kantoor.departments.finance.drafts import EntryDraft
from kantoor.departments.finance.errors import (
    AboveLimit,
    AmountOutOfRange,
    EmptyEntry,
    MissingRate,
    TornEntry,
    UnbalancedEntry,
    UnknownDimension,
)
from kantoor.departments.finance.models import Entry, Line
from kantoor.departments.finance.public import post_csv
from kantoor.departments.finance.queries.entries import entry as entry_card
from kantoor.departments.finance.queries.trial_balance import trial_balance
from kantoor.departments.finance.readers import first_seen
from kantoor.departments.finance.readers.post_csv import PostFile
from kantoor.departments.finance.tests.people import BANK, SALES, Books, add_parties, sale
from kantoor.kernel.errors import DomainError, InvalidInput, Refusals
from kantoor.kernel.record.models import Record

HEAD = "entry,date,account,amount,currency,text"
GOOD = "\n".join(
    [
        HEAD,
        f"1,2011-01-31,{BANK},1250,EUR,rent",
        f'1,2011-01-31,{SALES},-1250,EUR,"rent, and ""more"""',
        "",
    ]
)


def file_of(folder: Path, text: str | bytes, name: str = "entries.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.mark.parametrize(
    "form",
    [
        lambda text: text.encode(),
        lambda text: gzip.compress(text.encode()),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace(",", ";").replace("rent; and", "rent, and").encode(),
        lambda text: (text + "\n\n").encode(),
        lambda text: text.rstrip().encode(),
        lambda text: text.replace("entry,date", "Entry, Date ").encode(),
    ],
    ids=["plain", "gzip", "bom", "crlf", "semicolons", "blank lines", "no last end", "capitals"],
)
def test_a_file_is_posted(books: Books, tmp_path: Path, form) -> None:  # type: ignore[no-untyped-def]
    posted = post_csv(books.anne, file_of(tmp_path, form(GOOD)))
    assert (posted.entries, posted.lines, posted.first) == (1, 2, "MEM/2011/1")
    card = entry_card(books.anne, number="MEM/2011/1")
    assert [(line.account, line.amount, line.text) for line in card.lines] == [
        (BANK, 1250, "rent"),
        (SALES, -1250, 'rent, and "more"'),
    ]
    assert (card.entry.text, card.entry.reference) == ("rent", "1")


def test_every_column_that_may_be_there(books: Books, tmp_path: Path) -> None:
    add_parties(books, ["C1"])
    add_dimension_value(books.anne, dimension="project", code="P 1", name="One")
    path = file_of(
        tmp_path,
        f"{HEAD},party,project,base_amount,journal,reference,entry_text,origin,reverses\n"
        f"x,2011-01-31,{BANK},1000,USD,paid,C1,P 1,920,BNK,R1,Whole,sales.order/1,MEM/2010/1\n"
        f"x,2011-01-31,{SALES},-920,EUR,sold,,,,,,,,\n",
    )
    assert post_csv(books.anne, path).first == "BNK/2011/1"
    card = entry_card(books.anne, number="BNK/2011/1")
    paid, sold = card.lines
    assert (paid.amount, paid.currency, paid.currency_amount) == (920, "USD", 1000)
    assert (paid.party, paid.dimensions, sold.dimensions) == ("C1", {"project": "P 1"}, {})
    row = card.entry
    assert (row.text, row.reference, row.origin, row.reverses) == ("Whole", "R1", "", "")


def rows(*rows: str) -> str:
    return "\n".join([HEAD, *rows])


A, B = f"1,2011-01-31,{BANK},5,EUR,a", f"1,2011-01-31,{SALES},-5,EUR,a"

WRONG: list[tuple[str, str | bytes, type[DomainError], int | None, str]] = [
    ("nothing in it", "", InvalidInput, 1, "file"),
    ("only a head", HEAD, EmptyEntry, None, ""),
    ("no head", f"{A}\n{B}", Refusals, 1, "entry"),
    ("a column is missing", rows(A, B).replace("amount,", ""), InvalidInput, 1, "amount"),
    ("a column twice", rows(A, B).replace("text", "text,text"), InvalidInput, 1, "text"),
    ("a column that is none", rows(A, B).replace("text", "text,Our ref!"), InvalidInput, 1, "our ref!"),
    ("too few cells", rows(A, B.removesuffix(",a")), InvalidInput, 3, ""),
    ("too many cells", rows(A, B + ",b"), InvalidInput, 3, ""),
    ("an open quote", rows(A, B.removesuffix("a") + '"a'), InvalidInput, 3, "file"),
    ("text behind a quote", rows(A.removesuffix("a") + '"a"b', B), InvalidInput, 2, "file"),
    ("Latin-1", rows(A, B).replace("a", "é").replace("d\u00e9te", "date").encode("latin-1"), InvalidInput, 1, ""),
    ("Latin-1 further on", rows(A, B + "\u00e9").encode("latin-1"), InvalidInput, 3, ""),
    ("UTF-16", rows(A, B).encode("utf-16"), InvalidInput, 1, ""),
    ("half a gzip", gzip.compress(rows(A, B).encode())[:-12], InvalidInput, None, "file"),
    ("no gzip behind its mark", b"\x1f\x8bnonsense", InvalidInput, None, "file"),
    ("31 February", rows(A.replace("01-31", "02-31"), B), InvalidInput, 2, "date"),
    ("a date of another form", rows(A.replace("2011-01-31", "31-01-2011"), B), InvalidInput, 2, "date"),
    ("a date with a time", rows(A.replace("2011-01-31", "2011-01-31T00:00"), B), InvalidInput, 2, "date"),
    ("decimals", rows(A.replace(",5,", ",5.00,"), B), AmountOutOfRange, 2, "amount"),
    ("a decimal comma", rows(A.replace(",5,", ',"5,00",'), B), AmountOutOfRange, 2, "amount"),
    ("no amount", rows(A.replace(",5,", ",,"), B), InvalidInput, 2, "amount"),
    ("words", rows(A.replace(",5,", ",five,"), B), InvalidInput, 2, "amount"),
    ("a number with a stripe", rows(A.replace(",5,", ",5_0,"), B), InvalidInput, 2, "amount"),
    ("beyond 64 bits", rows(A.replace(",5,", f",{2**63},"), B), AmountOutOfRange, 2, "amount"),
    ("far beyond", rows(A.replace(",5,", f",{'9' * 5000},"), B), AmountOutOfRange, 2, "amount"),
    ("no rate", rows(A.replace("EUR", "USD"), B), MissingRate, 2, "currency"),
    ("no entry named", rows(A[1:], B), InvalidInput, 2, "entry"),
    ("an entry in two places", rows(A, B, f"2{A[1:]}", f"2{B[1:]}", A, B), TornEntry, 6, "entry"),
    ("two dates in an entry", rows(A, B.replace("01-31", "01-30")), TornEntry, 3, "date"),
    ("no such dimension", rows(A + ",n", B + ",").replace("text", "text,region"), UnknownDimension, 2, "region"),
    ("out of balance", rows(A, B.replace("-5", "-6")), UnbalancedEntry, 2, "amount"),
    ("out of balance further on", rows(A, B, f"2{A[1:]}", f"2{A[1:]}"), UnbalancedEntry, 4, "amount"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "error", "line", "field"),
    [case[1:] for case in WRONG],
    ids=[case[0] for case in WRONG],
)
def test_a_file_with_a_mistake_is_refused_as_a_whole(
    books: Books,
    tmp_path: Path,
    text: str | bytes,
    error: type[DomainError],
    line: int | None,
    field: str,
) -> None:
    with pytest.raises(error) as refused:
        post_csv(books.anne, file_of(tmp_path, text))
    if error is not Refusals:
        assert type(refused.value) is error
    assert (refused.value.place.line, refused.value.place.field) == (line, field)
    assert not Line.objects.exists()


def test_a_file_that_is_not_there(books: Books, tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(InvalidInput) as refused:
            post_csv(books.anne, path)
        assert refused.value.place.field == "file"


def test_up_to_twenty_mistakes_are_said_at_once(books: Books, tmp_path: Path) -> None:
    bad = [f"{n},2011-02-30,{BANK},x,EUR,a" for n in range(2, 40)]
    with pytest.raises(Refusals) as refused:
        post_csv(books.anne, file_of(tmp_path, rows(A, B, *bad)))
    assert [error.place.line for error in refused.value.errors] == list(range(4, 24))


def test_a_long_file_is_posted_part_by_part_and_all_or_nothing(
    books: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "ENTRIES_AT_ONCE", 7)
    good = [f"{n}{row[1:]}" for n in range(1, 101) for row in (A, B)]
    posted = post_csv(books.anne, file_of(tmp_path, rows(*good)))
    assert (posted.entries, posted.lines) == (100, 200)
    assert (posted.first, posted.last) == ("MEM/2011/1", "MEM/2011/100")
    with pytest.raises(UnbalancedEntry) as refused:
        post_csv(books.anne, file_of(tmp_path, rows(*good, f"101{A[1:]}", f"101{A[1:]}")))
    assert refused.value.place.line == 202
    assert Entry.objects.count() == 100
    assert trial_balance(books.anne).debit == 500


def test_one_record_of_the_whole_with_the_digest_of_the_file(books: Books, tmp_path: Path) -> None:
    before = Record.objects.count()
    post_csv(books.anne, file_of(tmp_path, GOOD))
    done = Record.objects.order_by("-seq").first()
    assert done is not None
    assert (Record.objects.count(), done.action) == (before + 1, "finance.post_entry_stream")
    again = post_csv(books.anne, file_of(tmp_path, GOOD, "same.csv"))
    assert again.first == "MEM/2011/2"
    requests = [bytes(r.request) for r in Record.objects.order_by("-seq")[:2]]
    assert requests[0] == requests[1]


def test_a_stream_that_can_be_read_once_is_our_own_mistake(books: Books) -> None:
    def once() -> Iterator[EntryDraft]:
        yield sale("2011-01-01", 1)

    with pytest.raises(TypeError):
        post_entry_stream(books.anne, entries=once(), content_sha256="")


def test_a_file_above_the_limit_is_refused(books: Books, tmp_path: Path) -> None:
    bob = books.bob("finance.post_entry", limits={"finance.post_entry": 1000})
    with pytest.raises(AboveLimit) as refused:
        post_csv(bob, file_of(tmp_path, GOOD))
    assert refused.value.place.line == 2


@given(st.lists(st.integers(0, 60), max_size=200))
def test_keys_seen_before_are_found_however_few_fit_in_memory(keys: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch, first_seen.FirstSeen() as seen:
        patch.setattr(first_seen, "AT_ONCE", 8)
        found = [again for n, key in enumerate(keys) if (again := seen.add(str(key), n))]
        if (last := seen.at_end()) is not None:
            found.append(last)
    assert bool(found) == (len(set(keys)) < len(keys))
    assert all(str(keys[line]) == key and keys.index(keys[line]) < line for key, line in found)


def test_an_endless_line_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = file_of(tmp_path, HEAD + "\n" + "x" * 3_000_000)
    with pytest.raises(InvalidInput) as refused:
        list(PostFile(path, "EUR"))
    assert refused.value.place.line == 2
