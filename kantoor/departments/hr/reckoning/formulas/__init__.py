"""Formulas of pay components: a small language of sums, read by whitelist, without floats."""

from kantoor.departments.hr.reckoning.formulas.language import Formula, read_formula
from kantoor.departments.hr.reckoning.formulas.order import in_order

__all__ = ["Formula", "in_order", "read_formula"]
