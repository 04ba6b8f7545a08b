"""What every page of a desk is: a view with a key, a title, a permission and its addresses."""

import functools
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.http import urlencode
from django.utils.translation import gettext

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import where
from kantoor.kernel.errors import DomainError, InvalidInput, NotAllowed, NotFound
from kantoor.kernel.ui.frame import Register

Respond = Callable[..., HttpResponseBase]


def url_of_key(key: str) -> str:
    """The address of a view or a part of one: `finance.trial_balance` is /finance/trial-balance."""
    return "/" + key.replace(".", "/").replace("_", "-")


@dataclass(frozen=True, kw_only=True)
class View(ABC):
    """A page of a desk. `key` is the desk and the page: `finance.invoices`.

    Without a `permission` of its own it shows to everyone who is signed in. `in_menu` puts it
    among the registers of the desk.
    """

    key: str
    title: Any
    permission: str = ""
    in_menu: bool = True

    @property
    def desk(self) -> str:
        """The desk it belongs to."""
        return self.key.partition(".")[0]

    @property
    def url(self) -> str:
        """Its address."""
        return url_of_key(self.key)

    def shows_to(self, actor: Actor) -> bool:
        """Whether the actor may open it."""
        return not self.permission or actor.may(self.permission)

    def concerns(self, actor: Actor) -> bool:
        """Whether it is of use to the actor's company; what is not stands in no menu."""
        return True

    def register(self, path_now: str) -> Register:
        """Its line in the menu."""
        return Register(str(self.title), self.url, active=is_within(path_now, self.url))

    def route(self, rest: str, respond: Respond, name: str = "") -> URLPattern:
        """An address under the view's own, answered by `respond(request, …)`."""
        route = self.url.removeprefix("/") + (f"/{rest}" if rest else "")
        ending = re.sub(r"<(?:\w+:)?(\w+)>", r"\1", rest)
        named = name or (f"{self.key}/{ending}" if rest else self.key)
        return path(route, answered(self._guarded(respond)), name=named)

    def _guarded(self, respond: Respond) -> Respond:
        """The view's own permission asked first; what its queries and actions ask stays with them."""

        @functools.wraps(respond)
        def guarded(request: HttpRequest, **parts: Any) -> HttpResponseBase:
            if not self.shows_to(actor_of(request)):
                raise NotAllowed(gettext("You may not see this."))
            return respond(request, **parts)

        return guarded

    @abstractmethod
    def routes(self) -> Sequence[URLPattern]:
        """Every address of the view."""


def is_within(path_now: str, url: str) -> bool:
    """Whether an address is this one or lies under it."""
    return path_now == url or path_now.startswith(f"{url}/")


def actor_of(request: HttpRequest) -> Actor:
    """Who asks; only on pages that are `answered`, where somebody is signed in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def answered(respond: Respond, *, any_text: bool = False) -> Respond:
    """A view function with the house's manners.

    Who is not signed in goes to the sign-in and comes back after it; a refusal becomes the page
    that says so, with its status. Times are those of the actor's zone. One that takes `any_text`
    sees itself to what no text can have.
    """

    @functools.wraps(respond)
    def answer(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None:
            return to_sign_in(request)
        with where(actor):
            try:
                if not any_text:
                    _refuse_nul(request)
                return respond(request, **parts)
            except DomainError as error:
                return refusal_page(request, error)

    return answer


def _refuse_nul(request: HttpRequest) -> None:
    """No text has a NUL character: PostgreSQL takes none, and nobody types one."""
    if "%00" in request.META.get("QUERY_STRING", ""):
        raise InvalidInput(gettext("The address has a NUL character."))


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """The way to the sign-in page, and after it back to here."""
    back = request.get_full_path() if request.method == "GET" else "/"
    answer = HttpResponseRedirect(f"{settings.SIGN_IN_URL}?{urlencode({'next': back})}")
    if request.headers.get("HX-Request"):
        # htmx follows a redirect into the part it swaps: this makes the whole page go.
        return HttpResponse(status=204, headers={"HX-Redirect": answer["Location"]})
    return answer


def refusal_page(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page for a refusal outside a form: 403, 404, or 400 for an address that can't be read."""
    status = error.status if isinstance(error, (NotAllowed, NotFound)) else 400
    context = {"said": str(error.message), "page_for_status": f"{status}.html"}
    return render(request, "pages/refusal.html", context, status=status)
