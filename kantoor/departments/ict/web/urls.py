"""The pages of ICT that need nobody signed in: all others are views of its desk."""

from django.urls import path

from kantoor.departments.ict.web.desk import DESK
from kantoor.departments.ict.web.satisfaction.public import opinion

urlpatterns = [
    path("opinion/<int:company>/<str:token>", opinion, name="ict.opinion"),
]
__all__ = ["DESK", "urlpatterns"]
