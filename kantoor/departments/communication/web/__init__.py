"""The pages of communication: its desk, registers and records, the press page and the screens."""

from kantoor.departments.communication.web.desk import DESK

__all__ = ["DESK"]
