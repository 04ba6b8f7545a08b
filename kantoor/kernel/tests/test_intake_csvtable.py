"""CSV files as people send them: read in full, or refused with the line that is wrong."""

import gzip
import io
import tracemalloc
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantoor.kernel.intake.csvtable import FIELD_LIMIT, CsvTable, Row
from kantoor.kernel.intake.problems import Problem
from kantoor.kernel.intake.streams import BLOCK_BYTES, blocks

HEADER = b"InvoiceNo,Description,Quantity\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "sales.csv"


def read(path: Path, content: bytes, **form: str) -> list[Row]:
    path.write_bytes(content)
    table = CsvTable.open(path, **form)
    assert isinstance(table, CsvTable), table
    return list(table.rows())


def refused(path: Path, content: bytes, **form: str) -> Problem:
    """The problem that keeps the file from being opened."""
    path.write_bytes(content)
    table = CsvTable.open(path, **form)
    assert isinstance(table, Problem)
    assert table.fatal
    assert str(table.message)
    return table


def problem(row: Row) -> Problem:
    line, found = row
    assert isinstance(found, Problem)
    assert str(found.message)
    assert found.line in (line, None)
    return found


def test_rows_come_with_the_line_they_begin_on(file: Path) -> None:
    rows = read(file, HEADER + b'1,"two\nlines",6\n2,hat,"1,5"\n')
    assert rows == [(2, ["1", "two\nlines", "6"]), (4, ["2", "hat", "1,5"])]


def test_the_header_has_no_blanks_around_its_names(file: Path) -> None:
    file.write_bytes(b"\n InvoiceNo , Description\n1,2\n")
    table = CsvTable.open(file)
    assert isinstance(table, CsvTable)
    assert table.header == ("InvoiceNo", "Description")
    assert list(table.rows()) == [(3, ["1", "2"])]
    assert table.line == 3
    assert table.characters_read() == len(file.read_bytes())


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_line_ends_of_every_system_are_read(file: Path, end: bytes) -> None:
    content = HEADER + b'1,"a\nb",6\n\n2,hat,7'
    assert read(file, content.replace(b"\n", end)) == [
        (2, ["1", f"a{end.decode()}b", "6"]),
        (5, ["2", "hat", "7"]),
    ]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_does_not_matter(file: Path, mark: bytes) -> None:
    assert read(file, mark + HEADER + "1,thé,6\n".encode()) == [(2, ["1", "thé", "6"])]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16", "utf-16-le", "utf-8"])
def test_the_encoding_that_the_mapping_names_is_read(file: Path, encoding: str) -> None:
    text = HEADER.decode() + "1,pâté £5,6\n" * 30_000
    rows = read(file, text.encode(encoding), encoding=encoding)
    assert len(rows) == 30_000
    assert rows[-1] == (30_001, ["1", "pâté £5", "6"])


def test_other_delimiters_and_quotes_are_read(file: Path) -> None:
    rows = read(file, b"a;b\n'1;2';3\n", delimiter=";", quote="'")
    assert rows == [(2, ["1;2", "3"])]


@pytest.mark.parametrize("before", [0, 3, 40_000])
def test_a_wrong_encoding_is_refused_with_its_line(file: Path, before: int) -> None:
    good, bad = b"1,hat,6\n", "1,pâté,6\n".encode("latin-1")
    rows = read(file, HEADER + good * before + bad + good)
    assert len(rows) == before + 1
    broken = problem(rows[-1])
    assert broken.code == "csv.encoding"
    assert broken.line == before + 2
    assert broken.fatal
    assert "0xe2" in str(broken.message)


def test_a_file_cut_in_the_middle_of_a_character_is_refused(file: Path) -> None:
    rows = read(file, HEADER + "1,hat,6\n2,thé".encode()[:-1])
    assert rows[0] == (2, ["1", "hat", "6"])
    assert problem(rows[1]).code == "csv.encoding"
    assert problem(rows[1]).line == 3


@pytest.mark.parametrize(("row", "count"), [(b"1,hat", 2), (b"1,hat,6,7", 4), (b"1", 1)])
def test_a_row_with_other_fields_than_the_header_is_refused_by_itself(
    file: Path, row: bytes, count: int
) -> None:
    rows = read(file, HEADER + b"1,a,1\n" + row + b"\n2,b,2\n")
    assert [line for line, _row in rows] == [2, 3, 4]
    wrong = problem(rows[1])
    assert (wrong.code, wrong.line, wrong.fatal) == ("csv.fields", 3, False)
    assert wrong.given == tuple(row.decode().split(","))
    assert str(count) in str(wrong.message)
    assert rows[2] == (4, ["2", "b", "2"])


def test_a_nul_byte_is_refused_with_its_field(file: Path) -> None:
    rows = read(file, HEADER + b"1,a,1\n2,h\0t,2\n3,c,3\n" + b"4,d,4\n" * 100_000 + b"5,\0,5\n")
    assert rows[0] == (2, ["1", "a", "1"])
    assert rows[2] == (4, ["3", "c", "3"])
    assert len(rows) == 100_004
    for row, line in ((rows[1], 3), (rows[-1], 100_005)):
        assert problem(row).code == "csv.nul"
        assert problem(row).field == "Description"
        assert problem(row).line == line


def test_a_quotation_mark_inside_a_field_is_refused_by_itself(file: Path) -> None:
    rows = read(file, HEADER + b'1,"12" ruler",6\n2,12" ruler,6\n3,"12"" ruler",6\n')
    wrong = problem(rows[0])
    assert (wrong.code, wrong.line, wrong.fatal) == ("csv.quote", 2, False)
    assert wrong.given[0] == "1"
    assert rows[1:] == [(3, ["2", '12" ruler', "6"]), (4, ["3", '12" ruler', "6"])]


def test_a_quotation_mark_that_is_never_closed_names_the_row_it_opens(file: Path) -> None:
    rows = read(file, HEADER + b'1,a,1\n2,"hat,2\n3,c,3\n')
    assert rows[0] == (2, ["1", "a", "1"])
    assert len(rows) == 2
    assert (problem(rows[1]).code, problem(rows[1]).line) == ("csv.quote_open", 3)
    assert problem(rows[1]).fatal


def test_an_open_quotation_mark_does_not_swallow_a_long_file(file: Path) -> None:
    rows = read(file, HEADER + b'1,a,1\n2,"hat,2\n' + b"3,c,3\n" * 50_000)
    assert len(rows) == 2
    assert (problem(rows[1]).code, problem(rows[1]).line) == ("csv.field_too_long", 3)
    assert problem(rows[1]).fatal


def test_the_longest_field_is_read_and_a_longer_one_refused(file: Path) -> None:
    longest = b"x" * FIELD_LIMIT
    rows = read(file, HEADER + b"1," + longest + b",1\n2," + longest + b"x,2\n")
    assert rows[0] == (2, ["1", longest.decode(), "1"])
    assert (problem(rows[1]).code, problem(rows[1]).line) == ("csv.field_too_long", 3)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", gzip.compress(b"", mtime=0)])
def test_an_empty_file_is_refused(file: Path, content: bytes) -> None:
    assert refused(file, content).code == "file.empty"


def test_a_header_alone_has_no_rows(file: Path) -> None:
    assert read(file, HEADER) == []


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.csv", tmp_path):
        table = CsvTable.open(path)
        assert isinstance(table, Problem)
        assert table.code == "file.unreadable"


def test_what_is_no_text_is_refused(file: Path) -> None:
    assert refused(file, b"\x89PNG\r\n\x1a\n\0\0").code == "csv.encoding"
    assert refused(file, b"GIF89a\0\0\0").code == "file.binary"
    assert refused(file, "a,b\n1,2\n".encode("utf-16")).code == "csv.encoding"
    assert refused(file, b'"a"b,c\n').code == "csv.header"


# --- gzip -----------------------------------------------------------------------------------

ROWS = HEADER + b"".join(b"%d,hat,%d\n" % (n, n % 7) for n in range(60_000))


def test_gzip_reads_like_the_plain_file(file: Path) -> None:
    plain = read(file, ROWS)
    assert read(file, gzip.compress(ROWS, mtime=0)) == plain
    # Several members after another, as `cat a.gz b.gz` makes them, and a tape's padding.
    parts = (
        gzip.compress(ROWS[:1000], mtime=0)
        + gzip.compress(b"", mtime=0)
        + gzip.compress(ROWS[1000:], mtime=0)
    )
    assert read(file, parts + b"\0" * 1000) == plain


@pytest.mark.parametrize("kept", [10, 11, 100, -1, -8, -9])
def test_a_gzip_file_that_ends_too_early_is_refused_in_a_sentence(file: Path, kept: int) -> None:
    file.write_bytes(gzip.compress(ROWS, mtime=0)[:kept])
    table = CsvTable.open(file)
    last = table if isinstance(table, Problem) else problem(list(table.rows())[-1])
    assert last.code == "gzip.truncated"
    assert last.fatal


@pytest.mark.parametrize("at", [2, 20, 5000, -6])
def test_a_damaged_gzip_file_is_refused_in_a_sentence(file: Path, at: int) -> None:
    content = bytearray(gzip.compress(ROWS, mtime=0))
    content[at] ^= 0xFF
    file.write_bytes(content)
    table = CsvTable.open(file)
    last = table if isinstance(table, Problem) else problem(list(table.rows())[-1])
    assert last.code in ("gzip.damaged", "gzip.truncated", "csv.encoding")
    assert last.fatal


def test_what_follows_a_gzip_file_is_no_part_of_it(file: Path) -> None:
    file.write_bytes(gzip.compress(ROWS, mtime=0) + b"more")
    table = CsvTable.open(file)
    assert isinstance(table, CsvTable)
    assert problem(list(table.rows())[-1]).code == "gzip.damaged"


def bomb(pattern: bytes, times: int) -> bytes:
    """A gzip file of a pattern many times over, made without holding what it unpacks to."""
    packer, packed = zlib.compressobj(9, zlib.DEFLATED, 31), io.BytesIO()
    for _ in range(times):
        packed.write(packer.compress(pattern))
    packed.write(packer.flush())
    return packed.getvalue()


def test_a_bomb_of_zeros_is_refused_at_its_first_line_in_bounded_memory(file: Path) -> None:
    packed = bomb(bytes(1 << 20), 300)
    assert len(packed) < 400_000
    tracemalloc.start()
    try:
        assert refused(file, packed).code == "csv.line_too_long"
        rows = read(file, bomb(HEADER, 1) + bomb(b"x" * (1 << 20), 300))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert problem(rows[-1]).code == "csv.line_too_long"
    assert problem(rows[-1]).line == 2
    assert peak < 30 << 20


def test_a_long_file_is_read_in_bounded_memory(file: Path) -> None:
    file.write_bytes(HEADER + b"536365,WHITE HANGING HEART,6\n" * 400_000)
    assert file.stat().st_size > 11_000_000
    tracemalloc.start()
    try:
        table = CsvTable.open(file)
        assert isinstance(table, CsvTable)
        count = sum(1 for _row in table.rows())
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 400_000
    assert peak < 6 << 20


def test_no_block_is_larger_than_it_may_be(file: Path) -> None:
    file.write_bytes(bomb(bytes(1 << 20), 8))
    sizes = [len(block) for block in blocks(file)]
    assert sum(sizes) == 8 << 20
    assert max(sizes) <= BLOCK_BYTES


# --- anything -------------------------------------------------------------------------------

fields = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)


@given(st.lists(st.lists(fields, min_size=3, max_size=3), max_size=20))
def test_what_a_csv_writer_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]]
) -> None:
    import csv

    text = io.StringIO(newline="")
    csv.writer(text).writerows([["a", "b", "c"], *table])
    path = tmp_path_factory.mktemp("csv") / "rows.csv"
    rows = read(path, text.getvalue().encode())
    assert [row for _line, row in rows] == table


@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_are_read_or_refused_and_never_break(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, packed: bool
) -> None:
    path = tmp_path_factory.mktemp("csv") / "any.csv"
    path.write_bytes(gzip.compress(content, mtime=0) if packed else content)
    table = CsvTable.open(path)
    if isinstance(table, CsvTable):
        for line, row in table.rows():
            assert line > 0
            assert isinstance(row, Problem) or len(row) == len(table.header)
