"""The addresses of the API."""

from django.urls import path, re_path

from kantoor.shell.api import taking_in, views

urlpatterns = [
    path("api/v1/openapi.json", views.openapi, name="api-openapi"),
    path("api/v1/intake", taking_in.intake, name="api-intake"),
    path("api/v1/<slug:department>/<slug:name>", views.operation, name="api-operation"),
    re_path(r"^api(?:/.*)?$", views.nowhere, name="api-nowhere"),
]
