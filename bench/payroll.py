"""Wage tax by arithmetic alone, and a month's run of many employees, against what is asked."""

import math
import sys
import time

from bench._databases import measure
from bench.ratio import Ratio
from kantoor.departments.hr.reckoning.nl.parameters import AgeClass, rules_of, years
from kantoor.departments.hr.reckoning.nl.wage_tax import wage_tax

ASKED = 50_000
FEW, MANY = 1_000, 10_000
SECONDS, MEGABYTES = 20, 600
WAGES = range(0, 900_000, 37)


def run() -> list[Ratio]:
    """The best of three rounds over every year and age class; then a run, on SQLite."""
    tax = Ratio("wage tax", max(rate() for _ in range(3)), ASKED, "a second", 1.0)
    few, many = (measure("bench._payroll", str(count)) for count in (FEW, MANY))
    growth = math.log(many["seconds"] / few["seconds"]) / math.log(MANY / FEW)
    print(f"payroll: exponent {growth:.2f} from {FEW:,} to {MANY:,} employees", file=sys.stderr)
    return [
        tax,
        Ratio("run of 10,000 with 8 components", many["seconds"], SECONDS, "s", 1.0, False),
        Ratio("its exponent from 1,000 on", growth, 1.0, "", 1.15, False),
        Ratio("its memory", many["mb"], MEGABYTES, "MB", 1.0, False),
    ]


def rate() -> float:
    """Computations a second, each with the rules of its year looked up as a case does."""
    done, began = 0, time.perf_counter()
    for year in years():
        for age in AgeClass:
            for wage in WAGES:
                wage_tax(rules_of(year, age), wage, credit=True)
            done += len(WAGES)
    return done / (time.perf_counter() - began)
