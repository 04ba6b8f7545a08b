"""The pages of management; the shell puts them on the desk of management, before its own."""

from kantoor.management.web.views import VIEWS

__all__ = ["VIEWS"]
