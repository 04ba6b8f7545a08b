"""The pages of finance: its desk, registers, records and reports."""

from kantoor.departments.finance.web.desk import DESK

__all__ = ["DESK"]
