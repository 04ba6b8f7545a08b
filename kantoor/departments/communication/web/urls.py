"""The pages of communication that need nobody signed in: all others are views of its desk."""

from kantoor.departments.communication.web.desk import DESK

urlpatterns: list[object] = []
__all__ = ["DESK", "urlpatterns"]
