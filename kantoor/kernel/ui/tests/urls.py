"""The addresses of the style guide alone."""

from django.urls import include, path

urlpatterns = [path("", include("kantoor.kernel.ui.urls"))]
