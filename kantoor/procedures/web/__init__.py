"""The pages of procedures."""

from kantoor.procedures.web.desk import DESK

__all__ = ["DESK"]
