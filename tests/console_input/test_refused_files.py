"""Files that are wrong, as `post` and `intake` meet them."""

import gzip
from pathlib import Path

import pytest

from tests.console_input.conftest import Desk

HEAD = "entry,date,account,amount,currency,text\n"
SHOP = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"


def sold(number: str, description: str = "LAMP", quantity: str = "6", price: str = "2.55",
         day: str = "2010-12-01", customer: str = "17850", country: str = "France") -> str:  # fmt: skip
    """One row of the web shop."""
    at = f"{day} 08:26:00"
    return f"{number},22632,{description},{quantity},{at},{price},{customer},{country}\n"


@pytest.mark.sqlite_only
def test_what_post_refuses_names_line_and_field_in_both_languages(desk: Desk) -> None:
    before = desk.balances()
    rows = "1,2026-02-31,1200,5,GBP,a\n1,2026-01-05,4000,x,GBP,a\n"
    path = desk.file("wrong.csv", HEAD + rows)
    heard = desk.hear("post", path)
    assert heard.code == 1
    assert [fault["where"] for fault in heard.answer["faults"]] == [
        "line 2, date",
        "line 3, amount",
    ]
    dutch = desk.hear("post", path, dutch=True)
    assert dutch.fault["where"] == "regel 2, date"
    assert "staat niet op de kalender" in dutch.said
    torn = desk.hear(
        "post", desk.file("torn.csv", HEAD + '1,2026-01-05,1200,5,GBP,"a\n'), dutch=True
    )
    assert torn.said.startswith("regel 2, file: Een aanhalingsteken")
    for missing in (str(desk.files / "none.csv"), str(desk.files)):
        assert desk.hear("post", missing, dutch=True).code == 1
    assert desk.balances() == before


@pytest.mark.sqlite_only
def test_a_packed_file_that_unpacks_without_end_is_refused_at_once(desk: Desk) -> None:
    before = desk.balances()
    packed = gzip.compress(HEAD.encode() + b"1" * 50_000_000)
    assert desk.hear("post", desk.file("bomb.csv.gz", packed)).fault["where"] == "line 2"
    packed = gzip.compress(SHOP.encode() + b"1" * 50_000_000)
    taken = desk.hear("intake", desk.file("shop.csv.gz", packed), "--source", "webshop")
    assert (taken.code, taken.fault["check"]) == (1, "csv.line_too_long")
    assert desk.balances() == before


@pytest.mark.sqlite_only
def test_what_intake_refuses_is_stated_with_amount_line_and_field(desk: Desk) -> None:
    rows = (
        sold("540001", day="2011-02-31"),
        sold("540002", quantity="six"),
        sold("540003", country="Atlantis"),
        sold("540004"),
        sold("540004", customer="17851"),
        sold("540005", price="9223372036854775808"),
        sold("540006", price="2.55555555"),
        "A563185,B,Adjust bad debt,1,2011-08-12 14:50:00,11062.06,,United Kingdom\n",
        "A563186,B,Adjust bad debt,1,2011-08-12 14:51:00,-11062.06,,United Kingdom\n",
        "A563187,B,Adjust bad debt,1,2011-08-12 14:52:00,-11062.06,,United Kingdom\n",
    )
    before = desk.balances()
    path = desk.file("shop.csv", SHOP + "".join(rows))
    heard = desk.hear("intake", path, "--source", "webshop")
    answer = heard.answer
    assert (answer["received"], answer["accepted"], answer["rejected"]) == (10, 0, 10)
    reasons = {reason["line"]: reason for reason in answer["files"][0]["reasons"]}
    fields = {line: reason["field"] for line, reason in reasons.items()}
    assert fields[2] == "InvoiceDate"
    assert fields[3] == "Quantity"
    assert fields[4] == "Country"
    assert fields[6] == "CustomerID"
    assert reasons[4]["amount"] == 1530
    assert sum(reason["amount"] for line, reason in reasons.items() if line >= 9) == -1106206
    assert desk.balances() == before

    rejected = Path(f"{path}.rejected.ndjson")
    mended = rejected.read_text().replace("Atlantis", "Portugal").replace("six", "6")
    again = desk.hear("intake", desk.file("mended.ndjson", mended)).answer
    assert (again["accepted"], again["rejected"]) == (2, 8)
    assert desk.balances()["debit"] > before["debit"]


@pytest.mark.sqlite_only
def test_a_quotation_mark_that_is_never_closed_loses_no_row(desk: Desk) -> None:
    path = desk.file("torn.csv", SHOP + sold("540003") + sold("540004", '"torn') + sold("540005"))
    heard = desk.hear("intake", path, "--source", "webshop")
    assert (heard.code, heard.fault["where"]) == (1, f"{path}, line 3")
    kept = Path(f"{path}.rejected.ndjson").read_text()
    assert all(number in kept for number in ("540003", "540004", "540005"))
    assert "b'" not in kept


@pytest.mark.sqlite_only
def test_a_gzip_that_ends_too_early_has_no_line_to_name(desk: Desk) -> None:
    whole = gzip.compress((SHOP + "".join(sold(str(n)) for n in range(540000, 541000))).encode())
    path = desk.file("half.csv.gz", whole[: len(whole) // 2])
    heard = desk.hear("intake", path, "--source", "webshop")
    assert (heard.code, heard.fault["where"]) == (1, path)


@pytest.mark.sqlite_only
def test_events_with_numbers_or_lists_beyond_measure_are_refused_alone(desk: Desk) -> None:
    start = '{"specversion":"1.0","source":"shop","type":"sales.order","id":'
    lines = [
        start + '"1","data":{"a":' + "9" * 5000 + "}}",
        start + '"2","data":{"a":1e999}}',
        start + '"3","data":' + "[" * 4000 + "]" * 4000 + "}",
        start + '"4"',
        '"5"',
    ]
    heard = desk.hear("intake", desk.file("events.ndjson", "\n".join(lines)), dutch=True)
    answer = heard.answer
    assert (answer["received"], answer["rejected"]) == (5, 5)
    for reason in answer["files"][0]["reasons"]:
        assert reason["line"], reason
        assert "recursion" not in reason["message"]
        assert "truncated" not in reason["message"]
