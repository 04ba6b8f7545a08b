"""Answer at a door: who knocks is told apart by a token, and too much is not read."""

import base64
import binascii
import logging
from collections.abc import Callable
from contextlib import nullcontext

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import where
from kantoor.kernel.doors import Door, Visit
from kantoor.kernel.errors import DomainError
from kantoor.shell.api.bearer import actor_of_token
from kantoor.shell.middleware import open_to_all
from kantoor.shell.requests import address_of, is_from_this_machine

log = logging.getLogger(__name__)
PLAIN = "text/plain; charset=utf-8"
CHALLENGE = 'Basic realm="Kantoor", charset="UTF-8"'


def opened(door: Door) -> Callable[..., HttpResponse]:
    """The view of a door. Like the API it asks no cookie, so no other site can knock for a person."""

    @csrf_exempt
    @open_to_all
    def answer(request: HttpRequest, token: str = "") -> HttpResponse:
        with translation.override(translation.get_language()):
            return _answered(door, request, token)

    return answer


def _answered(door: Door, request: HttpRequest, token: str) -> HttpResponse:
    try:
        actor = None if door.own_tokens else _who(request, token)
    except DomainError as error:
        answer = HttpResponse(f"{error.message}\n", content_type=PLAIN, status=error.status)
        answer["WWW-Authenticate"] = CHALLENGE
        return answer
    try:
        # Read here and not as `request.body`, whose limit is that of forms.
        body = request.read(door.largest + 1)
    except UnreadablePostError:
        return HttpResponse("the body broke off\n", content_type=PLAIN, status=400)
    if len(body) > door.largest:
        return HttpResponse("too large\n", content_type=PLAIN, status=413)
    # A page of another site in somebody's browser comes from a trusted place, and is not trusted.
    trusted = actor is not None or not _is_of_a_browser(request)
    visit = Visit(
        method=request.method or "",
        body=body,
        content_type=request.content_type or "",
        address=address_of(request) if trusted else "",
        from_here=trusted and is_from_this_machine(request),
        actor=actor,
        root=settings.ADDRESS or request.build_absolute_uri("/").rstrip("/"),
        token=token if door.own_tokens else "",
    )
    with where(actor) if actor is not None else nullcontext():
        reply = door.answer(visit)
    answer = HttpResponse(reply.body, content_type=reply.content_type, status=reply.status)
    if reply.status == 401:
        answer["WWW-Authenticate"] = CHALLENGE
    for name, value in reply.headers.items():
        answer[name] = value
    return answer


def _is_of_a_browser(request: HttpRequest) -> bool:
    """Whether a browser asks; agents and watching programs send none of these."""
    return any(name in request.META for name in ("HTTP_ORIGIN", "HTTP_SEC_FETCH_SITE"))


def _who(request: HttpRequest, token: str) -> Actor | None:
    """Whose token is shown; None where none is. Raises NotSignedIn, TokenExpired, NotAllowed."""
    scheme, _space, shown = request.headers.get("Authorization", "").strip().partition(" ")
    if scheme.lower() == "bearer":
        token = shown.strip() or token
    elif scheme.lower() == "basic":
        try:
            plain = base64.b64decode(shown.strip(), validate=True).decode(errors="replace")
        except (binascii.Error, ValueError):
            plain = ""
        token = plain.partition(":")[2] or token
    return actor_of_token(token) if token else None
