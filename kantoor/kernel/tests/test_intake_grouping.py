"""Documents made of rows: whole, in order, none lost, and within bounds."""

import tracemalloc
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantoor.kernel.intake.csvtable import CsvTable, Row
from kantoor.kernel.intake.grouping import (
    DOCUMENT_ROWS,
    KEY_LIMIT,
    WINDOW_ROWS,
    Document,
    group_documents,
)
from kantoor.kernel.intake.problems import Problem
from kantoor.kernel.intake.seen import SeenKeys


def rows_of(keys: Iterable[str]) -> list[Row]:
    return [(line, [key, f"row {line}"]) for line, key in enumerate(keys, 2)]


def documents(
    rows: Iterable[Row], *, window_rows: int = WINDOW_ROWS, document_rows: int = DOCUMENT_ROWS
) -> list[Document]:
    found = list(group_documents(rows, 0, window_rows=window_rows, document_rows=document_rows))
    assert all(isinstance(each, Document) for each in found)
    return [each for each in found if isinstance(each, Document)]


def shape(found: Iterable[Document]) -> list[tuple[str, list[int]]]:
    return [(each.identity, each.lines) for each in found]


def test_rows_that_stand_together_are_one_document() -> None:
    assert shape(documents(rows_of("aabccc"))) == [("a", [2, 3]), ("b", [4]), ("c", [5, 6, 7])]


def test_rows_that_stand_nearly_together_are_one_document_too() -> None:
    assert shape(documents(rows_of("aabaca"))) == [("a", [2, 3, 5, 7]), ("b", [4]), ("c", [6])]


def test_blanks_around_a_number_do_not_make_another_document() -> None:
    assert shape(documents(rows_of(["a", " a", "a "]))) == [("a", [2, 3, 4])]


def test_rows_that_come_after_the_window_are_a_second_document() -> None:
    far = documents(rows_of("a" + "bcd" * 100 + "a" + "efg" * 100 + "a"), window_rows=64)
    assert [each.identity for each in far if each.key == "a"] == ["a", "a#2", "a#3"]
    near = documents(rows_of("a" + "b" * 60 + "a"), window_rows=64)
    assert shape(near)[0] == ("a", [2, 63])


def test_a_document_longer_than_the_window_stays_whole() -> None:
    found = documents(rows_of("a" * 1000 + "b"), window_rows=10)
    assert [(each.identity, len(each.rows)) for each in found] == [("a", 1000), ("b", 1)]


@given(st.lists(st.sampled_from("abcdefgh"), max_size=400), st.integers(0, 100))
def test_no_row_is_lost_or_doubled_and_order_is_kept(keys: list[str], window: int) -> None:
    rows = rows_of(keys)
    found = documents(rows, window_rows=window)
    assert sorted(line for each in found for line in each.lines) == [line for line, _row in rows]
    assert [each.lines[0] for each in found] == sorted(each.lines[0] for each in found)
    assert len({each.identity for each in found}) == len(found)
    for each in found:
        assert each.lines == sorted(each.lines)
        assert {row[0] for row in each.rows} == {each.key}
        assert [row[1] for row in each.rows] == [f"row {line}" for line in each.lines]
    # The same file falls into the same documents.
    assert documents(rows, window_rows=window) == found


@given(st.lists(st.sampled_from("abcdefgh"), max_size=200))
def test_within_the_window_every_number_is_one_document(keys: list[str]) -> None:
    found = documents(rows_of(keys))
    assert {each.key: len(each.rows) for each in found} == Counter(keys)


def test_several_columns_can_make_the_number() -> None:
    keys = [("x/y", "z"), ("x", "y/z"), ("x/y", " z "), ("x", ""), ("", "x")]
    rows: list[Row] = [(line, [one, "-", two]) for line, (one, two) in enumerate(keys, 2)]
    found = [each for each in group_documents(rows, (0, 2)) if isinstance(each, Document)]
    assert shape(found) == [("x%2Fy/z", [2, 4]), ("x/y%2Fz", [3]), ("x/", [5]), ("/x", [6])]
    assert isinstance(next(group_documents([(2, ["", "-", " "])], (0, 2))), Problem)


@pytest.mark.parametrize("key", ["", "  ", "x" * (KEY_LIMIT + 1)])
def test_a_row_without_a_number_is_refused_by_itself(key: str) -> None:
    problem, *others = group_documents(rows_of(["a", key, "b"]), 0)
    assert isinstance(problem, Problem)
    assert (problem.line, problem.code, problem.given[1]) == (3, "document.no_key", "row 3")
    assert [each.problem for each in others if isinstance(each, Document)] == [None, None]


def test_a_row_that_cannot_be_read_takes_its_document_with_it() -> None:
    wrong = Problem(3, "", "csv.fields", "too few", ("a",))
    rows: list[Row] = [(2, ["a", "1"]), (3, wrong), (4, ["b", "1"]), (5, ["a", "1"])]
    first, second = documents(rows)
    assert (first.identity, first.lines, first.problem) == ("a", [2, 3, 5], wrong)
    assert first.rows[1] == ["a"]
    assert second.problem is None


def test_a_row_of_which_nothing_can_be_told_is_refused_by_itself() -> None:
    wrong = Problem(3, "", "csv.quote", "bad", b'a,"x"y"')
    assert wrong in list(group_documents([(2, ["a", "1"]), (3, wrong)], 0))


def test_where_reading_stops_the_open_documents_are_refused() -> None:
    end = Problem(None, "", "gzip.truncated", "cut", fatal=True)
    rows: list[Row] = [*rows_of("a" + "b" * 100 + "c"), (104, end)]
    *found, last = group_documents(rows, 0, window_rows=50)
    assert last is end
    problems = {each.key: each.problem for each in found if isinstance(each, Document)}
    assert problems == {"a": None, "b": end, "c": end}


def test_a_document_without_end_is_refused_in_pieces_and_none_of_it_lost() -> None:
    found = documents(rows_of("x" + "a" * 1000 + "y"), document_rows=200)
    pieces = [each for each in found if each.key == "a"]
    assert len(pieces) > 3
    assert {each.identity for each in pieces} == {"a"}
    assert {each.problem.code for each in pieces if each.problem} == {"document.too_long"}
    assert all(each.problem for each in pieces)
    assert sum(len(each.rows) for each in pieces) == 1000
    assert [each.problem for each in found if each.key != "a"] == [None, None]


def test_no_more_rows_are_held_than_may_be() -> None:
    def interleaved() -> Iterator[Row]:
        for n in range(100_000):
            yield n + 2, ["a" if n % 50 == 0 else str(n), ""]

    tracemalloc.start()
    try:
        held = sum(
            len(each.rows)
            for each in group_documents(interleaved(), 0, held_rows=2000)
            if isinstance(each, Document)
        )
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held == 100_000
    # A hundred thousand numbers of documents are remembered besides.
    assert peak < 20 << 20


def test_rows_of_great_length_are_bounded_by_their_length(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    with path.open("w") as file:
        file.write("a,b\n")
        for n in range(3000):
            file.write(f"{n % 3},{'x' * 60_000}\n")
    table = CsvTable.open(path)
    assert isinstance(table, CsvTable)
    tracemalloc.start()
    try:
        count = refused = 0
        for each in group_documents(table.rows(), 0, characters_read=table.characters_read):
            assert isinstance(each, Document)
            count += len(each.rows)
            refused += each.problem is not None
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 3000
    assert peak < 120 << 20


@given(st.lists(st.sampled_from("abcdefghij"), max_size=300), st.integers(1, 8))
def test_keys_are_counted_alike_in_memory_and_on_disk(keys: list[str], in_memory: int) -> None:
    seen, counted = SeenKeys(in_memory), Counter[str]()
    for key in keys:
        counted[key] += 1
        assert seen.count(key) == counted[key]
