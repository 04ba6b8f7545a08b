"""Pages for anybody: views that need nobody signed in, and where their visitors come from."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest

V = TypeVar("V", bound=Callable[..., Any])


def open_to_all(view: V) -> V:
    """Mark a view that needs nobody signed in; all others do."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


def takes_at_most(size: int) -> Callable[[V], V]:
    """Mark a view that is sent at most so many bytes: more is refused before any of it is read."""

    def marked(view: V) -> V:
        view.takes_at_most = size  # type: ignore[attr-defined]
        return view

    return marked


def address_of(request: HttpRequest) -> str:
    """The address that the request came from, past as many proxies as we have of our own."""
    if settings.PROXIES:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        # The last is what our nearest proxy saw; what stands before ours anybody may have written.
        if len(told) >= settings.PROXIES and (address := told[-settings.PROXIES].strip()):
            return str(address)
    return str(request.META.get("REMOTE_ADDR", ""))
