"""The page on which one makes, renews and withdraws the addresses of one's own feeds."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.pages.feeding import (
    renew_feed_address,
    withdraw_feed_address,
)
from kantoor.departments.communication.department import SEE_NEWS
from kantoor.departments.communication.queries.pages.feeds import feed_address_made
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.toasts import Toast, say

FEEDS = (
    ("atom", _("News, as Atom")),
    ("rss", _("News, as RSS")),
    ("calendar", _("Events, as a calendar (iCalendar)")),
)


@dataclass(frozen=True, kw_only=True)
class FeedAddresses(View):
    """The page at `/communication/feeds`."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """Whether there are addresses; new ones are shown on the answer to the button, once."""
        actor = actor_of(request)
        addresses: list[tuple[str, str, str]] = []
        if request.method == "POST":
            if "withdraw" in request.POST:
                withdraw_feed_address(actor)
                say(request, Toast(gettext("The addresses do not work any more.")))
                return HttpResponseRedirect(self.url)
            token = renew_feed_address(actor).token
            root = settings.ADDRESS or request.build_absolute_uri("/").rstrip("/")
            addresses = [
                (name, force_str(title), f"{root}/intranet/{name}/{token}") for name, title in FEEDS
            ]
        context: dict[str, Any] = {
            "page": {
                "title": force_str(self.title),
                "breadcrumb": [Link(gettext("News"), "/communication/news")],
            },
            "addresses": addresses,
            "url": self.url,
            "made": feed_address_made(actor),
        }
        answer = render(request, "communication/feeds.html", context)
        answer["Cache-Control"] = "private, no-store"
        return answer

    def routes(self) -> list[URLPattern]:
        """Its one address."""
        return [self.route("", self.respond)]


ADDRESSES = FeedAddresses(
    key="communication.feeds",
    title=_("The intranet in another program"),
    permission=SEE_NEWS,
    in_menu=False,
)
