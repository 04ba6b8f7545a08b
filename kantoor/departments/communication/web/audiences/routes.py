"""The addresses of whoever gets mail, which need nobody signed in."""

from django.urls import URLPattern, path

from kantoor.departments.communication.web.audiences.public import (
    preferences,
    subscribe,
    subscribed,
    unsubscribe,
)

ROUTES: list[URLPattern] = [
    path("unsubscribe/<str:token>", unsubscribe, name="communication.unsubscribe"),
    path("preferences/<str:token>", preferences, name="communication.preferences"),
    path("subscribe/<int:company>/<slug:code>", subscribe, name="communication.subscribe"),
    path("subscribed/<str:token>", subscribed, name="communication.subscribed"),
]
