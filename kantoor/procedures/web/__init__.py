"""The pages of procedures: the inbox, what is under way, and the diagrams."""

from kantoor.procedures.web.desk import DESK

__all__ = ["DESK"]
