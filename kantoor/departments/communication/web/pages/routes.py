"""The addresses of the press page and the screens, which need nobody signed in."""

from django.urls import URLPattern, path

from kantoor.departments.communication.web.pages.press import (
    press,
    press_event,
    press_feed,
    press_item,
)
from kantoor.departments.communication.web.pages.screens import screen

ROUTES: list[URLPattern] = [
    path("press/<int:company>", press, name="communication.press"),
    path("press/<int:company>/feed/<slug:form>", press_feed, name="communication.press_feed"),
    path("press/<int:company>/<str:code>", press_item, name="communication.press_item"),
    path("press/<int:company>/<str:code>/event.ics", press_event, name="communication.press_event"),
    path("screen/<int:company>/<str:token>", screen, name="communication.screen"),
]
