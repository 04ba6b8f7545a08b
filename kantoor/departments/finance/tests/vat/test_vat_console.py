"""The console's VAT reports: the same figures as the pages, as one JSON object or as text."""

from pathlib import Path

from tests.console import Console

FILE = """entry,date,account,amount,currency,text,tax
1,2024-02-01,10201,12100,EUR,Sale,
1,2024-02-01,80301,-10000,EUR,Sale,S21
1,2024-02-01,16221,-2100,EUR,Sale,S21
2,2024-02-02,10201,12000,EUR,Abroad,
2,2024-02-02,80345,-10000,EUR,Abroad,DFR20
2,2024-02-02,16221,-2000,EUR,Abroad,DFR20
3,2024-02-03,10201,10000,EUR,Supply,
3,2024-02-03,80345,-10000,EUR,Supply,K
"""


def test_vat_reports_at_the_console(tmp_path: Path) -> None:
    console = Console(tmp_path / "data")
    console.ask("init", "--company", "Bakker BV", "--country", "NL", "--currency", "EUR")
    file = tmp_path / "entries.csv"
    file.write_text(FILE)
    console.ask("post", str(file))
    found = console.ask("report", "vat-return", "--period", "2024-Q1")
    boxes = {row["box"]: (row["base"], row["tax"]) for row in found["boxes"]}
    assert (boxes["1a"], boxes["5g"]) == ((10000, 2100), (None, 2100))
    assert (found["state"], found["currency"], found["payable"]) == ("open", "EUR", 2100)
    listed = console.ask("report", "icp", "--period", "2024-Q1")
    assert [(row["what"], row["base"]) for row in listed["lines"]] == [("goods", 10000)]
    assert listed["missing"] == 1
    abroad = console.ask("report", "oss", "--period", "2024-Q1")
    assert [(row["country"], row["tax"]) for row in abroad["lines"]] == [("FR", 2000)]
    dates = ("--from", "2024-01-01", "--to", "2024-03-31")
    tied = console.ask("report", "vat-reconciliation", *dates)
    assert (tied["difference"], tied["accounts"][-1]["closing"]) == (0, -4100)
    process = console.start("report", "vat-return", "--period", "2024-Q1", json_wanted=False)
    text, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    assert "1a" in text
    console.ask("report", "vat-return", "--period", "nonsense", code=1)
