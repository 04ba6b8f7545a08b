"""The pages of sales: its desk, registers and records."""

from kantoor.departments.sales.web.desk import DESK

__all__ = ["DESK"]
