"""The pages of HR: its desk, registers and records."""

from kantoor.departments.hr.web.desk import DESK

__all__ = ["DESK"]
