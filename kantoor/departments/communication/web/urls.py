"""The pages of communication that need nobody signed in: all others are views of its desk."""

from django.urls import URLPattern, path

from kantoor.departments.communication.web.desk import DESK
from kantoor.departments.communication.web.media.public import picture_at

urlpatterns: list[URLPattern] = [
    path(
        "picture/<int:company>/<slug:code>/<slug:size>/<slug:signature>",
        picture_at,
        name="communication.picture_at",
    ),
]
__all__ = ["DESK", "urlpatterns"]
