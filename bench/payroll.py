"""Wage tax by arithmetic alone, and a month's run of many employees, against what is asked."""

import math
import sys
import time

from bench._databases import on_each_database
from bench.ratio import Ratio
from kantoor.departments.hr.reckoning.nl.parameters import AgeClass, rules_of, years
from kantoor.departments.hr.reckoning.nl.wage_tax import wage_tax

ASKED = 50_000
FEW, MANY = 1_000, 10_000
SECONDS, MEGABYTES = 20, 600
WAGES = range(0, 900_000, 37)


def run() -> list[Ratio]:
    """The best of three rounds over every year and age class; then a run, on each database."""
    ratios = [Ratio("wage tax", max(rate() for _ in range(3)), ASKED, "a second", 1.0)]
    few = on_each_database("bench._payroll", str(FEW))
    for name, many in on_each_database("bench._payroll", str(MANY)).items():
        growth = math.log(many["seconds"] / few[name]["seconds"]) / math.log(MANY / FEW)
        print(f"payroll, {name}: exponent {growth:.2f} from {FEW:,} to {MANY:,}", file=sys.stderr)
        ratios += [
            Ratio(f"run of 10,000, {name}", many["seconds"], SECONDS, "s", 1.0, False),
            Ratio(f"its exponent, {name}", growth, 1.0, "", 1.15, False),
            Ratio(f"its memory, {name}", many["mb"], MEGABYTES, "MB", 1.0, False),
        ]
    return ratios


def rate() -> float:
    """Computations a second, each with the rules of its year looked up as a case does."""
    done, began = 0, time.perf_counter()
    for year in years():
        for age in AgeClass:
            for wage in WAGES:
                wage_tax(rules_of(year, age), wage, credit=True)
            done += len(WAGES)
    return done / (time.perf_counter() - began)
