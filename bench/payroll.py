"""Wage tax: how many computations a second by arithmetic alone, against what is asked."""

import time

from bench.ratio import Ratio
from kantoor.departments.hr.reckoning.nl.parameters import AgeClass, rules_of, years
from kantoor.departments.hr.reckoning.nl.wage_tax import wage_tax

ASKED = 50_000
WAGES = range(0, 900_000, 37)


def run() -> list[Ratio]:
    """The best of three rounds over every year and age class, with credit."""
    return [Ratio("wage tax", max(rate() for _ in range(3)), ASKED, "a second", 1.0)]


def rate() -> float:
    """Computations a second, each with the rules of its year looked up as a case does."""
    done, began = 0, time.perf_counter()
    for year in years():
        for age in AgeClass:
            for wage in WAGES:
                wage_tax(rules_of(year, age), wage, credit=True)
            done += len(WAGES)
    return done / (time.perf_counter() - began)
