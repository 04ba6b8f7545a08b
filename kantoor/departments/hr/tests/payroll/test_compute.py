"""`payroll compute`: cases in, cents out; what isn't covered is refused by name with its place."""

import json
from pathlib import Path
from typing import Any

import pytest

from kantoor.departments.hr.errors_pay import NotCovered, WrongCase
from kantoor.departments.hr.reckoning.cases import computed, read_cases
from kantoor.kernel.errors import DomainError
from tests.console import Console

CASE = {
    "country": "NL", "year": 2025, "table": "white-month", "wage": 450000,
    "age_class": "below-aow", "credit": True,
}  # fmt: skip


def encoded(*changes: dict[str, Any]) -> bytes:
    return json.dumps([{**CASE, **change} for change in changes]).encode()


def test_each_case_gives_its_tax_and_the_labour_credit_used() -> None:
    found = [computed(case) for case in read_cases(encoded({}, {"credit": False}, {"wage": 0}))]
    assert [(each.wage_tax, each.labour_credit) for each in found] == [
        (110_542, 40_733),
        (163_333, 0),
        (0, 0),
    ]


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"table": "green-month"}, NotCovered, "case 2: .*green"),
        ({"table": "white-week"}, NotCovered, "case 2: .*other periods"),
        ({"country": "BE"}, NotCovered, "case 2: Only NL"),
        ({"year": 2022}, NotCovered, "case 2: .*2022"),
        ({"year": "2025"}, WrongCase, "case 2: .*year"),
        ({"year": True}, WrongCase, "case 2: .*year"),
        ({"wage": 4500.0}, WrongCase, "case 2: .*whole number"),
        ({"wage": -1}, NotCovered, "case 2: .*below zero"),
        ({"wage": 1_077_751}, NotCovered, "case 2: .*last row"),
        ({"wage": 10**30}, NotCovered, "case 2: .*last row"),
        ({"age_class": "old"}, NotCovered, "case 2: .*below-aow"),
        ({"age_class": ["aow"]}, NotCovered, "case 2: .*below-aow"),
        ({"credit": 1}, WrongCase, "case 2: .*true or false"),
        ({"special_reward": 5}, NotCovered, "case 2: .*special_reward"),
    ],
)
def test_what_is_not_covered_is_refused_by_name(
    change: dict[str, Any], error: type[DomainError], words: str
) -> None:
    with pytest.raises(error, match=words):
        [computed(case) for case in read_cases(encoded({}, change))]


@pytest.mark.parametrize("data", [b"", b"{", b'"x"', b"[1]", b"[{}]", b"[" * 100_000, b"\xff"])
def test_what_is_no_list_of_cases_is_refused(data: bytes) -> None:
    with pytest.raises(WrongCase):
        read_cases(data)


def test_the_console_needs_no_company(tmp_path: Path) -> None:
    file, console = tmp_path / "cases.json", Console(tmp_path / "none")
    file.write_bytes(encoded({}, {"year": 2026, "wage": 400_000}))
    first, second = console.ask("payroll", "compute", str(file))["cases"]
    assert (first["wage_tax"], first["labour_credit"]) == (110_542, 40_733)
    assert (second["year"], second["age_class"]) == (2026, "below-aow")
    assert (second["wage_tax"], second["labour_credit"]) == (81_867, 46_100)
    file.write_bytes(encoded({}, {"year": 1999}))
    fault = console.ask("payroll", "compute", str(file), code=1)["faults"][0]
    assert fault["check"] == "hr.not_covered"
    assert "case 2" in fault["what"]
