"""The pages of communication that need nobody signed in: all others are views of its desk."""

from django.urls import URLPattern, path

from kantoor.departments.communication.web.audiences import routes as audiences
from kantoor.departments.communication.web.desk import DESK
from kantoor.departments.communication.web.media.public import picture_at
from kantoor.departments.communication.web.pages import routes as pages
from kantoor.departments.communication.web.reading.public import confirm

urlpatterns: list[URLPattern] = [
    path("confirm/<int:company>/<str:token>", confirm, name="communication.confirm"),
    path(
        "picture/<int:company>/<slug:code>/<slug:size>/<slug:signature>",
        picture_at,
        name="communication.picture_at",
    ),
    *pages.ROUTES,
    *audiences.ROUTES,
]
__all__ = ["DESK", "urlpatterns"]
