"""The press page: what a company tells the world, its feeds, for everybody and without sign-in.

Nothing is shown but what is published for it: `queries/items/visible.py` decides, as everywhere.
"""

import functools
from collections.abc import Callable
from hashlib import sha256
from typing import Any, Literal, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.encoding import force_str
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kantoor.departments.communication.errors import UnknownItem
from kantoor.departments.communication.models import PressPage
from kantoor.departments.communication.queries.pages.press import (
    open_press_page,
    public_item,
    public_news,
    public_rows,
)
from kantoor.departments.communication.queries.pages.telling import NewsRow, PageOfItem
from kantoor.departments.communication.web.pages.events import event_file
from kantoor.departments.communication.web.pages.feeds import TYPES, Channel, as_feed
from kantoor.departments.communication.web.pages.item import LANGUAGES, item_context, language_asked
from kantoor.departments.communication.web.pages.showing import above_texts, small_picture
from kantoor.departments.communication.web.pages.words import press_url
from kantoor.kernel.pages.visiting import open_to_all
from kantoor.kernel.public_pages import other_public_pages

FOR_S = 30
"""Seconds that an answer may be kept on the way: what is published stands there within a minute."""
GROUPS = {
    "crisis": _("Urgent"),
    "press": _("Press releases"),
    "newsletter": _("Newsletters"),
    "event": pgettext_lazy("to come to", "Events"),
    "news": _("News"),
    "policy": _("Policies"),
    "campaign": _("Campaigns"),
}


def _of_company(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of an open press page, in the company's zone and the language asked or the visitor's.

    It takes the page instead of the company; a closed one is nothing.
    """

    @open_to_all
    @require_safe
    @functools.wraps(view)
    def answer(request: HttpRequest, company: int, **parts: Any) -> HttpResponse:
        page = open_press_page(company)
        if page is None:
            raise Http404
        language = language_asked(request) or get_language() or page.company.language
        with translation.override(language), timezone.override(page.company.zone):
            found = view(request, page, **parts)
        found["Cache-Control"] = f"public, max-age={FOR_S}"
        patch_vary_headers(found, ("Accept-Language", "Cookie"))
        return found

    return answer


@_of_company
def press(request: HttpRequest, page: PressPage) -> HttpResponse:
    """What is published, the latest first of each kind."""
    title = gettext("News of %(company)s") % {"company": page.company.name}
    rows = public_rows(page.company, get_language() or "")
    return _shown(
        request, page, "communication/press.html", {"title": title, "groups": _groups(page, rows)}
    )


@_of_company
def press_item(request: HttpRequest, page: PressPage, code: str) -> HttpResponse:
    """One item; that it was withdrawn, with 410; or nothing."""
    shown = _item(page, code)
    if shown.told is None:
        context = {"title": gettext("Withdrawn"), "withdrawn": shown.withdrawn}
        return _shown(request, page, "communication/press_item.html", context, status=410)
    here, asked = press_url(page.company_id, code), language_asked(request)
    context = item_context(page.company, shown.told, here, asked)
    context["title"] = shown.told.row.title
    return _shown(request, page, "communication/press_item.html", context)


@_of_company
def press_event(request: HttpRequest, page: PressPage, code: str) -> HttpResponse:
    """A public event as a file for calendars."""
    told = _item(page, code).told
    if told is None or told.row.event_from is None:
        raise Http404
    return event_file(told, f"{_root(request)}{press_url(page.company_id, code)}")


@_of_company
def press_feed(request: HttpRequest, page: PressPage, form: str) -> HttpResponse:
    """What is published as a feed, `rss` or `atom`; who has the newest already is told so."""
    if form not in ("rss", "atom"):
        raise Http404
    language = get_language() or ""
    channel = Channel(
        title=page.company.name,
        page=press_url(page.company_id),
        own=request.get_full_path(),
        root=_root(request),
        language=language,
    )
    items = public_news(page.company, language)
    paths = [(each, press_url(page.company_id, each.row.code)) for each in items]
    body = as_feed(cast(Literal["rss", "atom"], form), channel, paths, page.company)
    answer = HttpResponse(body, content_type=TYPES[form])
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    answer["ETag"] = etag
    return cast(HttpResponse, get_conditional_response(request, etag=etag, response=answer))


def _item(page: PressPage, code: str) -> PageOfItem:
    try:
        return public_item(page.company, code, get_language() or "")
    except UnknownItem:
        raise Http404 from None


def _groups(page: PressPage, rows: list[NewsRow]) -> list[dict[str, Any]]:
    """What is published by its kind, what is urgent first."""
    pictures = above_texts(page.company, rows)
    of_kind: dict[str, list[Any]] = {kind: [] for kind in GROUPS}
    for row in rows:
        url = press_url(page.company_id, row.code)
        of_kind[row.kind].append((row, url, small_picture(row, pictures)))
    return [
        {"kind": kind, "title": force_str(title), "rows": of_kind[kind]}
        for kind, title in GROUPS.items()
        if of_kind[kind]
    ]


def _shown(
    request: HttpRequest, page: PressPage, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    here, language = press_url(page.company_id), get_language()
    context |= {
        "company": page.company.name,
        "contact": page.contact,
        "about": page.about,
        "asked": f"?language={language}" if language_asked(request) else "",
        "press": here,
        "feeds": {form: f"{here}/feed/{form}?language={language}" for form in ("atom", "rss")},
        "languages": [
            (code, translation.get_language_info(code)["name_local"], f"?language={code}", code == language)
            for code in LANGUAGES
        ],
        "elsewhere": other_public_pages(page.company, than="communication.press"),
    }  # fmt: skip
    return render(request, template, context, status=status)


def _root(request: HttpRequest) -> str:
    return settings.ADDRESS or request.build_absolute_uri("/").rstrip("/")
