"""The month's journal equals payslips to the cent, and shows nobody's pay."""

import random
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantoor.departments.hr.models import PaySettings
from kantoor.departments.hr.queries.payroll.journal import (
    SlipSums,
    journal,
    pooled,
    shared,
    sums_of,
)
from kantoor.departments.hr.reckoning.formulas import read_formula
from kantoor.departments.hr.reckoning.nl.parameters import AgeClass
from kantoor.departments.hr.reckoning.payslip import reckon
from kantoor.departments.hr.reckoning.slips import Facts, Kind, Part, Slip, SoFar

RULES = PaySettings(
    start=date(2026, 1, 1), smallest_group=3, dimension="cost_centre", wages="wages",
    social="social", holiday_cost="holiday_cost", holiday_reserve="reserve", taxes_payable="taxes",
    net_payable="net", withheld="withheld", other_costs="other",
)  # fmt: skip
PARTS = (
    Part("pension", Kind.PRETAX, read_formula("max(0, salary - 1500) * 0.0833"), Fraction(0)),
    Part("pension_own", Kind.EMPLOYER, read_formula("pension * 2.1"), Fraction(0)),
    Part("shift", Kind.PAY, read_formula("salary * 0.053"), Fraction(0)),
    Part("bonus", Kind.SPECIAL, read_formula("salary / 7"), Fraction(0)),
    Part("travel", Kind.NET, read_formula("days * 2.37"), Fraction(0)),
)


def random_slips(count: int, seed: int = 11) -> list[Slip]:
    """Payslips of employees of all kinds, the same ones every time."""
    chosen, slips = random.Random(seed), []
    for party in range(count):
        wage = chosen.randint(20_000, 900_000)
        days = chosen.randint(1, 22)
        facts = Facts(
            party=party, month=date(2026, chosen.choice((3, 5)), 1),
            pay=Fraction(wage * days, 22), full=Fraction(wage), hour_wage=Fraction(wage, 173),
            hours=Fraction(days * 8), days=days, weekdays=22, credit=chosen.random() < 0.8,
            age=chosen.choice(list(AgeClass)), awf=chosen.choice(("low", "high")),
            aof=chosen.choice(("low", "high")), whk=chosen.randint(0, 300), holiday_rate=800,
            year_wage=wage * 12, pays_holiday=False,
            parts=PARTS[: chosen.randint(0, len(PARTS))],
            centres=tuple((f"C{n}", chosen.randint(1, 20))
                          for n in sorted(chosen.sample(range(30), chosen.randint(1, 3)))),
        )  # fmt: skip
        before = SoFar(2, wage * 2, {}, chosen.randint(0, 99_999))
        slips.append(reckon(replace(facts, pays_holiday=facts.month.month == 5), before))
    return slips


@pytest.mark.parametrize("count", [3, 1_500])
def test_the_journal_equals_the_payslips_to_the_cent(count: int) -> None:
    slips = random_slips(count)
    found = journal([sums_of(slip.lines, slip.centres, slip.party) for slip in slips], RULES, {})

    def booked(account: str) -> int:
        return sum(amount for (code, _centre), amount in found.items() if code == account)

    lines = [line for slip in slips for line in slip.lines]
    premiums = sum(
        line.amount for line in lines if line.code in ("zvw", "awf", "aof", "wko", "whk")
    )
    pension = sum(line.amount for line in lines if line.code in ("pension_own",))
    paid_out = sum(line.amount for line in lines if line.code == "holiday_paid")
    assert sum(found.values()) == 0
    assert booked("net") == -sum(slip.net for slip in slips)
    # What few people have withheld stands with the tax of all.
    withheld = [
        (n, -line.amount if line.kind == Kind.EMPLOYER else line.amount)
        for n, slip in enumerate(slips)
        for line in slip.lines
        if line.code in ("pension", "pension_own")
    ]
    few = len({n for n, _amount in withheld}) < RULES.smallest_group
    moved = sum(amount for _n, amount in withheld) if few else 0
    assert booked("withheld") == sum(amount for _n, amount in withheld) - moved
    assert booked("taxes") == -sum(slip.tax for slip in slips) - premiums + moved
    assert booked("wages") == sum(slip.gross for slip in slips) - paid_out
    assert booked("social") == premiums + pension
    assert booked("reserve") == paid_out - booked("holiday_cost")


def test_a_deduction_of_one_person_stands_with_the_tax_of_all() -> None:
    slips = [
        SlipSums({("salary", Kind.PAY): 300_000, ("wage_tax", Kind.TAX): -60_000}, (("", 1),), n)
        for n in range(4)
    ]
    one: dict[tuple[str, str], int] = {
        ("pension", Kind.PRETAX): -21_000,
        ("travel", Kind.NET): 4_600,
    }
    slips[0] = replace(slips[0], sums={**slips[0].sums, **one})
    found = {account: amount for (account, _c), amount in journal(slips, RULES, {}).items()}
    assert found == {
        "wages": 4 * 300_000 + 4_600, "taxes": -4 * 60_000 - 21_000,
        "net": -4 * 240_000 + 21_000 - 4_600,
    }  # fmt: skip
    three = [replace(each, sums={**each.sums, **one}) for each in slips]
    found = {account: amount for (account, _c), amount in journal(three, RULES, {}).items()}
    assert (found["withheld"], found["other"]) == (-4 * 21_000, 4 * 4_600)


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(1, 23), min_size=1, max_size=9))
def test_parts_add_up_and_differ_by_less_than_a_cent_from_their_share(
    amount: int, weights: list[int]
) -> None:
    parts = shared(amount, [(str(n), weight) for n, weight in enumerate(weights)])
    assert sum(part for _code, part in parts) == amount
    for weight, (_code, part) in zip(weights, parts, strict=True):
        assert abs(Fraction(amount * weight, sum(weights)) - part) < 1


@given(st.dictionaries(st.sampled_from("abcdefg"), st.integers(1, 9)), st.integers(2, 6))
def test_what_is_booked_apart_or_together_is_about_enough_people(
    people: dict[str, int], smallest: int
) -> None:
    together = pooled(people, smallest)
    assert all(count >= smallest for code, count in people.items() if code not in together)
    if together and sum(people.values()) >= smallest:
        assert sum(people[code] for code in together) >= smallest


def test_an_account_that_few_have_gives_way_to_the_usual_one() -> None:
    slips = [sums_of(slip.lines, slip.centres, slip.party) for slip in random_slips(40)]
    holders = sum(("bonus", "special") in slip.sums for slip in slips)
    assert holders >= 3
    own = journal(slips, RULES, {"bonus": "bonuses"})
    assert any(account == "bonuses" for account, _centre in own)
    few = journal([slip for slip in slips if ("bonus", "special") not in slip.sums][:5]
                  + [slip for slip in slips if ("bonus", "special") in slip.sums][:2],
                  RULES, {"bonus": "bonuses"})  # fmt: skip
    assert not any(account == "bonuses" for account, _centre in few)


def test_an_account_that_few_of_a_centre_have_is_booked_without_the_centre() -> None:
    def paid(party: int, centre: str, bonus: int) -> SlipSums:
        sums = {("salary", "pay"): 300_000} | ({("bonus", "special"): bonus} if bonus else {})
        return SlipSums(sums, [(centre, 20)], party)

    slips = [
        paid(3 * n + place, f"C{n}", bonus)
        for n in range(3)
        for place, bonus in enumerate((0, 0, 70_000 + n))
    ]
    found = journal(slips, RULES, {"bonus": "bonuses"})
    bonuses = {
        centre: amount for (account, centre), amount in found.items() if account == "bonuses"
    }
    assert bonuses == {"": 210_003}
    assert found["wages", "C1"] == 900_000
    assert sum(found.values()) == 0
