"""The pages of HR that need nobody signed in: all others are views of its desk."""

from django.urls import path

from kantoor.departments.hr.web.desk import DESK
from kantoor.departments.hr.web.growth.public import job, jobs

urlpatterns = [
    path("jobs/<int:company>", jobs, name="hr.jobs"),
    path("jobs/<int:company>/<slug:code>", job, name="hr.job"),
]
__all__ = ["DESK", "urlpatterns"]
