"""Screens: their register for who sets them up, and what each shows, full-screen and without sign-in."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kantoor.departments.communication.queries.pages.screens import (
    OnScreen,
    ScreenRow,
    on_screen,
    screens,
)
from kantoor.departments.communication.web.pages.showing import above_texts, in_short, picture_above
from kantoor.departments.communication.web.pages.words import KINDS
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.pages.acts import url_of_action
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.plans import Plan, plan
from kantoor.kernel.pages.visiting import open_to_all
from kantoor.kernel.pages.words import name_field

ASKS_AGAIN_S = 15
"""Seconds after which a screen looks for what changed: what was withdrawn is gone by then."""
LANGUAGES = dict(settings.LANGUAGES)
STATES: Any = {
    True: (_("Shows"), "good"),
    False: (_("Shows nothing"), "quiet"),
}


def _change_url(row: ScreenRow) -> str:
    given = {
        "screen": row.code, "name": row.name, "language": row.language, "seconds": row.seconds,
        "next": "/communication/screens",
    }  # fmt: skip
    return url_of_action("communication.change_screen", given)


SCREENS = ListView(
    key="communication.screens",
    title=_("Screens"),
    query=screens,
    columns=[
        Col(key="name", title=_("Name"), kind="link", url=_change_url, phone="title"),
        Col(key="language", title=_("Language"), value=lambda row: LANGUAGES[row.language]),
        Col(key="seconds", title=_("Seconds for each"), kind="number"),
        Col(key="open", title=_("State"), kind="status", states=STATES),
        Col(
            key="path",
            title=_("Address"),
            kind="link",
            value=lambda row: _("Open the screen") if row.open else "",
            url=lambda row: row.path,
            phone="meta",
        ),
    ],
    row_key="code",
    row_url=_change_url,
    bulk=[
        Bulk(action="communication.renew_screens", parameter="screens", icon="refresh"),
        Bulk(action="communication.close_screens", parameter="screens", icon="ban", tone="danger"),
    ],
    new="communication.add_screen",
    empty=Empty(
        _("No screens yet"),
        _("Add one, and open its address full-screen in the browser of the screen in the hall."),
        icon="device-desktop",
    ),
)


@open_to_all
@require_safe
def screen(request: HttpRequest, company: int, token: str) -> HttpResponse:
    """What a screen shows now; it asks again by itself, and keeps nothing."""
    shown = on_screen(company, token) if company < 2**31 else None
    if shown is None:
        raise Http404
    with translation.override(shown.language), timezone.override(shown.zone):
        answer = render(request, "communication/screen.html", _content(company, shown))
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _content(company: int, shown: OnScreen) -> dict[str, Any]:
    whose = Company(pk=company)
    pictures = above_texts(whose, [each.row for each in shown.items])
    slides = [
        {
            "row": each.row,
            "kind": force_str(KINDS[each.row.kind]),
            "text": in_short(each.text, 320),
            "picture": picture_above(each.text, pictures),
        }
        for each in shown.items
    ]
    # Without scripts the page is loaded anew each time, and begins with another one.
    if slides:
        first = int(shown.at.timestamp()) // max(shown.seconds, ASKS_AGAIN_S) % len(slides)
        slides = slides[first:] + slides[:first]
    return {"shown": shown, "slides": slides, "again": ASKS_AGAIN_S}


def _to_screens(_actor: Actor, _result: Any) -> str:
    return SCREENS.url


plan("communication.add_screen", Plan(choices={"language": LANGUAGES}, goes_to=_to_screens))
plan(
    "communication.change_screen",
    Plan(choices={"language": LANGUAGES}, goes_to=_to_screens, in_palette=False),
)
plan("communication.renew_screen", Plan(in_palette=False))
plan("communication.close_screen", Plan(in_palette=False))
name_field("seconds", _("Seconds for each"), _("How long the screen shows each item: 5 to 600."))
name_field("screen", _("Screen"))
name_field("screens", _("Screens"))
