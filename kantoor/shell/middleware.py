"""What every request passes: who is signed in, and headers that keep browsers out of trouble."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext

from kantoor.kernel.pages.visiting import open_to_all
from kantoor.shell.requests import Request
from kantoor.shell.signing_in.session import TEMPORARY, recognise

__all__ = ["ContentSecurityMiddleware", "SignedInMiddleware", "open_to_all"]

Answer = Callable[[HttpRequest], HttpResponseBase]

OPEN_PREFIXES = ("/api/", "/ui/preferences")
"""Addresses that ask no session: the API has tokens of its own."""
WITH_TEMPORARY_PASSWORD = ("/password", "/sign-out", "/language")


class SignedInMiddleware:
    """Puts who is signed in on the request, and sends everybody else to the sign-in page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, plain: HttpRequest) -> HttpResponseBase:
        request = cast(Request, plain)
        recognise(request)
        if request.person and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            # The cookie holds the language; without one it is what the person chose before.
            request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = request.person.language
        answer = self.get_response(request)
        if request.actor is not None:
            # A page of the books is nobody else's; a browser asks again before it shows it.
            answer.headers.setdefault("Cache-Control", "private, no-cache")
        return answer

    def process_view(
        self, plain: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Let nobody through who is not signed in, but to the views that are open to all."""
        request = cast(Request, plain)
        if (most := getattr(view, "takes_at_most", None)) and _bytes_of(request) > most:
            return HttpResponse(
                gettext("This is larger than we take; send a smaller file."),
                status=413, content_type="text/plain; charset=utf-8",
            )  # fmt: skip
        if request.path.startswith(OPEN_PREFIXES) or getattr(view, "open_to_all", False):
            return None
        if request.actor is None:
            return _to_sign_in(request)
        # Names that are kept in both languages come in that of the page.
        shown_in = get_language() or request.actor.language
        request.actor = replace(request.actor, language=shown_in)
        if request.session.get(TEMPORARY) and request.path not in WITH_TEMPORARY_PASSWORD:
            return _to(request, "/password")
        return None


def _bytes_of(request: HttpRequest) -> int:
    """How much is being sent; what doesn't say so sends nothing that is read."""
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isdecimal() else 0


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    after = request.get_full_path() if request.method == "GET" else "/"
    if request.headers.get("HX-Request"):
        after = request.headers.get("HX-Current-URL", "/")
    return _to(request, f"{settings.SIGN_IN_URL}?{urlencode({'next': after})}")


def _to(request: HttpRequest, address: str) -> HttpResponse:
    """A redirect; for a part of a page that htmx asks, of the whole page."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self';"
    " frame-src 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
"""Everything from here and nothing inline; images as data: are in the style sheet's icons.

Our pages may frame only what says itself that it may be framed: kept files, such as a PDF.
"""
NO_FEATURES = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
        "microphone", "midi", "payment", "usb",
    )
)  # fmt: skip


class ContentSecurityMiddleware:
    """Sets the headers by which a browser refuses what our pages never do."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        answer.headers.setdefault("Content-Security-Policy", POLICY)
        answer.headers.setdefault("Permissions-Policy", NO_FEATURES)
        answer.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return answer
