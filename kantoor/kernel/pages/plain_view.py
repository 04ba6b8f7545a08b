"""Pages of their own making: a template, and a function that gives it what it shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.address import Address


@dataclass(frozen=True, kw_only=True)
class PlainView(View):
    """A page that is no list, record, form or report. `content` gives its context.

    The template extends `ui/frame.html`; `page` in the context has at least a `title`, or the
    view's own title is used.
    """

    template: str
    content: Callable[..., Mapping[str, Any]]
    path: str = ""

    def respond(self, request: HttpRequest, **parts: Any) -> HttpResponse:
        """The page."""
        actor: Actor = actor_of(request)
        context = {
            "title": force_str(self.title),
            **self.content(actor, Address.of(request), **parts),
        }
        return render(request, self.template, context)

    def routes(self) -> list[URLPattern]:
        """Its one address."""
        return [self.route(self.path, self.respond)]
