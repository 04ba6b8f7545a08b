"""The page of something published: the text with what was corrected, or that it was withdrawn."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import SEE_NEWS
from kantoor.departments.communication.errors import UnknownItem
from kantoor.departments.communication.queries.pages.news import news_item
from kantoor.departments.communication.queries.pages.telling import ItemTold
from kantoor.departments.communication.web.pages.events import event_file
from kantoor.departments.communication.web.pages.showing import text_html
from kantoor.departments.communication.web.pages.words import KINDS, news_url
from kantoor.departments.communication.web.reading.panel import panel_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Link

LANGUAGES = dict(settings.LANGUAGES)


@dataclass(frozen=True, kw_only=True)
class NewsItem(View):
    """The page at `/communication/news/<code>`, and its event as a file."""

    def respond(self, request: HttpRequest, code: str) -> HttpResponse:
        """The text in the language asked or the reader's; 410 where it was withdrawn."""
        actor = actor_of(request)
        shown = news_item(actor, code=code, language=language_asked(request))
        trail = [Link(gettext("News"), self.url)]
        if shown.told is None:
            page = {"title": gettext("Withdrawn"), "breadcrumb": trail}
            context: dict[str, Any] = {"page": page, "withdrawn": shown.withdrawn}
            return render(request, "communication/withdrawn.html", context, status=410)
        context = item_context(actor, shown.told, news_url(code), language_asked(request))
        context["page"] = {"title": shown.told.row.title, "breadcrumb": trail}
        context["reading"] = panel_of(actor, code)
        return render(request, "communication/item.html", context)

    def event(self, request: HttpRequest, code: str) -> HttpResponse:
        """The event as a file for calendars."""
        told = news_item(actor_of(request), code=code, language=language_asked(request)).told
        if told is None or told.row.event_from is None:
            raise UnknownItem(_("There is no event at this address."), field="code")
        return event_file(told, request.build_absolute_uri(news_url(code)))

    def routes(self) -> list[URLPattern]:
        """The page and the file."""
        return [
            self.route("<str:code>", self.respond),
            self.route("<str:code>/event.ics", self.event),
        ]


def language_asked(request: HttpRequest) -> str:
    """The language that the address asks, if it is one of the house's."""
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else ""


def item_context(
    whose: Actor | Company, told: ItemTold, here: str, asked: str = ""
) -> dict[str, Any]:
    """What the page of an item shows, inside and outside.

    `here` is its address, `asked` the language that stands in it.
    """
    row = told.row
    return {
        "told": told,
        "row": row,
        "kind": force_str(KINDS[row.kind]),
        "html": text_html(whose, told),
        "here": here,
        "others": [
            (each, get_language_info(each)["name_local"].capitalize(), f"{here}?language={each}")
            for each in row.languages
            if each != row.language
        ],
        "calendar": f"{here}/event.ics" + (f"?language={asked}" if asked else ""),
    }


ITEM = NewsItem(key="communication.news", title=_("News"), permission=SEE_NEWS, in_menu=False)
