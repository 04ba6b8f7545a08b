"""The pages of ICT: its desk, registers and records."""

from kantoor.departments.ict.web.desk import DESK

__all__ = ["DESK"]
