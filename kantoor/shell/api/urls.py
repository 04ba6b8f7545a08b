"""The addresses of the API."""

from django.urls import path

from kantoor.shell.api import views

urlpatterns = [
    path("api/v1/openapi.json", views.openapi),
    path("api/v1/<slug:department>/<slug:name>", views.operation),
    path("api/<path:rest>", views.nowhere),
]
