"""Every address of the program, from its routes, and what each asks of who opens it."""

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from kantoor.kernel.actions.registry import action_named
from kantoor.kernel.actors.actor import EVERYONE
from kantoor.kernel.pages.desk import desk_named, desks
from kantoor.kernel.pages.list_view import ListView
from kantoor.kernel.pages.view import View
from kantoor.kernel.record.acts import READ as READ_RECORD
from kantoor.kernel.record.history import READ_HISTORY
from kantoor.shell.middleware import OPEN_PREFIXES

OPEN = {
    "healthz": "tells that the process lives",
    "readyz": "tells that the database answers",
    "metrics": "asks a token, or the machine itself",
    "sign-in": "how one comes in",
    "sign-out": "how one goes",
    "language": "before one is signed in, too",
    "preference": "kept by the browser alone",
    "api-openapi": "tells of no company",
    "alerts-alertmanager": "asks a token",
    "api-intake": "asks a token",
    "api-operation": "asks a token",
    "api-nowhere": "tells that there is nothing",
    "door-inventory": "asks a token, or a network that was allowed",
    "door-inventory-slash": "asks a token, or a network that was allowed",
    "door-inventory-token": "asks the token in the address",
    "communication.press": "what the company published for the world",
    "communication.press_feed": "what the company published for the world",
    "communication.press_item": "what the company published for the world",
    "communication.press_event": "what the company published for the world",
    "communication.screen": "asks the token in the address",
    "communication.confirm": "asks the token in the address",
    "communication.unsubscribe": "asks the token in the address",
    "communication.preferences": "asks the token in the address",
    "communication.subscribed": "asks the token in the address",
    "communication.subscribe": "a list that the company opened, and the form to be put on it by",
    "door-intranet-rss": "says to use the address with the token",
    "door-intranet-rss-slash": "says to use the address with the token",
    "door-intranet-rss-token": "asks the token in the address",
    "door-intranet-atom": "says to use the address with the token",
    "door-intranet-atom-slash": "says to use the address with the token",
    "door-intranet-atom-token": "asks the token in the address",
    "door-intranet-calendar": "says to use the address with the token",
    "door-intranet-calendar-slash": "says to use the address with the token",
    "door-intranet-calendar-token": "asks the token in the address",
    "door-mail-link": "tells that there is nothing without a token",
    "door-mail-link-slash": "tells that there is nothing without a token",
    "door-mail-link-token": "asks the token in the address",
    "door-mail-open": "tells that there is nothing without a token",
    "door-mail-open-slash": "tells that there is nothing without a token",
    "door-mail-open-token": "asks the token in the address",
    "door-leave-calendar": "says to use the address with the token",
    "door-leave-calendar-slash": "says to use the address with the token",
    "door-leave-calendar-token": "asks the token in the address",
    "door-status": "tells that there is nothing without a token",
    "door-status-slash": "tells that there is nothing without a token",
    "door-status-token": "asks the token in the address",
    "ict.opinion": "asks the token in the address",
    "communication.picture_at": "asks the signature in the address",
    "hr.jobs": "vacancies that the company published",
    "hr.job": "a vacancy that the company published, and the form to apply by",
}
"""Routes that need nobody signed in."""
PUBLIC = {
    "communication.picture_at",
    "communication.press", "communication.press_feed", "communication.press_item",
    "communication.press_event", "communication.screen", "communication.confirm",
    "communication.unsubscribe", "communication.preferences", "communication.subscribed",
    "communication.subscribe",
    "door-intranet-rss", "door-intranet-rss-slash", "door-intranet-rss-token",
    "door-intranet-atom", "door-intranet-atom-slash", "door-intranet-atom-token",
    "door-intranet-calendar", "door-intranet-calendar-slash", "door-intranet-calendar-token",
    "door-mail-link", "door-mail-link-slash", "door-mail-link-token",
    "door-mail-open", "door-mail-open-slash", "door-mail-open-token",
    "door-leave-calendar", "door-leave-calendar-slash", "door-leave-calendar-token",
    "door-status", "door-status-slash", "door-status-token", "hr.jobs", "hr.job",
    "ict.opinion",
}  # fmt: skip
"""Of these, what a company shows to who has the address: the token in it, or what is published."""
FOR_ALL = {
    "today": "what waits for oneself",
    "search": "finds what the queries behind it give",
    "suggestions": "offers what the queries behind it give",
    "password": "one's own",
    "company": "of those one may act in",
    "guide": "the design system, with no data",
    "guide-page": "the design system, with no data",
}
"""Routes for everyone who is signed in."""
OWN = {
    "today.notices": (EVERYONE,),  # one's own
    "today.jobs/key": (EVERYONE,),  # one's own; the query behind it gives no others
    "management.record/seq": (READ_RECORD, READ_HISTORY),
}
"""What pages ask that rest on several queries or on none: one of these."""


@dataclass(frozen=True)
class Route:
    """An address with parts to fill in (`<int:view_id>`); its name, and the view that answers."""

    pattern: str
    name: str
    callback: Any
    parts: Mapping[str, str]

    @property
    def open_to_all(self) -> bool:
        marked = bool(getattr(self.callback, "open_to_all", False))
        return marked or f"/{self.pattern}".startswith(OPEN_PREFIXES)

    @property
    def view(self) -> View | None:
        """The declared page that the address belongs to."""
        found = getattr(inspect.unwrap(self.callback), "__self__", None)
        return found if isinstance(found, View) else None

    def url(self, **parts: object) -> str:
        """The address with its parts filled in."""
        found = self.pattern
        for name, kind in self.parts.items():
            found = found.replace(f"<{kind}:{name}>", str(parts[name]), 1)
        return f"/{found}"

    def needs(self) -> tuple[str, ...] | None:
        """What the address asks, of its own or of its query or action: one of these.

        None when it can't be told.
        """
        if self.name in FOR_ALL:
            return (EVERYONE,)
        if self.name in OWN:
            return OWN[self.name]
        if self.name.startswith("desk."):
            desk = desk_named(self.name.removeprefix("desk."))
            return tuple(need for view in desk.views for need in _needs(view)) if desk else None
        if "/bulk/" in self.name:
            department, _, verb = self.name.rpartition("/bulk/")[2].partition("-")
            act = action_named(f"{department}.{verb.replace('-', '_')}")
            return (act.permission,) if act else None
        return (_needs(self.view) or None) if self.view else None

    def within(self) -> tuple[str, ...]:
        """What the list asks besides, of an action with many of its rows: one of these."""
        key, bulk, _ = self.name.partition("/bulk/")
        lists = [each for desk in desks() for each in desk.views if isinstance(each, ListView)]
        return tuple(need for each in lists if bulk and each.key == key for need in _needs(each))


def _needs(view: View) -> tuple[str, ...]:
    if view.permission:
        return (view.permission,)
    asked = (getattr(view, name, None) for name in ("query", "find"))
    return tuple(each.query.permission for each in asked if each is not None)


def routes() -> list[Route]:
    """Every route of the installation."""
    return list(_walk(get_resolver().url_patterns, "", {}))


def _walk(
    patterns: list[URLPattern | URLResolver], before: str, parts: Mapping[str, str]
) -> Iterator[Route]:
    for each in patterns:
        pattern = before + str(each.pattern)
        kinds = {name: _kind(pattern, name) for name in getattr(each.pattern, "converters", {})}
        if isinstance(each, URLPattern):
            yield Route(pattern, each.name or "", each.callback, {**parts, **kinds})
        else:
            yield from _walk(each.url_patterns, pattern, {**parts, **kinds})


def _kind(pattern: str, name: str) -> str:
    return next(
        word[1:-1].partition(":")[0]
        for word in pattern.replace("<", "\0<").replace(">", ">\0").split("\0")
        if word.endswith(f":{name}>")
    )
