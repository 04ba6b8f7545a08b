"""Formulas: exact, bounded, and nothing but sums; components in a circle are refused."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantoor.departments.hr.errors_pay import WrongFormula
from kantoor.departments.hr.reckoning.formulas import in_order, read_formula

VALUES = {"salary": Fraction(3000), "hours": Fraction(160), "days": Fraction(20)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("salary * 0.08", Fraction(240)),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("-salary / 7", Fraction(-3000, 7)),
        ("min(salary, 2500) + max(1, 2, 3)", Fraction(2503)),
        ("10 if hours >= 160 else 5", Fraction(10)),
        ("round_half_up(salary / 7, 2)", Fraction(42857, 100)),
        ("round_half_up(-0.125, 2)", Fraction(-13, 100)),
        ("round_down(salary / 7)", Fraction(428)),
        ("round_up(0.001, 2)", Fraction(1, 100)),
        ("1_000.50", Fraction(2001, 2)),
    ],
)
def test_a_formula_gives_the_exact_value(text: str, value: Fraction) -> None:
    assert read_formula(text).value(VALUES) == value


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')", "salary.__class__", "(lambda: 1)()", "[1][0]", "salary ** 9", "1e400",
        "1 // 2", "1 % 2", "'a'", "f'{salary}'", "True", "None", "1j", "0x10", "salary and 1",
        "import os", "x := 1", "print(1)", "min(1)", "min(*[1])", "round_half_up(1, places=2)",
        "1 < 2 < 3", "{}", "salary; days", "", "   ", "(" * 400 + "1" + ")" * 400, "1" * 30,
        "+".join(["1"] * 240), "-" * 60 + "1", "salary if", "_x", "min", "1 << 9", "not 1", "ſalary",
    ],
)  # fmt: skip
def test_what_is_no_sum_is_refused(text: str) -> None:
    with pytest.raises(WrongFormula):
        read_formula(text).value(VALUES)


@pytest.mark.parametrize(
    "text", ["1 / (days - 20)", "1000000000 * 1000000000 * 1000000", "round_up(1, 9)"]
)
def test_what_is_too_large_or_divides_by_nothing_is_refused(text: str) -> None:
    with pytest.raises(WrongFormula):
        read_formula(text).value(VALUES)


def test_a_name_that_is_not_known_is_said_with_those_that_are() -> None:
    with pytest.raises(WrongFormula, match=r"salry.*hours, salary"):
        read_formula("salry * 2", frozenset({"salary", "hours"}))


def test_components_are_reckoned_after_those_they_use() -> None:
    formulas = {"a": read_formula("b + c"), "b": read_formula("c * 2"), "c": read_formula("1")}
    assert in_order(formulas) == ["c", "b", "a"]


def test_a_circle_is_refused_with_the_names_in_it() -> None:
    formulas = {"bonus": read_formula("extra"), "extra": read_formula("bonus / 2")}
    with pytest.raises(WrongFormula, match=r"bonus.*extra|extra.*bonus"):
        in_order(formulas)


@given(st.text(max_size=80))
def test_any_text_is_a_formula_or_refused(text: str) -> None:
    try:
        read_formula(text)
    except WrongFormula:
        pass
