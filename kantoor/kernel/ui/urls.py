"""Addresses of the design system itself: remembered preferences and the style guide."""

from django.urls import path

from kantoor.kernel.ui import guide, preferences

app_name = "ui"
urlpatterns = [
    path("preferences", preferences.preference, name="preference"),
    path("style-guide", guide.guide, name="guide"),
    path("style-guide/<slug:page>", guide.guide, name="guide-page"),
]
